import { type Expression, sql } from 'kysely';
import { channel } from '../db/channel.ts';

/** Tells of one person's change as part of the statement that settles it: one trip to the database less. */
export function noticeOfChange(accountId: Expression<unknown>, userId: Expression<unknown>) {
  return sql`pg_notify(${channel}, json_build_object('kind', 'changed', 'accountId', ${accountId},
    'userIds', json_build_array(${userId}))::text)`;
}
