/**
 * One scrape of the metrics at a million people, with nothing kept from the one before; the reference is a bare `select 1` on the same
 * server. Sizes are arguments: `npm run bench scrape 1000000`.
 */
import { sql } from 'kysely';
import type { Database } from '../lib/db/database.ts';
import { openMetrics } from '../lib/ops/metrics.ts';
import { openWatch } from '../lib/ops/watch.ts';
import { interleave, series, timed } from './tools/measure.ts';
import { type Mirror, sizesFromArguments, withMirror } from './tools/mirror.ts';
import { printWithin } from './tools/report.ts';

const goalMs = 20;

export async function run(): Promise<void> {
  for (const people of sizesFromArguments([1_000_000])) await withMirror(people, measure);
}

async function measure({ db, url, accountId, people }: Mirror): Promise<void> {
  await changeSome(db, accountId);
  const watch = openWatch(url, { accounts: 'all', endpoint: 'nowhere' });
  const metrics = openMetrics({ program: 'worker', version: '0', schema: '0' });
  const ours = series(async () => (await timed(async () => metrics.text(await watch.lookNow()))).time);
  const bare = series(async () => (await timed(() => sql`select 1`.execute(db))).time);
  await interleave([ours, bare], { warmUp: 20, rounds: 200 });
  await watch.close();
  printWithin(`${people.toLocaleString('en')} people, one scrape`, ours.times, bare.times, goalMs);
}

/** Steps of the counts as a busy minute leaves them before a worker sums them up, and work that is open. */
async function changeSome(db: Database, accountId: string): Promise<void> {
  for (let step = 0; step < 200; step += 1) {
    await sql`
      update users set license = case license when 'Basic' then 'Pro' else 'Basic' end
      where account_id = ${accountId} and seq % 200000 = ${step}`.execute(db);
  }
  await sql`vacuum analyze user_counts`.execute(db);
}

if (import.meta.main) await run();
