import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { type BatchDesk, crowd, mona, otto, withBatches } from '../../testing/batches.ts';
import { showAttention } from './show-attention.ts';
import { showBatches } from './show-batches.ts';

type Viewer = { id: string; mayApprove: boolean };
const toMona: Viewer = { id: mona.operatorId, mayApprove: true };
const toOtto: Viewer = { id: otto.operatorId, mayApprove: true };

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

async function everyPage({ db, accountId }: BatchDesk, viewer: Viewer, withPreviews = false) {
  const pages = [await showBatches(db, accountId, viewer, { withPreviews })];
  for (let next = pages[0]?.next; next; next = pages.at(-1)?.next) {
    pages.push(await showBatches(db, accountId, viewer, { before: next, withPreviews }));
  }
  return pages.map(({ batches }) => batches);
}

test('every batch is on one page of the list, newest first, and nobody sees somebody else’s previews', () =>
  withBatches(async (desk) => {
    await giveBatches(desk, 120);

    const pages = await everyPage(desk, toMona, true);
    expect(pages.map(({ length }) => length)).toEqual([50, 50, 8]);
    const batches = pages.flat();
    expect(new Set(batches.map(({ id }) => id)).size).toBe(108);
    const moments = batches.map(({ createdAt }) => createdAt);
    expect(moments).toEqual([...moments].sort().reverse());
    expect((await everyPage(desk, toOtto, true)).flat()).toHaveLength(120);
  }));

test('a batch that is begun meanwhile moves nothing on an older page', () =>
  withBatches(async (desk) => {
    await giveBatches(desk, 120);
    const { next } = await showBatches(desk.db, desk.accountId, toMona);
    const older = await showBatches(desk.db, desk.accountId, toMona, { before: next ?? '' });

    await desk.submit(await desk.prepare());
    expect(await showBatches(desk.db, desk.accountId, toMona, { before: next ?? '' })).toEqual(older);
  }));

test('a page after a batch that is not there, or is of another account, is the newest one', () =>
  withBatches(async (desk) => {
    await giveBatches(desk, 60);
    const newest = await showBatches(desk.db, desk.accountId, toMona);
    expect(await showBatches(desk.db, desk.accountId, toMona, { before: randomUUID() })).toEqual(newest);

    const elsewhere = await showBatches(desk.db, desk.chimeService.accounts.team, toMona, {
      before: newest.next ?? '',
    });
    expect(elsewhere).toMatchObject({ batches: [], next: null });
  }));

test('a preview of one’s own is in the list only when it is asked for', () =>
  withBatches(async (desk) => {
    const preview = await desk.prepare();
    const { db, accountId } = desk;

    expect(await showBatches(db, accountId, toMona)).toMatchObject({ batches: [], previews: 1 });
    expect(await showBatches(db, accountId, toOtto)).toMatchObject({ batches: [], previews: 0 });
    expect(await showBatches(db, accountId, toMona, { withPreviews: true })).toMatchObject({
      batches: [{ id: preview }],
    });
  }));

test('a batch that waits for approval is counted and listed for those who may approve it, and not for who asked', () =>
  withBatches(async (desk) => {
    const { db, accountId } = desk;
    const id = await desk.prepare();
    expect(await desk.submit(id)).toBe('waiting');
    const waitingFor = async (viewer: Viewer) => [
      (await showBatches(db, accountId, viewer)).waiting.map((batch) => batch.id),
      (await showAttention(db, accountId, viewer)).approvals,
    ];

    expect(await waitingFor(toOtto)).toEqual([[id], 1]);
    expect(await waitingFor(toMona)).toEqual([[], 0]);
    expect(await waitingFor({ ...toOtto, mayApprove: false })).toEqual([[], 0]);
    await desk.approve(id, otto);
    expect(await waitingFor(toOtto)).toEqual([[], 0]);
  }, crowd(1_001)));
