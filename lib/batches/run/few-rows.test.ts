import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { authConfig, crowd, withBatches } from '../../../testing/batches.ts';
import { syncEverything } from '../../../testing/desk.ts';
import { rowsLookedAt } from '../../../testing/rows-looked-at.ts';
import { type Database, openDatabase } from '../../db/database.ts';
import { noteRead } from './freshness-store.ts';
import { runBatches, startBatches } from './run-batches.ts';

const few = 30;
const people = crowd(1_000);
const userIds = people.map(({ UserId }) => UserId);
const never = new AbortController().signal;

test(
  'a large batch finds each of its people alone, however many small ones PostgreSQL knows from before',
  { timeout: 180_000 },
  () =>
    withBatches(async (desk) => {
      const worker = { ...desk.deps, db: openDatabase(desk.databaseUrl) };
      const run = async (chosen: string[]) => {
        const id = await desk.prepare({ kind: 'people', userIds: chosen });
        await desk.submit(id);
        await startBatches(worker);
        await sql`update accounts set sync_wanted = true`.execute(desk.db);
        await syncEverything(worker, (page) => noteRead(worker.db, page));
        await startBatches(worker);
        await runBatches(worker, authConfig, never);
        expect(await desk.show(id)).toMatchObject({ state: 'done', changed: chosen.length });
      };
      await run(userIds.slice(0, few));
      await repeatWhatHappened(desk.db, 300);

      const before = await rowsLookedAt(desk.db);
      await run(userIds.slice(few));
      await worker.db.destroy(); // a connection that ends tells what it has looked at

      const after = [...(await rowsLookedAt(desk.db))];
      const each = after.map(([table, rows]) => {
        const more = rows - (before.get(table) ?? 0);
        return { table, rows: Math.round(more / (people.length - few)) };
      });
      expect(each.filter(({ rows }) => rows > 40)).toEqual([]);
    }, people),
);

/** As if the batch, its list and its changes had been there so many times a month ago. */
async function repeatWhatHappened(db: Database, times: number): Promise<void> {
  const copy = (row: string, what: string) => sql.raw(`(jsonb_populate_record(${row}, jsonb_build_object(${what}))).*`);
  const then = "now() - interval '30 days'";
  await sql`
    insert into changes select ${copy('changes', `'id', gen_random_uuid(), 'requested_at', ${then}`)}
    from changes cross join generate_series(1, ${times})`.execute(db);
  await sql`
    with copies as (
      insert into batches select ${copy('batches', `'id', gen_random_uuid(), 'started_at', ${then}`)}
      from batches cross join generate_series(1, ${times}) returning id
    )
    insert into batch_items select ${copy('batch_items', "'batch_id', copies.id")} from batch_items cross join copies`.execute(
    db,
  );
  await sql`analyze`.execute(db);
}
