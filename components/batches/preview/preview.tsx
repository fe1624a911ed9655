'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { type BatchView, hasEndPassed, leftPermanently } from '@/lib/batches/batch.ts';
import { isLicense, losesHosting } from '@/lib/licenses/license.ts';
import * as texts from '@/lib/texts/batches.ts';
import { planHelp } from '@/lib/texts/changes.ts';
import { when } from '@/lib/texts/formats.ts';
import { operatorName } from '@/lib/texts/words.ts';
import { wallOf } from '@/lib/wall-clock.ts';
import { Button, TextButton } from '../../ui/button.tsx';
import { useHydrated } from '../../ui/hydrated.ts';
import { Marked } from '../../ui/marked.tsx';
import { Notice } from '../../ui/notice.tsx';
import { SoftLink } from '../../ui/soft-link.tsx';
import { batchPath, newBatchPath } from '../addresses.ts';
import { awaitArrival } from '../arrival.ts';
import { backPath, useKeptForm } from '../form/kept-form.ts';
import { StartTime, startTimeId } from '../form/start-time.tsx';
import { momentToCome, ownZone } from '../form/time-field.tsx';
import { LinkButton } from '../link-button.tsx';
import { RefusalNote } from '../run/refusal-note.tsx';
import { useAsk } from '../use-ask.ts';
import type { PartProps } from './part-props.ts';
import type { Shown } from './shown.ts';

type PreviewProps = PartProps & { hasWorker: boolean; onShow: (shown: Shown) => void };

/** What would be changed, and the way to start it: for its submitter, or for the second admin it waits for. */
export function Preview(props: PreviewProps) {
  const { batch, heading, account, canRun, isOwn } = props;
  const kept = useKeptForm(batch.id);
  if (batch.state === 'discarded') {
    return (
      <section className="mt-8">
        <h2 ref={heading} tabIndex={-1} className="text-heading leading-6 font-semibold">
          {texts.preview.discarded}
        </h2>
      </section>
    );
  }
  return (
    <section aria-labelledby="batch-preview" className="mt-8">
      <h2 id="batch-preview" ref={heading} tabIndex={-1} className="text-heading leading-6 font-semibold">
        {texts.preview.title}
      </h2>
      <p className="text-quiet">{texts.preview.lead}</p>
      <Meaning {...props} />
      {batch.state === 'draft' && batch.total > 0 && canRun && <Submit {...props} />}
      {kept && batch.state === 'draft' && (
        <p className="mt-4">
          <SoftLink href={backPath(account.id, kept)} className="text-act">
            {texts.preview.back}
          </SoftLink>
        </p>
      )}
      {batch.state === 'draft' && batch.total === 0 && (
        <div className="mt-4">
          <Notice
            tone="wait"
            acts={
              <SoftLink href={newBatchPath(account.id)} className="text-act">
                {texts.preview.choose}
              </SoftLink>
            }
          >
            <b>{texts.preview.nobody}</b> {texts.preview.nobodyHelp}
          </Notice>
        </div>
      )}
      {batch.state === 'waiting' && <Waiting {...props} isOwn={isOwn} />}
      {batch.state === 'scheduled' && (
        <>
          {!props.hasWorker && (
            <div className="mt-4">
              <Notice tone="wait">
                <Marked text={texts.progress.noWorker} />
              </Notice>
            </div>
          )}
          <p className="mt-4 max-w-[72ch]">{texts.preview.scheduledHelp}</p>
          {canRun && isOwn && <MoveStart {...props} />}
          {canRun && <Discard {...props} label={texts.preview.cancel} />}
        </>
      )}
    </section>
  );
}

