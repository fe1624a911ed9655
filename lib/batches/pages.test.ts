import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { type BatchDesk, mona, otto, withBatches } from '../testing/batches.ts';
import { showBatches } from './show-batch.ts';

/** So many batches of the past, two at each moment, oldest first; Otto's previews among them. */
async function giveBatches({ db, accountId }: BatchDesk, count: number): Promise<void> {
  await sql`
    insert into batches (id, account_id, request_id, operator_id, operator_name, operator_role, source, to_license, state,
      created_at, submitted_at, total)
    select gen_random_uuid(), ${accountId}, gen_random_uuid(), 'otto', 'Otto Lind', 'admin', '{"kind":"filter"}', 'Pro',
      case when number % 10 = 0 then 'draft' else 'done' end, at, case when number % 10 = 0 then null else at end, number
    from generate_series(1, ${count}::int) number,
      lateral (select clock_timestamp() - (${count} - number) / 2 * interval '1 second' - interval '1 minute' as at) moments`.execute(
    db,
  );
}

async function everyPage({ db, accountId }: BatchDesk, viewerId: string) {
  const pages = [await showBatches(db, accountId, viewerId)];
  for (let next = pages[0]?.next; next; next = pages.at(-1)?.next) {
    pages.push(await showBatches(db, accountId, viewerId, next));
  }
  return pages.map(({ batches }) => batches);
}

test('every batch is on one page of the list, newest first, and nobody sees somebody else’s previews', () =>
  withBatches(async (desk) => {
    await giveBatches(desk, 120);

    const pages = await everyPage(desk, mona.operatorId);
    expect(pages.map(({ length }) => length)).toEqual([50, 50, 8]);
    const batches = pages.flat();
    expect(new Set(batches.map(({ id }) => id)).size).toBe(108);
    const moments = batches.map(({ createdAt }) => createdAt);
    expect(moments).toEqual([...moments].sort().reverse());
    expect((await everyPage(desk, otto.operatorId)).flat()).toHaveLength(120);
  }));

test('a batch that is begun meanwhile moves nothing on an older page', () =>
  withBatches(async (desk) => {
    await giveBatches(desk, 120);
    const { next } = await showBatches(desk.db, desk.accountId, mona.operatorId);
    const older = await showBatches(desk.db, desk.accountId, mona.operatorId, next ?? '');

    await desk.submit(await desk.prepare());
    expect(await showBatches(desk.db, desk.accountId, mona.operatorId, next ?? '')).toEqual(older);
  }));

test('a page after a batch that is not there, or is of another account, is the newest one', () =>
  withBatches(async (desk) => {
    await giveBatches(desk, 60);
    const newest = await showBatches(desk.db, desk.accountId, mona.operatorId);
    expect(await showBatches(desk.db, desk.accountId, mona.operatorId, randomUUID())).toEqual(newest);

    const elsewhere = await showBatches(desk.db, desk.chimeService.accounts.team, mona.operatorId, newest.next ?? '');
    expect(elsewhere).toEqual({ batches: [], next: null });
  }));
