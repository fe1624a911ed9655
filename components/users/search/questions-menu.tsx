'use client';

import { useQuery } from '@tanstack/react-query';
import { paramsFromFilter, type UserFilter } from '@/lib/search/filter.ts';
import { questions } from '@/lib/search/questions.ts';
import * as texts from '@/lib/texts/filters.ts';
import { readCounts } from '../data/reads.ts';
import { usePageStore } from '../page-store-context.tsx';
import { FilterLink } from './filter-link.tsx';
import { Drop } from './filter-menus.tsx';
import { FilterNumber } from './filter-number.tsx';
import { countsParams, type OnFilter } from './narrowing.ts';

type QuestionsMenuProps = { filter: UserFilter; onFilter: OnFilter };

/** Questions that are asked often, each with the number of people it finds; counted while the menu is open. */
export function QuestionsMenu({ filter, onFilter }: QuestionsMenuProps) {
  const params = countsParams(filter);
  return (
    <Drop
      label={texts.questions.title}
      isOn={questions.some((question) => paramsFromFilter(question.filter) === params)}
    >
      <p className="px-2.5 pt-1 pb-1.5 text-small text-quiet">{texts.questions.help}</p>
      <ul>
        {questions.map((question) => (
          <li key={question.key}>
            <FilterLink
              to={question.filter}
              onFilter={onFilter}
              aria-current={paramsFromFilter(question.filter) === params || undefined}
              className="flex min-h-9 items-center justify-between gap-6 rounded-lg px-2.5 hover:bg-hover aria-[current]:bg-bell-soft aria-[current]:font-semibold aria-[current]:text-bell pointer-coarse:min-h-11"
              onClick={(event) => event.currentTarget.closest<HTMLElement>('[popover]')?.hidePopover()}
            >
              {texts.questions.names[question.key]}
              <span className="text-quiet">
                <PeopleOf filter={question.filter} />
              </span>
            </FilterLink>
          </li>
        ))}
      </ul>
    </Drop>
  );
}

function PeopleOf({ filter }: { filter: UserFilter }) {
  const { accountId } = usePageStore();
  const { data } = useQuery({
    queryKey: ['counts', accountId, countsParams(filter)],
    queryFn: ({ signal }) => readCounts(accountId, filter, signal),
    staleTime: 10_000,
    retry: 1,
  });
  return <FilterNumber people={data?.total ?? null} isOld={false} />;
}
