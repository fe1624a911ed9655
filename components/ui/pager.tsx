import type { ReactNode } from 'react';
import { buttonLook } from './button.tsx';
import { SoftLink } from './soft-link.tsx';

type PagerProps = { label: string; children: ReactNode };

/** Where the ways to the other pages of a list stand. */
export function Pager({ label, children }: PagerProps) {
  return (
    <nav aria-label={label} className="flex justify-end gap-2 pt-3.5 print:hidden">
      {children}
    </nav>
  );
}

type LinkPagerProps = {
  label: string;
  /** The pages there are to go to; those without an address are left out. */
  links: { name: string; to: string | null }[];
};

/** The ways to the other pages of a list that has an address for each. */
export function LinkPager({ label, links }: LinkPagerProps) {
  const there = links.flatMap(({ name, to }) => (to === null ? [] : [{ name, to }]));
  if (there.length === 0) return null;
  return (
    <Pager label={label}>
      {there.map(({ name, to }) => (
        <SoftLink key={name} href={to} className={buttonLook.plain}>
          {name}
        </SoftLink>
      ))}
    </Pager>
  );
}
