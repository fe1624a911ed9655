import * as texts from '@/lib/texts/filters.ts';

type FilterNumberProps = { people: number | null; isOld: boolean };

/** A number beside a filter. One of the filter before stays to keep the place, but nobody takes it for true. */
export function FilterNumber({ people, isOld }: FilterNumberProps) {
  if (people === null) return null;
  const number = texts.filters.count(people);
  if (!isOld) return <span className="font-normal">{number}</span>;
  return (
    <span className="skeleton rounded font-normal select-none">
      <span className="invisible">{number}</span>
      <span className="sr-only">{texts.filters.counting}</span>
    </span>
  );
}
