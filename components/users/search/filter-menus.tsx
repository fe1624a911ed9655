'use client';

import { type FocusEvent, type ReactNode, useCallback, useId, useState } from 'react';
import { facetKeys } from '@/lib/search/filter.ts';
import * as texts from '@/lib/texts/filters.ts';
import { floatLook } from '../../ui/card.tsx';
import { Icon } from '../../ui/icon.tsx';
import { ChangedChoices, FacetChoices } from './filter-choices.tsx';
import { FilterLink } from './filter-link.tsx';
import { FilterNumber } from './filter-number.tsx';
import { changed as changedBy } from './narrowing.ts';
import type { FilterFacts } from './plan-numbers.tsx';

const look =
  'inline-flex min-h-8 items-center gap-1.5 rounded-lg border border-line-strong bg-sheet px-2.5 text-small hover:bg-hover pointer-coarse:min-h-11';
export const barButton = look;

/** The filters of a wide page: a button for each fact. */
export function FilterMenus(facts: FilterFacts) {
  const { filter, numbers, onFilter } = facts;
  return (
    <span className="contents max-sm:hidden">
      {facetKeys.map((key) => (
        <Drop key={key} label={texts.filters.facet[key]} isOn={filter.facets[key].length > 0}>
          <FacetChoices facet={key} {...facts} />
        </Drop>
      ))}
      <Drop label={texts.filters.changed} isOn={filter.changedWithin !== null}>
        <ChangedChoices {...facts} />
      </Drop>
      <FilterLink
        to={changedBy(filter, { outside: !filter.outside })}
        onFilter={onFilter}
        title={texts.filters.outsideHelp}
        aria-current={filter.outside || undefined}
        className={`${look} aria-[current]:border-bell aria-[current]:bg-bell-soft aria-[current]:text-bell max-sm:hidden`}
      >
        {texts.filters.outside}
        <FilterNumber people={numbers.counts?.outside ?? null} isOld={numbers.isOld} />
      </FilterLink>
    </span>
  );
}

type DropProps = { label: string; isOn?: boolean; children: ReactNode };

/** A button and what drops from it: the browser's own popover, which opens before any script is there. */
export function Drop({ label, isOn = false, children }: DropProps) {
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  const seeOpen = useCallback((box: HTMLDivElement | null) => {
    if (box?.matches(':popover-open')) setOpen(true);
  }, []);

  /** Tab leads out and leaves nothing open over the page. */
  function onBlur({ currentTarget, relatedTarget }: FocusEvent<HTMLDivElement>) {
    if (relatedTarget && !currentTarget.contains(relatedTarget)) currentTarget.hidePopover();
  }

  return (
    <span className="max-sm:contents">
      <button
        type="button"
        popoverTarget={id}
        className={`${look} ${isOn ? 'border-bell! bg-bell-soft! text-bell' : ''}`}
      >
        {label}
        <span className={isOn ? '' : 'text-faint'}>
          <Icon name="down" size={14} />
        </span>
      </button>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be a popover in every browser */}
      <div
        ref={seeOpen}
        id={id}
        popover="auto"
        role="group"
        aria-label={label}
        className={`${floatLook} drop min-w-60 p-1.5`}
        onToggle={(event) => setOpen(event.newState === 'open')}
        onBlur={onBlur}
      >
        {isOpen && children}
      </div>
    </span>
  );
}
