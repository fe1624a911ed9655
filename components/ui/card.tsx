import type { ComponentProps, ReactNode } from 'react';

/** The ground and edge of a card, for what is not a plain box. */
export const cardLook = 'rounded-xl border border-line bg-sheet';

/** The same of what lies over the page: a menu, a list. */
export const floatLook = `${cardLook} shadow-[var(--float)]`;

/** A part of a page on its own sheet. */
export function Card({ className = '', ...rest }: ComponentProps<'div'>) {
  return <div className={`${cardLook} ${className}`} {...rest} />;
}

/** A card whose content reaches its edges, such as a table. */
export function TableCard({ className = '', ...rest }: ComponentProps<'div'>) {
  return <div className={`overflow-clip ${cardLook} ${className}`} {...rest} />;
}

type NothingProps = { title: string; children?: ReactNode };

/** What a card says where it has nothing to show. */
export function Nothing({ title, children }: NothingProps) {
  return (
    <div className="px-6 py-14 text-center">
      <p className="text-larger font-semibold break-words">{title}</p>
      {children && <p className="mt-1 text-quiet">{children}</p>}
    </div>
  );
}
