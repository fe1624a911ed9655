'use client';

import { type FocusEvent, type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react';

type ArrowListProps = { labelId: string; className: string; children: ReactNode };

const linksIn = (list: HTMLElement | null) => [...(list?.querySelectorAll('a') ?? [])];

/** A list of links with one stop for Tab; arrows, Home and End go from link to link. */
export function ArrowList({ labelId, className, children }: ArrowListProps) {
  const list = useRef<HTMLOListElement>(null);

  // After each drawing, since new links come with the news.
  useEffect(() => {
    const links = linksIn(list.current);
    const stop = links.find((link) => link === document.activeElement) ?? links.find(isStop) ?? links[0];
    if (stop) stopAt(links, stop);
  });

  function onFocus({ target }: FocusEvent) {
    if (target instanceof HTMLAnchorElement) stopAt(linksIn(list.current), target);
  }

  function onKeyDown(event: KeyboardEvent) {
    const links = linksIn(list.current);
    const focused = document.activeElement;
    const at = focused instanceof HTMLAnchorElement ? links.indexOf(focused) : -1;
    const to = destinations[event.key]?.(at, links.length - 1);
    if (at === -1 || to === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    links[to]?.focus();
  }

  return (
    <ol ref={list} aria-labelledby={labelId} className={className} onFocus={onFocus} onKeyDown={onKeyDown}>
      {children}
    </ol>
  );
}

const isStop = (link: HTMLElement) => link.getAttribute('tabindex') === '0';

function stopAt(links: HTMLElement[], stop: HTMLElement) {
  for (const link of links) link.tabIndex = link === stop ? 0 : -1;
}

const destinations: Record<string, (at: number, last: number) => number> = {
  ArrowDown: (at, last) => Math.min(at + 1, last),
  ArrowUp: (at) => Math.max(at - 1, 0),
  Home: () => 0,
  End: (_, last) => last,
};
