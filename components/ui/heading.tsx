import type { ComponentProps, ReactNode } from 'react';

/** What a page is about; each page has one. */
export function PageHeading({ className = '', children, ...rest }: ComponentProps<'h1'>) {
  return (
    <h1 className={`text-title leading-7 font-semibold tracking-[-0.015em] ${className}`} {...rest}>
      {children}
    </h1>
  );
}

/** The account of a page, for paper: the header, which names it on the screen, is not printed. */
export const PrintedAccount = ({ name }: { name: string }) => <p className="hidden text-quiet print:block">{name}</p>;

/** The heading of a page, and at the other end what can be done with the page as a whole. */
export const HeadingBar = ({ children }: { children: ReactNode }) => (
  <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-2">{children}</div>
);

/** What a part of a page is about. */
export function SectionHeading({ children, ...rest }: ComponentProps<'h2'>) {
  return (
    <h2 className="text-heading leading-6 font-semibold" {...rest}>
      {children}
    </h2>
  );
}