function Meaning(props: PreviewProps) {
  const { batch, onShow } = props;
  const { steps, parts, end, noReturn, traits, endDates } = batch;
  const isHydrated = useHydrated();
  const losing = steps.reduce(
    (sum, { from, to, people }) => (isLicense(to) && losesHosting(from, to) ? sum + people : sum),
    0,
  );
  const permanently = leftPermanently(batch);
  const asides: { text: string; shown: Shown }[] = [
    ...(parts.unclear > 0 ? [{ text: texts.preview.unclear(parts.unclear), shown: { part: 'unclear' } as const }] : []),
    ...(parts.unreadable > 0
      ? [{ text: texts.preview.unreadable(parts.unreadable), shown: { part: 'unreadable' } as const }]
      : []),
    ...noReturn.map(({ license, people }) => ({
      text: texts.preview.noReturn(people, license),
      shown: { part: 'no-return' } as const,
    })),
    ...(traits.device > 0
      ? [{ text: texts.preview.devices(traits.device), shown: { part: 'change', trait: 'device' } as const }]
      : []),
    ...(traits.invited > 0
      ? [{ text: texts.preview.invited(traits.invited), shown: { part: 'change', trait: 'invited' } as const }]
      : []),
  ];
  if (steps.length + asides.length === 0) return null;
  return (
    <div className="mt-4 rounded-xl border border-line bg-sheet p-4">
      <h3 className="font-semibold">{texts.preview.means}</h3>
      <ul className="mt-1 grid gap-1">
        {steps.map(({ from, to, people }) => (
          <li key={`${from} ${to}`}>
            {texts.preview.step(people, from, to)}
            {planHelp[to] && <span className="text-small text-quiet"> · {planHelp[to]}</span>}
          </li>
        ))}
      </ul>
      {end && <p className="mt-2">{texts.preview.until(when.exact(end.at, isHydrated ? undefined : 'UTC'))}</p>}
      {endDates > 0 && <p className="mt-2 text-wait">{texts.preview.endDates(endDates)}</p>}
      {asides.length > 0 && (
        <ul className="mt-2 grid gap-1">
          {asides.map(({ text, shown }) => (
            <li key={text} className="flex flex-wrap items-baseline gap-x-3">
              {text}
              <TextButton aria-label={texts.preview.showThem(text)} onClick={() => onShow(shown)}>
                {texts.preview.show}
              </TextButton>
            </li>
          ))}
        </ul>
      )}
      {parts['no-return'] > 0 && batch.state === 'draft' && props.canRun && props.isOwn && (
        <MakePermanent {...props} people={parts['no-return']} />
      )}
      {(losing > 0 || permanently.length > 0) && (
        <div className="mt-3">
          <Notice tone="wait">
            {losing > 0 && (
              <p>
                <b>{texts.preview.losesHosting(losing)}</b>
              </p>
            )}
            {permanently.map(({ license, people }) => (
              <p key={license}>
                <b>{texts.preview.leavesPermanently(people, license)}</b>
              </p>
            ))}
          </Notice>
        </div>
      )}
      {parts.twice > 0 && <p className="mt-2 text-small text-quiet">{texts.preview.twice(parts.twice)}</p>}
    </div>
  );
}

/** Changes the people permanently that a temporary batch leaves out: in another batch, with its own preview. */
function MakePermanent({ account, batch, actions, people }: PartProps & { people: number }) {
  const { asking, refused, ask } = useAsk();
  const router = useRouter();
  const prepare = () =>
    actions.prepareBatch({
      accountId: account.id,
      people: { kind: 'no-return', batchId: batch.id },
      to: isLicense(batch.to) ? batch.to : null,
      reason: batch.reason ?? '',
    });
  return (
    <div className="mt-1">
      <TextButton
        aria-disabled={asking !== null || undefined}
        onClick={() =>
          void ask('prepare', prepare, ({ batchId }) => {
            awaitArrival();
            router.push(batchPath(account.id, batchId));
          })
        }
      >
        {asking === null ? texts.preview.makePermanent(people) : texts.result.preparing}
      </TextButton>
      <RefusalNote code={refused} />
    </div>
  );
}

function Submit({ account, batch, actions, readAgain }: PartProps) {
  const { asking, refused, ask } = useAsk();
  const [startAt, setStartAt] = useState<string | null>(null); // as typed; null for now
  const [badTime, setBadTime] = useState<string | undefined>(undefined);
  const target = { accountId: account.id, batchId: batch.id };
  const label = batch.needsApproval
    ? texts.preview.ask(batch.total)
    : startAt === null
      ? texts.preview.change(batch.total)
      : texts.preview.changeLater(batch.total);

  function submit() {
    const moment = startAt === null ? null : momentToCome(startAt);
    const bad = startAt === null ? undefined : badStart(moment, batch);
    setBadTime(bad);
    if (bad) return document.getElementById(startTimeId)?.focus();
    const { fingerprint } = batch;
    const when = moment?.toISOString() ?? null;
    const call = async () => {
      const result = await actions.submitBatch({ ...target, fingerprint, startAt: when });
      if (!result.ok) await readAgain(); // what was refused is shown as it is now
      return result;
    };
    void ask('submit', call, readAgain);
  }

  return (
    <div className="mt-5">
      <StartTime value={startAt} complaint={badTime} onChange={setStartAt} />
      {batch.needsApproval && (
        <div className="mt-4">
          <Notice tone="wait" icon="group">
            {texts.preview.askHelp(batch.limit)}
          </Notice>
        </div>
      )}
      {!batch.needsApproval && batch.limit && (
        <p className="mt-4 text-small text-quiet">{texts.preview.withinLimit(batch.limit)}</p>
      )}
      <div className="mt-4 flex flex-wrap gap-3">
        <Button look="loud" aria-disabled={asking !== null || undefined} onClick={submit}>
          {label}
        </Button>
        <Button
          aria-disabled={asking !== null || undefined}
          onClick={() => void ask('discard', () => actions.steerBatch({ ...target, steer: 'discard' }), readAgain)}
        >
          {texts.preview.discard}
        </Button>
      </div>
      <RefusalNote
        code={refused}
        text={
          refused !== 'invalid' ? undefined : hasEndPassed(batch) ? texts.preview.endPassed : texts.preview.otherList
        }
      />
    </div>
  );
}

