import type { History } from '@/lib/audit/entry.ts';
import type { Outcome } from '@/lib/changes/change.ts';
import type { Failure, FailureCode } from '@/lib/failures.ts';
import { paramsFromFilter, type UserFilter } from '@/lib/search/filter.ts';
import type { Elsewhere } from '@/lib/search/page.ts';
import type { UserRow } from '@/lib/users/user.ts';
import { base, ReadRefused, read } from './reads.ts';

// Apart from reads.ts, which is in the first scripts of the page.

/** Whether the answer says that the person is not there any more, and not something else. */
export const isGone = (error: unknown) =>
  error instanceof ReadRefused && (error.failure?.code === 'not-found' || error.failure?.code === 'unknown-user');

export type Connection = { state: 'ok' } | { state: FailureCode; failure: Failure };

/** The cursor of the page that begins with the `start`-th person; null where there is none. */
export const readPlace = (accountId: string, filter: UserFilter, start: number) =>
  read<{ cursor: string | null }>(
    `${base(accountId)}/users/place?${paramsFromFilter({ ...filter, cursor: undefined })}&start=${start}`,
  );

/** People who are called nearly so. */
export const readNear = (accountId: string, search: string, signal: AbortSignal) =>
  read<{ near: Near[] }>(`${base(accountId)}/users/near?${new URLSearchParams({ q: search })}`, signal);

/** Other accounts of the operator in which people are found by the same search. */
export const readElsewhere = (accountId: string, search: string, signal: AbortSignal) =>
  read<{ elsewhere: Elsewhere[] }>(`${base(accountId)}/users/elsewhere?${new URLSearchParams({ q: search })}`, signal);
export type Near = Pick<UserRow, 'id' | 'name' | 'email'>;

export const readChanges = (accountId: string, ids: string[], signal?: AbortSignal) =>
  read<{ changes: Outcome[] }>(`${base(accountId)}/changes?ids=${ids.map(encodeURIComponent).join(',')}`, signal);

export const readUser = (accountId: string, userId: string) =>
  read<{ user: UserRow }>(`${base(accountId)}/users/${encodeURIComponent(userId)}`);

export const readHistory = (accountId: string, userId: string, signal?: AbortSignal) =>
  read<History>(`${base(accountId)}/users/${encodeURIComponent(userId)}/history`, signal);

export const readConnection = (accountId: string) => read<Connection>(`${base(accountId)}/connection`);
