import { comparePage as texts } from '@/lib/texts/trend/comparison.ts';
import type { PeriodFacts } from '@/lib/trend/view.ts';

type PeriodFactsLinesProps = {
  facts: PeriodFacts;
  /** The first day that was asked for. */
  day: string | null;
  zone: string;
};

/** From when until when the numbers are, as of when, and how far they can be believed. */
export function PeriodFactsLines({ facts, day, zone }: PeriodFactsLinesProps) {
  const { asOf, endsLater, startsLate, madeUpUntil, leftOut } = facts;
  const notes = [
    ...(startsLate && day ? [texts.startsLate(day, startsLate, zone)] : []),
    ...(endsLater ? [texts.endsLater] : []),
    ...(madeUpUntil ? [texts.madeUp(madeUpUntil, zone)] : []),
    ...leftOut.map(({ name, knownFrom }) => texts.leftOut(name, knownFrom, zone)),
  ];
  return (
    <div className="mt-1 text-quiet">
      <p className="font-medium text-ink">{texts.period(facts, zone)}</p>
      <p className="text-small">{texts.asOf(asOf, zone)}</p>
      {notes.map((note) => (
        <p key={note} className="mt-1 max-w-[80ch] text-wait">
          {note}
        </p>
      ))}
    </div>
  );
}