/** What is wrong with a start at a time, if anything is. */
function badStart(moment: Date | null, { end }: BatchView): string | undefined {
  if (moment === null) return texts.preview.badTime;
  return end && moment.getTime() >= Date.parse(end.at) ? texts.preview.endsFirst : undefined;
}

/** Gives a batch that has not begun another start. */
function MoveStart({ account, batch, actions, readAgain }: PartProps) {
  const { asking, refused, ask } = useAsk();
  const [isOpen, setIsOpen] = useState(false);
  const [startAt, setStartAt] = useState<string | null>(null); // as typed; null for now
  const [badTime, setBadTime] = useState<string | undefined>(undefined);

  function open() {
    setStartAt(batch.startAt && wallOf(Date.parse(batch.startAt), ownZone()));
    setIsOpen(true);
  }

  function move() {
    const moment = startAt === null ? null : momentToCome(startAt);
    const bad = startAt === null ? undefined : badStart(moment, batch);
    setBadTime(bad);
    if (bad) return document.getElementById(startTimeId)?.focus();
    const call = () =>
      actions.moveStart({ accountId: account.id, batchId: batch.id, startAt: moment?.toISOString() ?? null });
    void ask('move', call, async () => {
      await readAgain();
      setIsOpen(false);
    });
  }

  if (!isOpen) {
    return (
      <div className="mt-4">
        <Button onClick={open}>{texts.preview.moveStart}</Button>
      </div>
    );
  }
  return (
    <div className="mt-5">
      <StartTime value={startAt} complaint={badTime} onChange={setStartAt} />
      <p className="mt-2 text-small text-quiet">{texts.preview.moveHelp}</p>
      <div className="mt-4 flex flex-wrap gap-3">
        <Button look="loud" aria-disabled={asking !== null || undefined} onClick={move}>
          {startAt === null ? texts.preview.moveNow : texts.preview.moveLater}
        </Button>
        <Button onClick={() => setIsOpen(false)}>{texts.preview.keepStart}</Button>
      </div>
      <RefusalNote
        code={refused}
        text={refused === 'invalid' && hasEndPassed(batch) ? texts.preview.endPassed : undefined}
      />
    </div>
  );
}

/** The submitter sends the link on; the other admin decides about the very list that they see. */
function Waiting(props: PartProps) {
  const { account, batch, actions, readAgain, canRun, isOwn } = props;
  const { asking, refused, ask } = useAsk();
  const { id: batchId, fingerprint } = batch;
  if (!canRun) return <p className="mt-4">{texts.preview.waitingOthers}</p>;
  return (
    <>
      <div className="mt-4">
        <Notice tone="wait" icon="group" acts={isOwn && <LinkButton />}>
          {isOwn ? texts.preview.waitingHelp : texts.preview.approveHelp(operatorName(batch.operator))}
        </Notice>
      </div>
      {!isOwn && (
        <div className="mt-4">
          <Button
            look="loud"
            aria-disabled={asking !== null || undefined}
            onClick={() =>
              void ask(
                'approve',
                () => actions.approveBatch({ accountId: account.id, batchId, fingerprint }),
                readAgain,
              )
            }
          >
            {texts.preview.approve(batch.total)}
          </Button>
          <RefusalNote
            code={refused}
            text={refused === 'invalid' && hasEndPassed(batch) ? texts.preview.endPassed : undefined}
          />
        </div>
      )}
      {isOwn && <MoveStart {...props} />}
      <Discard {...props} label={isOwn ? texts.preview.cancel : texts.preview.decline} />
    </>
  );
}

function Discard({ account, batch, actions, readAgain, label }: PartProps & { label: string }) {
  const { asking, refused, ask } = useAsk();
  return (
    <div className="mt-4">
      <Button
        aria-disabled={asking !== null || undefined}
        onClick={() =>
          void ask(
            'discard',
            () => actions.steerBatch({ accountId: account.id, batchId: batch.id, steer: 'discard' }),
            readAgain,
          )
        }
      >
        {label}
      </Button>
      <RefusalNote code={refused} />
    </div>
  );
}
