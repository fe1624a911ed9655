'use client';

import { Suspense, useState } from 'react';
import type { License } from '@/lib/licenses/license.ts';
import type { UserFilter } from '@/lib/search/filter.ts';
import * as texts from '@/lib/texts/filters.ts';
import type { View } from '@/lib/views/view.ts';
import { later } from '../../ui/later.ts';
import type { Numbers } from '../data/counts-query.ts';
import { SortChoice } from '../table/sort-choice.tsx';
import type { Look } from '../table/use-preferences.ts';
import { FilterChips } from './filter-chips.tsx';
import { barButton, FilterMenus } from './filter-menus.tsx';
import { changed, filtersOn, type OnFilter } from './narrowing.ts';
import { PlanNumbers } from './plan-numbers.tsx';
import { QuestionsMenu } from './questions-menu.tsx';
import { ViewsMenu } from './views-menu.tsx';

const FilterSheet = later(() => import('./filter-sheet.tsx'));
const ColumnsDialog = later(() => import('../table/columns-dialog.tsx'));

type FiltersProps = {
  filter: UserFilter;
  numbers: Numbers;
  supported: License[];
  initialViews: View[];
  look: Look;
  onFilter: OnFilter;
};

/** What the list is narrowed by, with the number of people behind every value; views and columns beside it. */
export default function Filters({ filter, numbers, supported, initialViews, look, onFilter }: FiltersProps) {
  const [open, setOpen] = useState<'sheet' | 'columns' | null>(null);
  const close = () => setOpen(null);
  const facts = { filter, numbers, supported, onFilter };
  const on = filtersOn(filter);
  return (
    <div className="mb-3 grid grid-cols-[minmax(0,1fr)] gap-2">
      <PlanNumbers {...facts} />
      <div className="sideways flex items-center gap-2 sm:flex-wrap">
        <FilterMenus {...facts} />
        <button type="button" className={`${barButton} sm:hidden`} onClick={() => setOpen('sheet')}>
          {on === 0 ? texts.filters.filters : texts.filters.filtersOn(on)}
        </button>
        <SortChoice
          sort={filter.sort}
          descending={filter.descending}
          onSort={(sort, descending) => onFilter(changed(filter, { sort, descending }), 'push')}
        />
        <span className="drops-left flex gap-2 sm:ms-auto sm:flex-wrap">
          <QuestionsMenu filter={filter} onFilter={onFilter} />
          <ViewsMenu filter={filter} initialViews={initialViews} onFilter={onFilter} />
          <button type="button" className={barButton} onClick={() => setOpen('columns')}>
            {texts.columns.title}
          </button>
        </span>
      </div>
      {look.isLost && open !== 'columns' && (
        <p role="alert" className="text-small text-bad">
          {texts.columns.failed}
        </p>
      )}
      <FilterChips filter={filter} onFilter={onFilter} />
      <Suspense>
        {open === 'sheet' && <FilterSheet {...facts} onClose={close} />}
        {open === 'columns' && <ColumnsDialog look={look} onClose={close} />}
      </Suspense>
    </div>
  );
}
