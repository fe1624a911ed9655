'use client';

import type { ComponentProps, MouseEvent } from 'react';
import type { UserFilter } from '@/lib/search/filter.ts';
import { isPlainClick } from '../../ui/plain-click.ts';
import { hrefOf, type OnFilter } from './narrowing.ts';

type FilterLinkProps = Omit<ComponentProps<'a'>, 'href'> & { to: UserFilter; onFilter: OnFilter };

/** A link to a filter of the same list: a real address, and no page load. */
export function FilterLink({ to, onFilter, onClick, ...rest }: FilterLinkProps) {
  function go(event: MouseEvent<HTMLAnchorElement>) {
    if (!isPlainClick(event)) return;
    event.preventDefault();
    onFilter(to, 'push');
    onClick?.(event);
  }

  return <a href={hrefOf(to)} onClick={go} {...rest} />;
}
