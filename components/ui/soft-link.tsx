'use client';

import { useRouter } from 'next/navigation';
import type { ComponentProps, MouseEvent } from 'react';
import { createCell } from './cell.ts';
import { isPlainClick } from './plain-click.ts';

/** Goes to another page and shows that it is on its way, where the page around the link can. */
export const wayTo = createCell<((href: string) => void) | null>(null);

/**
 * A link within the product: the page changes without being loaded anew. Instead of next/link, whose prefetching of
 * pages nobody may open would weigh more here than all links together.
 */
export function SoftLink({ href, onClick, ...rest }: ComponentProps<'a'> & { href: string }) {
  const router = useRouter();

  function go(event: MouseEvent<HTMLAnchorElement>) {
    onClick?.(event);
    if (!isPlainClick(event)) return;
    event.preventDefault();
    (wayTo.get() ?? router.push)(href);
  }

  return <a href={href} onClick={go} {...rest} />;
}
