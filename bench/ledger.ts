/**
 * What it costs to write down each step of the counts: batches of 1,000 people, and a sync that finds nobody changed, with the trigger as
 * it is and with one that only counts. Both take turns in one run.
 */
import { sql } from 'kysely';
import type { Database } from '../lib/db/database.ts';
import { syncOnce } from './sync.ts';
import { batchSeconds, someUserIds, withWorker } from './tools/batch-work.ts';
import { type Desk, withDesk } from './tools/desk.ts';
import { interleave, series } from './tools/measure.ts';
import { percentile, printLine } from './tools/report.ts';

const people = 1_000;
const most = 1.1;

export async function run(): Promise<void> {
  await withDesk(people * 4, async (desk) => {
    const triggers = await readTriggers(desk.deps.db);
    const times = (take: () => Promise<number>) =>
      triggers.map((trigger) =>
        series(async () => {
          await trigger.put();
          return take();
        }),
      );

    const syncs = times(async () => (await syncOnce(desk)).ms);
    await interleave(syncs, { warmUp: 1, rounds: 8 });
    print('a sync of 4,000 that finds nobody changed', syncs);

    await withWorker(desk, async () => {
      const batches = times(await backAndForth(desk));
      await interleave(batches, { warmUp: 1, rounds: 8 });
      print(`a batch of ${people.toLocaleString('en')} on loopback`, batches);
    });
  });
}

/** The trigger as it is, and the same without the steps. */
async function readTriggers(db: Database) {
  const { rows } = await sql<{ asItIs: string }>`select pg_get_functiondef('count_users'::regproc) as "asItIs"`.execute(
    db,
  );
  const asItIs = rows[0]?.asItIs ?? '';
  const steps = /insert into movements[^;]*;/g;
  if (asItIs.match(steps)?.length !== 3) throw new Error('The trigger writes steps in other places than three');
  return [asItIs, asItIs.replace(steps, '')].map((text) => ({ put: () => sql.raw(text).execute(db) }));
}

/** Gives the same people one plan and the other in turns; milliseconds. */
async function backAndForth(desk: Desk): Promise<() => Promise<number>> {
  const userIds = await someUserIds(desk, people);
  let to: 'Pro' | 'Basic' = 'Pro';
  return async () => {
    const { run: seconds } = await batchSeconds(desk, userIds, to);
    to = to === 'Pro' ? 'Basic' : 'Pro';
    return seconds * 1_000;
  };
}

function print(what: string, [ours, reference]: { times: number[] }[]): void {
  const [own, plain] = [ours, reference].map((one) => percentile(one?.times ?? [], 50));
  if (own === undefined || plain === undefined) throw new Error('Nothing was measured');
  const ratio = own / plain;
  printLine({
    what,
    ours: `p50 ${own.toFixed(0)} ms`,
    reference: `p50 ${plain.toFixed(0)} ms, only counting`,
    ratio: `${ratio.toFixed(2)}x`,
    goal: { text: `<= ${most}x`, isReached: ratio <= most },
  });
}

if (import.meta.main) await run();
