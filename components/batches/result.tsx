'use client';

import { useRouter } from 'next/navigation';
import type { FailureGroup } from '@/lib/batches/batch.ts';
import { adviceByCode, type FailureCode } from '@/lib/failures.ts';
import { isLicense } from '@/lib/licenses/license.ts';
import * as texts from '@/lib/texts/batches.ts';
import { reasons } from '@/lib/texts/history.ts';
import { number, operatorName } from '@/lib/texts/words.ts';
import { wallOf } from '@/lib/wall-clock.ts';
import { Button, TextButton } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { SoftLink } from '../ui/soft-link.tsx';
import { batchData, batchPath } from './addresses.ts';
import { awaitArrival } from './arrival.ts';
import { LinkButton } from './link-button.tsx';
import { sentenceOf } from './milestone.ts';
import type { PartProps } from './part-props.ts';
import { RefusalNote } from './refusal-note.tsx';
import { StateMark } from './state-mark.tsx';
import { useAsk } from './use-ask.ts';

type ResultProps = PartProps & { failures: FailureGroup[]; onShow: (code: FailureCode) => void };

/** What a batch has come to, why not everybody was changed, and the ways on from there. */
export function BatchResult({ account, batch, actions, canRun, heading, failures, onShow }: ResultProps) {
  const { asking, refused, ask } = useAsk();
  const router = useRouter();
  const { failed, left, changed, undoable, followers } = batch;
  const hasFollower = (kind: 'retry' | 'undo') => followers.some((follower) => follower.kind === kind);
  const open = ({ batchId }: { batchId: string }) => {
    awaitArrival();
    router.push(batchPath(account.id, batchId));
  };
  const prepare = (kind: 'retry' | 'undo') =>
    void ask(
      kind,
      () =>
        actions.prepareBatch({
          accountId: account.id,
          people: { kind, batchId: batch.id },
          to: kind === 'retry' && isLicense(batch.to) ? batch.to : null,
          until:
            kind === 'retry' && batch.end
              ? { wall: wallOf(Date.parse(batch.end.at), batch.end.zone), zone: batch.end.zone }
              : undefined,
          reason: kind === 'undo' ? texts.result.undoReason(batch.reason) : (batch.reason ?? texts.stateWord.done),
        }),
      open,
    );
  const mayRetry = canRun && failed + left > 0 && !hasFollower('retry');
  const canRetryHelp = left > 0 || failures.some(({ code }) => adviceByCode[code].again !== 'never');
  const mayUndo = canRun && undoable > 0 && !hasFollower('undo');
  return (
    <section aria-labelledby="batch-result" className="mt-8">
      <h2 id="batch-result" ref={heading} tabIndex={-1} className="text-heading leading-6 font-semibold">
        {texts.result.title}
      </h2>
      {batch.state === 'stopped' && (
        <p className="text-wait">{texts.result.stopped[batch.cause ?? 'operator'](operatorName(batch.operator))}</p>
      )}
      <p className="mt-1 flex items-center gap-2 text-large font-medium">
        <span className={failed + left === 0 ? 'text-good' : 'text-wait'}>
          <Icon name={failed + left === 0 ? 'tick' : 'warning'} />
        </span>
        {sentenceOf(batch)}
      </p>
      {failures.length > 0 && <Causes failures={failures} onShow={onShow} />}
      {(mayRetry || mayUndo) && (
        <>
          <div className="mt-4 flex flex-wrap gap-3">
            {mayRetry && (
              <Button
                look={canRetryHelp ? 'loud' : 'plain'}
                aria-disabled={asking !== null || undefined}
                onClick={() => prepare('retry')}
              >
                {asking === 'retry' ? texts.result.preparing : texts.result.retry(failed + left)}
              </Button>
            )}
            {mayUndo && (
              <Button aria-disabled={asking !== null || undefined} onClick={() => prepare('undo')}>
                {asking === 'undo' ? texts.result.preparing : texts.result.undo}
              </Button>
            )}
          </div>
          <p className="mt-2 text-small text-quiet">{texts.result.afterHelp}</p>
          <RefusalNote code={refused} />
        </>
      )}
      {undoable < changed && <p className="mt-4">{texts.result.cannotUndo(changed - undoable)}</p>}
      <div className="mt-4 flex flex-wrap gap-x-6">
        <a href={`${batchData(account.id, batch.id)}/export`} download className="text-act">
          {texts.batchPage.export}
        </a>
        <LinkButton />
      </div>
      {followers.length > 0 && (
        <div className="mt-5">
          <h3 className="font-semibold">{texts.result.followers}</h3>
          <ul className="mt-1">
            {followers.map(({ id, kind, state }) => (
              <li key={id} className="flex flex-wrap items-center gap-x-4">
                <SoftLink href={batchPath(account.id, id)} className="text-act">
                  {texts.result.follower[kind]}
                </SoftLink>
                <StateMark state={state} />
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}

const head = 'border-b border-line px-4 py-2 text-left font-medium';
const cell = 'px-4 py-2.5 align-top max-sm:block max-sm:py-0.5';

function Causes({ failures, onShow }: Pick<ResultProps, 'failures' | 'onShow'>) {
  return (
    <>
      <h3 id="batch-causes" className="mt-5 font-semibold">
        {texts.result.failures}
      </h3>
      <div className="mt-2 overflow-clip rounded-xl border border-line bg-sheet">
        <table aria-labelledby="batch-causes" className="w-full border-separate border-spacing-0 max-sm:block">
          <thead className="text-small text-faint max-sm:sr-only">
            <tr>
              <th scope="col" className={head}>
                {texts.result.cause}
              </th>
              <th scope="col" className={head}>
                {texts.result.next}
              </th>
              <th scope="col" className={head}>
                {texts.result.people}
              </th>
            </tr>
          </thead>
          <tbody className="max-sm:block">
            {failures.map(({ code, people }) => (
              <tr key={code} className="row-lines max-sm:block max-sm:py-2.5">
                <th scope="row" className={`${cell} text-left font-medium`}>
                  {texts.upperFirst(reasons[code])}
                </th>
                <td className={`${cell} text-quiet`}>{texts.nextStep[code]}</td>
                <td className={cell}>
                  <span className="sr-only">{number(people)} </span>
                  <TextButton onClick={() => onShow(code)}>{texts.result.show(people)}</TextButton>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
