import type { History } from '@/lib/audit/entry.ts';
import type { Outcome } from '@/lib/changes/change.ts';
import type { UserCounts } from '@/lib/counts/counts.ts';
import type { Failure, FailureCode } from '@/lib/failures.ts';
import { type PageSize, pageSize, paramsFromFilter, type UserFilter } from '@/lib/search/filter.ts';
import type { Elsewhere, UsersPage } from '@/lib/search/page.ts';
import type { UserRow } from '@/lib/users/user.ts';
import { awayHeaders } from '../../live/away.ts';
import { countsParams } from '../search/narrowing.ts';

/** Our server answered, and said no. */
export class ReadRefused extends Error {
  override name = 'ReadRefused';
  readonly status: number;
  readonly failure: Failure | undefined;

  constructor(status: number, failure: Failure | undefined) {
    super(`Read refused with ${status}`);
    this.status = status;
    this.failure = failure;
  }
}

/** Whether the answer says that the person is not there any more, and not something else. */
export const isGone = (error: unknown) =>
  error instanceof ReadRefused && (error.failure?.code === 'not-found' || error.failure?.code === 'unknown-user');

export type Connection = { state: 'ok' } | { state: FailureCode; failure: Failure };

const base = (accountId: string) => `/api/accounts/${encodeURIComponent(accountId)}`;

export const exportAddress = (accountId: string, filter: UserFilter) =>
  `${base(accountId)}/users/export?${paramsFromFilter({ ...filter, cursor: undefined })}`;

export const readUsers = (accountId: string, filter: UserFilter, size: PageSize, signal: AbortSignal) => {
  const params = new URLSearchParams(paramsFromFilter(filter));
  if (size !== pageSize) params.set('size', String(size));
  return read<UsersPage>(`${base(accountId)}/users?${params}`, signal);
};

/** The cursor of the page that begins with the `start`-th person; null where there is none. */
export const readPlace = (accountId: string, filter: UserFilter, start: number) =>
  read<{ cursor: string | null }>(
    `${base(accountId)}/users/place?${paramsFromFilter({ ...filter, cursor: undefined })}&start=${start}`,
  );

export const readCounts = (accountId: string, filter: UserFilter, signal: AbortSignal) =>
  read<UserCounts>(`${base(accountId)}/counts?${countsParams(filter)}`, signal);

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

async function read<T>(address: string, signal?: AbortSignal): Promise<T> {
  const headers = { accept: 'application/json', ...awayHeaders() };
  const response = await fetch(address, { signal, headers, cache: 'no-store' });
  if (response.ok) return response.json();
  const body: { failure?: Failure } = await response.json().catch(() => ({}));
  throw new ReadRefused(response.status, body.failure);
}
