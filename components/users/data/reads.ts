import type { UserCounts } from '@/lib/counts/counts.ts';
import type { Failure } from '@/lib/failures.ts';
import { type PageSize, pageSize, paramsFromFilter, type UserFilter } from '@/lib/search/filter.ts';
import type { UsersPage } from '@/lib/search/page.ts';
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

export const base = (accountId: string) => `/api/accounts/${encodeURIComponent(accountId)}`;

export const exportAddress = (accountId: string, filter: UserFilter) =>
  `${base(accountId)}/users/export?${paramsFromFilter({ ...filter, cursor: undefined })}`;

export const readUsers = (accountId: string, filter: UserFilter, size: PageSize, signal: AbortSignal) => {
  const params = new URLSearchParams(paramsFromFilter(filter));
  if (size !== pageSize) params.set('size', String(size));
  return read<UsersPage>(`${base(accountId)}/users?${params}`, signal);
};

export const readCounts = (accountId: string, filter: UserFilter, signal: AbortSignal) =>
  read<UserCounts>(`${base(accountId)}/counts?${countsParams(filter)}`, signal);

/** Reads JSON from our server; throws `ReadRefused` where it says no. */
export async function read<T>(address: string, signal?: AbortSignal): Promise<T> {
  const headers = { accept: 'application/json', ...awayHeaders() };
  const response = await fetch(address, { signal, headers, cache: 'no-store' });
  if (response.ok) return response.json();
  const body: { failure?: Failure } = await response.json().catch(() => ({}));
  throw new ReadRefused(response.status, body.failure);
}
