import type { ReactNode } from 'react';

/** A page that has one thing to say: what is wrong or missing, and the way on. */
export function PageMessage({ title, text, children }: { title: string; text: string; children?: ReactNode }) {
  return (
    <div className="mx-auto max-w-[52ch] px-4 py-16">
      <h1 className="text-title leading-7 font-semibold tracking-[-0.015em]">{title}</h1>
      <p className="mt-2 text-large leading-6 text-quiet">{text}</p>
      {children && <div className="mt-6 flex flex-wrap gap-3">{children}</div>}
    </div>
  );
}
