import { sql } from 'kysely';
import { lookDeadlineMs } from '../chime/call-policy.ts';
import type { Deps } from '../chime/deps.ts';
import { takeTurn } from '../chime/turn.ts';
import type { Database } from '../db/database.ts';
import { Refusal } from '../failures.ts';
import { withStanding } from '../users/standing.ts';
import { findUser } from '../users/store.ts';
import type { UserRow } from '../users/user.ts';
import { readUser } from './read-user.ts';

/** So many people may one operator have read in Chime within a minute, by all their tabs: more than anybody opens by hand. */
export const maxReadsAMinute = 240;

/**
 * Reads one person in Chime for an operator who looks at them, and answers the row as it is then. Throws a `ChimeRefusal`, a
 * `Refusal` of `too-busy` for one read too many within a minute, of `throttled` where it has to wait for 10 s, and of
 * `unknown-user`.
 */
export async function lookAtUser(
  deps: Deps,
  { accountId, userId, operatorId }: { accountId: string; userId: string; operatorId: string },
): Promise<UserRow> {
  if (!(await countRead(deps.db, operatorId))) {
    throw new Refusal('too-busy', `At most ${maxReadsAMinute} people can be looked up in Chime within a minute.`);
  }
  const until = Date.now() + lookDeadlineMs;
  const turn = await takeTurn(deps, 'reading', { waiting: async (ms) => expectTime(ms, until) });
  await readUser(deps, accountId, userId, turn, AbortSignal.timeout(lookDeadlineMs));
  const user = await findUser(deps.db, accountId, userId);
  if (!user) throw new Refusal('unknown-user', 'This person is not in this account.');
  const [row = user] = await withStanding(deps.db, accountId, [user]);
  return row;
}

function expectTime(ms: number, until: number): void {
  if (Date.now() + ms > until) throw new Refusal('throttled', 'Amazon Chime is asked too often right now.');
}

/** Counts a read, unless there were too many within this minute. */
async function countRead(db: Database, operatorId: string): Promise<boolean> {
  const { rows } = await sql`
    insert into person_reads (operator_id, minute, reads)
    values (${operatorId}, date_trunc('minute', clock_timestamp()), 1)
    on conflict (operator_id, minute) do update set reads = person_reads.reads + 1
      where person_reads.reads < ${maxReadsAMinute}
    returning reads`.execute(db);
  return rows.length > 0;
}

/** Forgets the counts of minutes that are over. */
export async function forgetOldReads(db: Database): Promise<void> {
  await sql`delete from person_reads where minute < clock_timestamp() - interval '10 minutes'`.execute(db);
}
