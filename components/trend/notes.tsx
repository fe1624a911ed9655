import * as texts from '@/lib/texts/trend/trend.ts';
import { exampleShown, knownLater, type TrendShown } from '@/lib/trend/summary.ts';

const { trendPage } = texts;

type NotesProps = {
  view: TrendShown;
  wantedPlan: string | null;
  nameOf: (accountId: string) => string;
  isOfOne: boolean;
};

/** So many accounts or gaps are named; more are counted. */
const few = 3;

/** What has to be known to read the chart rightly: each in one sentence. */
export function Notes({ view: { series, period, chosen }, wantedPlan, nameOf, isOfOne }: NotesProps) {
  const { zone, gaps } = series;
  const example = exampleShown(series);
  const later = knownLater(series, period);
  const shownGaps = gaps.slice(-few);
  const notes = [
    ...(wantedPlan !== null && chosen !== null && wantedPlan !== chosen ? [trendPage.unknownPlan(wantedPlan)] : []),
    ...(period.endsLater ? [trendPage.endsLater] : []),
    ...later.slice(0, few).map(({ accountId, knownFrom }) => {
      if (isOfOne) return knownFrom === null ? trendPage.nothingYet : trendPage.nothingBefore(knownFrom, zone);
      return knownFrom === null
        ? trendPage.notCounted(nameOf(accountId))
        : trendPage.countedFrom(nameOf(accountId), knownFrom, zone);
    }),
    ...(later.length > few ? [trendPage.moreLater(later.length - few)] : []),
    ...(example !== null ? [trendPage.exampleHelp(example, zone)] : []),
    ...shownGaps.map((gap) => {
      const seen = chosen === null ? undefined : gap.licenses[chosen];
      const sentence = texts.gapSentence(gap, zone, isOfOne ? null : nameOf(gap.accountId));
      return seen && chosen !== null ? `${sentence} ${texts.seenAfterGap(chosen, seen)}` : sentence;
    }),
    ...(gaps.length > few ? [trendPage.moreGaps(gaps.length - few)] : []),
  ];
  if (notes.length === 0) return null;
  return (
    <ul className="mt-3 space-y-1 text-small text-quiet">
      {notes.map((note) => (
        <li key={note}>{note}</li>
      ))}
    </ul>
  );
}
