'use client';

import { useRouter } from 'next/navigation';
import { type BatchView, leftPermanently } from '@/lib/batches/batch.ts';
import { isLicense, losesHosting } from '@/lib/licenses/license.ts';
import * as texts from '@/lib/texts/batches.ts';
import { planHelp } from '@/lib/texts/changes.ts';
import { when } from '@/lib/texts/formats.ts';
import { TextButton } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { useHydrated } from '../../ui/hydrated.ts';
import { Notice } from '../../ui/notice.tsx';
import { batchPath } from '../addresses.ts';
import { focusNextHeading } from '../focus-next-heading.ts';
import { RefusalNote } from '../run/refusal-note.tsx';
import { useAsk } from '../use-ask.ts';
import type { PartProps } from './part-props.ts';
import type { Shown } from './shown.ts';

export type MeaningProps = PartProps & { onShow: (shown: Shown) => void };

/** What a batch does to its people: the plans they get, until when, what they lose, and who is left out. */
export function Meaning(props: MeaningProps) {
  const { batch, onShow } = props;
  const { steps, parts, end, endDates } = batch;
  const isHydrated = useHydrated();
  const losing = steps.reduce(
    (sum, { from, to, people }) => (isLicense(to) && losesHosting(from, to) ? sum + people : sum),
    0,
  );
  const permanently = leftPermanently(batch);
  const asides = asidesOf(batch);
  if (steps.length + asides.length === 0) return null;
  return (
    <Card className="mt-4 p-4">
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
    </Card>
  );
}

type Aside = { text: string; shown: Shown };

/** Who is left out, and what else is to be known of some: each leads to them. */
function asidesOf({ parts, source, noReturn, traits }: BatchView): Aside[] {
  const unread = source.kind === 'list' ? texts.preview.unreadInList : texts.preview.unreadable;
  const asides: [count: number, aside: (count: number) => string, shown: Shown][] = [
    [parts.unclear, texts.preview.unclear, { part: 'unclear' }],
    [parts.missing, texts.preview.missing, { part: 'missing' }],
    [parts.unreadable, unread, { part: 'unreadable' }],
    ...noReturn.map(({ license, people }): [number, (count: number) => string, Shown] => [
      people,
      (count) => texts.preview.noReturn(count, license),
      { part: 'no-return' },
    ]),
    [traits.device, texts.preview.devices, { part: 'change', trait: 'device' }],
    [traits.invited, texts.preview.invited, { part: 'change', trait: 'invited' }],
  ];
  return asides.flatMap(([count, text, shown]) => (count > 0 ? [{ text: text(count), shown }] : []));
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
            focusNextHeading();
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
