'use client';

import type { Failure } from '@/lib/failures.ts';
import * as texts from '@/lib/texts/changes.ts';
import { number, when } from '@/lib/texts/formats.ts';
import * as words from '@/lib/texts/words.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import type { Attempt } from '../change/attempt.ts';

/** The facts of a failure, as label and value. */
function factsOf(failure: Failure): [string, string][] {
  const { chime } = failure;
  const facts: [string, string | undefined][] = [
    [texts.details.code, chime?.code],
    [texts.details.ourCode, failure.code],
    [texts.details.httpStatus, chime?.httpStatus?.toString()],
    [texts.details.message, chime?.message],
    [texts.details.awsRequestId, chime?.requestId],
    [texts.details.requestId, failure.requestId],
    [texts.details.at, when.exact(failure.at)],
    [texts.details.tries, failure.tries === undefined ? undefined : number(failure.tries)],
  ];
  return facts.flatMap(([label, value]) => (value === undefined ? [] : [[label, value]]));
}

/** The same facts as lines for a ticket. */
export const detailsAsText = (name: string, failure: Failure) =>
  [texts.details.heading(name), ...factsOf(failure).map(([label, value]) => `${label}: ${value}`)].join('\n');

export function Details({ id, name, failure }: { id: string; name: string; failure: Failure }) {
  return (
    <div id={id} className="mt-2 border-t border-current/25 pt-2">
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-0.5">
        {factsOf(failure).map(([label, value]) => (
          <div key={label} className="contents">
            <dt>{label}</dt>
            <dd className="font-mono text-tiny break-words text-ink select-all">{value}</dd>
          </div>
        ))}
      </dl>
      <CopyButton text={detailsAsText(name, failure)} label={words.common.copy} doneLabel={words.common.copied} />
    </div>
  );
}

/** The failure whose details can be shown, also where the change took in spite of it. */
export function detailsOf({ stage }: Attempt): Failure | null {
  if (stage.is !== 'answered') return null;
  const { outcome } = stage;
  if (outcome.state === 'failed' || outcome.state === 'unknown') return outcome.failure;
  return outcome.state === 'applied' ? (outcome.despite ?? null) : null;
}
