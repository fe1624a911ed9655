import type { Listed } from '../store.ts';
import type { PageTokens } from '../tokens.ts';

/** One page of a listing, and the token of the next one if anything is left to list. */
export function pageOf<Item>(
  tokens: PageTokens,
  listing: readonly unknown[],
  token: string | undefined,
  size: number,
  read: (position: number, limit: number) => Listed<Item>[],
): { items: Item[]; nextToken: string | undefined } {
  const position = token === undefined ? 0 : tokens.position(listing, token);
  const found = read(position, size + 1);
  const page = found.slice(0, size);
  const last = page.at(-1);
  return {
    items: page.map(({ item }) => item),
    nextToken: found.length > size && last ? tokens.issue(listing, last.position) : undefined,
  };
}
