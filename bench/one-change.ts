/**
 * One change by the use case alone (intent, call, settle with the audit entry, answer) against the bare SDK's UpdateUser
 * to the same Local Chime: how many milliseconds we add. Measured twice: with a person who was read in the last seconds,
 * as opening their list of plans does, and with one whom the use case has to read first.
 */
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { applyChanges } from '../lib/changes/apply-changes.ts';
import { confirmed, type Desk, expectRealChanges, withDesk } from './tools/desk.ts';
import { interleave, series, timed } from './tools/measure.ts';
import { printAdded } from './tools/report.ts';
import { type Turn, turnsFor } from './tools/turns.ts';

const goalMs = { read: 4, unread: 5 };

export async function run(): Promise<void> {
  await withDesk(500, async (desk) => {
    const [readTurns, unreadTurns, plainTurns] = await turnsFor(desk, 3);
    if (!readTurns || !unreadTurns || !plainTurns) throw new Error('There are too few people');
    const read = series(() => change(desk, readTurns.next(), 0));
    const unread = series(() => change(desk, unreadTurns.next(), 60));
    const plain = series(async () => (await timed(() => desk.updateUser(plainTurns.next()))).time);
    await interleave([read, unread, plain], { warmUp: 500, rounds: 300 });

    await expectRealChanges(desk, readTurns.taken() + unreadTurns.taken() + plainTurns.taken());
    printAdded('One change, use case, person read recently', read.times, plain.times, goalMs.read);
    printAdded('One change, use case, person read first', unread.times, plain.times, goalMs.unread);
  });
}

/** One change of a person who was last read this many seconds ago. */
async function change(desk: Desk, turn: Turn, readSecondsAgo: number): Promise<number> {
  await sql`
    update users set read_at = clock_timestamp() - ${readSecondsAgo} * interval '1 second'
    where account_id = ${desk.accountId} and id = ${turn.userId}`.execute(desk.deps.db);
  const { time, changeId } = await applyOne(desk, turn);
  await confirmed(desk, changeId);
  return time;
}

/** Makes one change through the use case; throws when it was not applied at once. */
export async function applyOne({ deps, accountId }: Desk, turn: Turn): Promise<{ time: number; changeId: string }> {
  const by = { operatorId: 'bench', operatorName: 'Bench', operatorRole: 'helpdesk', requestId: randomUUID() };
  const { time, value } = await timed(() => applyChanges(deps, accountId, [turn], by));
  const [outcome] = value;
  if (outcome?.state !== 'applied') throw new Error(`A change was not applied: ${JSON.stringify(outcome)}`);
  return { time, changeId: outcome.changeId };
}

if (import.meta.main) await run();
