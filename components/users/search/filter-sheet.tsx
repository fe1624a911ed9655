'use client';

import { facetKeys } from '@/lib/search/filter.ts';
import * as texts from '@/lib/texts/filters.ts';
import * as words from '@/lib/texts/words.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ChangedChoices, FacetChoices } from './filter-choices.tsx';
import { FilterLink } from './filter-link.tsx';
import { FilterNumber } from './filter-number.tsx';
import { changed } from './narrowing.ts';
import type { FilterFacts } from './plan-numbers.tsx';

/** All filters at once, for a phone; they apply as they are chosen. */
export default function FilterSheet({ onClose, ...facts }: FilterFacts & { onClose: () => void }) {
  const { filter, numbers, onFilter } = facts;
  return (
    <Dialog title={texts.filters.filters} closeLabel={words.common.close} onClose={onClose} side>
      {facetKeys.map((key) => (
        <fieldset key={key} className="mb-3">
          <legend className="px-2.5 font-semibold">{texts.filters.facet[key]}</legend>
          <FacetChoices facet={key} {...facts} />
        </fieldset>
      ))}
      <fieldset className="mb-3">
        <legend className="px-2.5 font-semibold">{texts.filters.changed}</legend>
        <ChangedChoices {...facts} />
        <FilterLink
          to={changed(filter, { outside: !filter.outside })}
          onFilter={onFilter}
          aria-current={filter.outside || undefined}
          className="flex min-h-11 items-center justify-between gap-6 rounded-lg px-2.5 aria-[current]:bg-bell-soft aria-[current]:font-semibold aria-[current]:text-bell"
        >
          {texts.filters.outside}
          <FilterNumber people={numbers.counts?.outside ?? null} isOld={numbers.isOld} />
        </FilterLink>
      </fieldset>
      <div className="sticky bottom-0 mt-auto -mb-5 bg-sheet py-3">
        <Button look="loud" className="w-full" onClick={onClose}>
          {texts.filters.show(numbers.isOld ? null : (numbers.counts?.total ?? null))}
        </Button>
      </div>
    </Dialog>
  );
}
