'use client';

import type { ReactNode } from 'react';
import type { BatchView } from '@/lib/batches/batch.ts';
import * as texts from '@/lib/texts/batches.ts';
import { operatorName } from '@/lib/texts/words.ts';
import { Addresses } from '../ui/addresses.tsx';
import { Breakable } from '../ui/breakable.ts';
import { cardLook } from '../ui/card.tsx';
import { ExactMoment } from '../ui/exact-moment.tsx';
import { SoftLink } from '../ui/soft-link.tsx';
import { batchPath } from './addresses.ts';

/** What is to be done, who asked for it, and when. */
export function BatchFacts({ accountId, batch }: { accountId: string; batch: BatchView }) {
  const { source, startAt, startedAt, endedAt } = batch;
  const earlier = source.kind === 'retry' || source.kind === 'undo' ? source.batchId : null;
  return (
    <dl
      aria-label={texts.batchPage.facts}
      className={`${cardLook} mt-4 grid gap-x-8 gap-y-3 p-4 sm:grid-cols-2 lg:grid-cols-3`}
    >
      <Fact name={texts.batchPage.reason}>
        <Addresses text={batch.reason ?? texts.batchPage.noReason} />
      </Fact>
      <Fact name={texts.batchPage.source}>
        <span className="flex flex-wrap gap-x-3">
          <span className="min-w-0">
            <Breakable text={texts.sourceWord(source)} />
          </span>
          {source.kind === 'filter' && (
            <SoftLink href={`/accounts/${accountId}/users?${source.params}`} className="text-act">
              {texts.batchPage.showFilter}
            </SoftLink>
          )}
          {earlier && (
            <SoftLink href={batchPath(accountId, earlier)} className="text-act">
              {texts.batchPage.showEarlier}
            </SoftLink>
          )}
        </span>
      </Fact>
      <Fact name={texts.batchPage.by}>
        {operatorName(batch.operator)}
        {batch.token && <> · {texts.batchPage.withToken(batch.token)}</>}
      </Fact>
      {batch.approver && <Fact name={texts.batchPage.approver}>{operatorName(batch.approver)}</Fact>}
      {startedAt && (
        <Fact name={texts.batchPage.started}>
          <ExactMoment at={startedAt} />
        </Fact>
      )}
      {endedAt ? (
        <Fact name={texts.batchPage.ended}>
          <ExactMoment at={endedAt} />
        </Fact>
      ) : startedAt ? null : startAt ? (
        <Fact name={texts.batchPage.starts}>
          <ExactMoment at={startAt} />
        </Fact>
      ) : (
        <Fact name={texts.batchPage.created}>
          <ExactMoment at={batch.createdAt} />
        </Fact>
      )}
      {batch.end && (
        <Fact name={texts.batchPage.end}>
          <ExactMoment at={batch.end.at} />
          <span className="block text-small text-quiet">{texts.batchPage.endHelp}</span>
        </Fact>
      )}
      <Fact name={texts.batchPage.fingerprint}>
        <span className="font-mono text-small">{inFours(batch.fingerprint)}</span>
        <span className="block text-small text-quiet">{texts.batchPage.fingerprintHelp}</span>
      </Fact>
    </dl>
  );
}

/** Enough of it to compare by eye. */
const inFours = (fingerprint: string) => fingerprint.slice(0, 16).match(/.{4}/g)?.join(' ') ?? '';

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-small text-faint">{name}</dt>
      <dd className="break-words">{children}</dd>
    </div>
  );
}
