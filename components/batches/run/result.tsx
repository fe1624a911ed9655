'use client';

import { useRouter } from 'next/navigation';
import { type FailureGroup, hasEndPassed, parts, type RetryOf } from '@/lib/batches/batch.ts';
import type { FailureCode } from '@/lib/failures.ts';
import { isLicense } from '@/lib/licenses/license.ts';
import * as texts from '@/lib/texts/batches.ts';
import { operatorName } from '@/lib/texts/words.ts';
import { wallOf } from '@/lib/wall-clock.ts';
import { Button } from '../../ui/button.tsx';
import { SectionHeading } from '../../ui/heading.tsx';
import { Icon } from '../../ui/icon.tsx';
import { SoftLink } from '../../ui/soft-link.tsx';
import { batchData, batchPath } from '../addresses.ts';
import { focusNextHeading } from '../focus-next-heading.ts';
import { LinkButton } from '../link-button.tsx';
import type { PartProps } from '../preview/part-props.ts';
import { useAsk } from '../use-ask.ts';
import { Causes, retryOf } from './causes.tsx';
import { sentenceOf } from './milestone.ts';
import { RefusalNote } from './refusal-note.tsx';
import { StateMark } from './state-mark.tsx';

type ResultProps = PartProps & { failures: FailureGroup[]; onShow: (code: FailureCode) => void };

/** Whether everybody who was asked for was to be changed, apart from those on the plan already and those left out by an operator. */
const hasEverybody = ({ parts: counts }: PartProps['batch']) =>
  parts.every((part) => ['change', 'same', 'left-out'].includes(part) || counts[part] === 0);

/** What a batch has come to, why not everybody was changed, and the ways on from there. */
export function BatchResult({ account, batch, actions, canRun, heading, failures, onShow }: ResultProps) {
  const ways = useWaysOn({ account, batch, actions });
  const { failed, left, changed, undoable, followers } = batch;
  const isWhole = failed + left === 0 && hasEverybody(batch);
  const isTooLate = hasEndPassed(batch);
  const mayRetry = canRun && !isTooLate;
  const isRetryOffered = failures.some(({ code }) => retryOf(code) !== 'senseless' && !ways.wasRetried(code));
  const mayGoOn = mayRetry && left > 0 && !ways.wasRetried('left');
  const mayUndo = canRun && undoable > 0 && !ways.wasUndone;
  return (
    <section aria-labelledby="batch-result" className="mt-8">
      <SectionHeading id="batch-result" ref={heading} tabIndex={-1}>
        {texts.result.title}
      </SectionHeading>
      {batch.state === 'stopped' && (
        <p className="text-wait">
          {texts.result.stopped[batch.cause ?? 'operator'](
            operatorName(batch.operator),
            batch.steeredBy && operatorName(batch.steeredBy),
          )}
        </p>
      )}
      <p className="mt-1 flex items-center gap-2 text-large font-medium">
        <span className={isWhole ? 'text-good' : 'text-wait'}>
          <Icon name={isWhole ? 'tick' : 'warning'} />
        </span>
        {sentenceOf(batch)}
      </p>
      {batch.parts.twice > 0 && <p className="text-small text-quiet">{texts.preview.twice(batch.parts.twice)}</p>}
      {failures.length > 0 && (
        <Causes
          failures={failures}
          onShow={onShow}
          retry={mayRetry ? { isDone: ways.wasRetried, asking: ways.asking, run: ways.retry } : null}
        />
      )}
      {isTooLate && canRun && failed + left > 0 && <p className="mt-4">{texts.result.tooLateToRetry}</p>}
      {(mayGoOn || mayUndo || (mayRetry && isRetryOffered)) && (
        <WaysOn ways={ways} left={mayGoOn ? left : null} mayUndo={mayUndo} />
      )}
      {undoable < changed && <p className="mt-4">{texts.result.cannotUndo(changed - undoable)}</p>}
      <div className="mt-4 flex flex-wrap gap-x-6">
        <a href={`${batchData(account.id, batch.id)}/export`} download className="text-act">
          {texts.batchPage.export}
        </a>
        <LinkButton />
      </div>
      {followers.length > 0 && <Followers accountId={account.id} followers={followers} />}
    </section>
  );
}

/** What may follow a batch: those who are left, or failed by one cause, once more; or everybody back. */
function useWaysOn({ account, batch, actions }: Pick<ResultProps, 'account' | 'batch' | 'actions'>) {
  const { asking, refused, ask } = useAsk();
  const router = useRouter();
  const { followers, end } = batch;
  const open = ({ batchId }: { batchId: string }) => {
    focusNextHeading();
    router.push(batchPath(account.id, batchId));
  };
  const retry = (only: RetryOf) =>
    void ask(
      only,
      () =>
        actions.prepareBatch({
          accountId: account.id,
          people: { kind: 'retry', batchId: batch.id, only },
          to: isLicense(batch.to) ? batch.to : null,
          until: end ? { wall: wallOf(Date.parse(end.at), end.zone), zone: end.zone } : undefined,
          reason: batch.reason ?? texts.stateWord.done,
        }),
      open,
    );
  const undo = () =>
    void ask(
      'undo',
      () =>
        actions.prepareBatch({
          accountId: account.id,
          people: { kind: 'undo', batchId: batch.id },
          to: null,
          reason: texts.result.undoReason(batch.reason),
        }),
      open,
    );
  const wasRetried = (which: RetryOf) =>
    followers.some(({ kind, only }) => kind === 'retry' && (only === null || only === which));
  return { asking, refused, retry, undo, wasRetried, wasUndone: followers.some(({ kind }) => kind === 'undo') };
}

type WaysOnProps = {
  ways: ReturnType<typeof useWaysOn>;
  /** How many are left to be changed; null where that is not offered. */
  left: number | null;
  mayUndo: boolean;
};

function WaysOn({ ways: { asking, refused, retry, undo }, left, mayUndo }: WaysOnProps) {
  const isBusy = asking !== null || undefined;
  return (
    <>
      <div className="mt-4 flex flex-wrap gap-3">
        {left !== null && (
          <Button look="loud" aria-disabled={isBusy} onClick={() => retry('left')}>
            {asking === 'left' ? texts.result.preparing : texts.result.goOn(left)}
          </Button>
        )}
        {mayUndo && (
          <Button aria-disabled={isBusy} onClick={undo}>
            {asking === 'undo' ? texts.result.preparing : texts.result.undo}
          </Button>
        )}
      </div>
      <p className="mt-2 text-small text-quiet">{texts.result.afterHelp}</p>
      <RefusalNote code={refused} />
    </>
  );
}

type FollowersProps = { accountId: string } & Pick<ResultProps['batch'], 'followers'>;

/** The batches that were made of this one. */
function Followers({ accountId, followers }: FollowersProps) {
  return (
    <div className="mt-5">
      <h3 className="font-semibold">{texts.result.followers}</h3>
      <ul className="mt-1">
        {followers.map(({ id, kind, only, state }) => (
          <li key={id} className="flex flex-wrap items-center gap-x-4">
            <SoftLink href={batchPath(accountId, id)} className="text-act">
              {texts.result.follower(kind, only)}
            </SoftLink>
            <StateMark state={state} />
          </li>
        ))}
      </ul>
    </div>
  );
}
