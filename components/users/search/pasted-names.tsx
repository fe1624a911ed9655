'use client';

import { useQuery } from '@tanstack/react-query';
import { firstPage, longestSearch, paramsFromFilter, type UserFilter } from '@/lib/search/filter.ts';
import * as texts from '@/lib/texts/filters.ts';
import { TextButton } from '../../ui/button.tsx';
import { readCounts } from '../data/reads.ts';
import { usePageStore } from '../page-store-context.tsx';
import { FilterLink } from './filter-link.tsx';
import { FilterNumber } from './filter-number.tsx';
import { countsParams, type OnFilter } from './narrowing.ts';

type PastedNamesProps = { names: string[]; filter: UserFilter; onFilter: OnFilter; onDone: () => void };

/** So many names are offered, each with its number. */
const most = 20;

/** Names that were pasted together: one search each, with the number of people it finds. A name alone never chooses somebody. */
export default function PastedNames({ names, filter, onFilter, onDone }: PastedNamesProps) {
  const left = names.length - most;
  return (
    <section aria-label={texts.pastedNames.label} className="mb-3 flex flex-wrap items-center gap-x-4 gap-y-1">
      <p role="status" className="basis-full">
        <span className="font-semibold">{texts.pastedNames.found(names.length)}</span> {texts.pastedNames.help}
      </p>
      <ul className="contents">
        {names.slice(0, most).map((name) => (
          <li key={name}>
            <NameLink name={name.slice(0, longestSearch)} filter={filter} onFilter={onFilter} />
          </li>
        ))}
      </ul>
      {left > 0 && <span className="text-quiet">{texts.pastedNames.more(left)}</span>}
      <TextButton onClick={onDone}>{texts.pasted.forget}</TextButton>
    </section>
  );
}

function NameLink({ name, filter, onFilter }: { name: string; filter: UserFilter; onFilter: OnFilter }) {
  const { accountId } = usePageStore();
  const to = { ...firstPage, search: name };
  const { data } = useQuery({
    queryKey: ['counts', accountId, countsParams(to)],
    queryFn: ({ signal }) => readCounts(accountId, to, signal),
    staleTime: 10_000,
    retry: 1,
  });
  return (
    <FilterLink
      to={to}
      onFilter={onFilter}
      aria-current={paramsFromFilter(to) === countsParams(filter) || undefined}
      className="text-act inline-flex gap-1.5 break-words aria-[current]:font-semibold"
    >
      {name} <FilterNumber people={data?.total ?? null} isOld={false} />
    </FilterLink>
  );
}
