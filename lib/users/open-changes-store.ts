import { sql } from 'kysely';
import type { Executor } from '../db/database.ts';
import type { LateArrival, OpenMark, UserRow } from './user.ts';

/** The same people, each with the change that is on its way for them, and with an earlier one that arrived late. */
export async function withOpenChanges(db: Executor, accountId: string, users: UserRow[]): Promise<UserRow[]> {
  if (users.length === 0) return users;
  const ids = users.map(({ id }) => id);
  const { rows } = await sql<{ user_id: string; open: OpenMark | null; late: LateArrival | null }>`
    select user_id, null as late, jsonb_build_object('to', to_license, 'by', operator_name, 'byId', operator_id, 'state', state) as open
    from changes
    where account_id = ${accountId} and user_id = any(${ids}) and state in ('pending', 'unknown') and batch_id is null
    union all
    select late_calls.user_id, jsonb_build_object('by', late_calls.operator_name, 'to', late_calls.license, 'from', replaced), null
    from late_calls
      join users on users.account_id = late_calls.account_id and users.id = late_calls.user_id
    where late_calls.account_id = ${accountId} and late_calls.user_id = any(${ids})
      and users.changed_at = late_calls.arrived_at`.execute(db);
  if (rows.length === 0) return users;
  const open = new Map(rows.flatMap((row) => (row.open ? [[row.user_id, row.open]] : [])));
  const late = new Map(rows.flatMap((row) => (row.late ? [[row.user_id, row.late]] : [])));
  return users.map((user) => ({ ...user, open: open.get(user.id) ?? null, late: late.get(user.id) ?? null }));
}
