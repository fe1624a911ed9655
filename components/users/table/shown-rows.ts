import type { UserRow } from '@/lib/users/user.ts';

/** A row as it stands in the table; a ghost is kept in place although it no longer matches. */
export type ShownRow = { user: UserRow; ghost: boolean };

/**
 * The rows to show after a read: those being worked on keep their place, whatever the new list says. Everyone else
 * follows the new list. A new search starts from nothing.
 */
export function mergeRows(shown: ShownRow[], fresh: UserRow[], isWorkedOn: (userId: string) => boolean): ShownRow[] {
  const freshById = new Map(fresh.map((user) => [user.id, user]));
  const pinned = new Map<number, ShownRow>();
  shown.forEach((row, place) => {
    if (!isWorkedOn(row.user.id)) return;
    const user = freshById.get(row.user.id);
    freshById.delete(row.user.id);
    pinned.set(place, user ? { user, ghost: false } : { user: row.user, ghost: true });
  });

  const others = [...freshById.values()];
  const merged: ShownRow[] = [];
  while (others.length > 0 || pinned.size > 0) {
    const kept = pinned.get(merged.length);
    const other = kept ? undefined : others.shift();
    if (kept) pinned.delete(merged.length);
    if (kept) merged.push(kept);
    else if (other) merged.push({ user: other, ghost: false });
    else break;
  }
  return [...merged, ...pinned.values()];
}
