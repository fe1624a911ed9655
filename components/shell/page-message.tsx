import type { ReactNode } from 'react';
import { PageHeading } from '../ui/heading.tsx';

/** A page that has one thing to say: what is wrong or missing, and the way on. */
export function PageMessage({ title, text, children }: { title: string; text: string; children?: ReactNode }) {
  return (
    <div className="mx-auto max-w-[52ch] px-4 py-16">
      <PageHeading>{title}</PageHeading>
      <p className="mt-2 text-large leading-6 text-quiet">{text}</p>
      {children && <div className="mt-6 flex flex-wrap gap-3">{children}</div>}
    </div>
  );
}
