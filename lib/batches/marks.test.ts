import { describe, expect, test } from 'vitest';
import { type BatchDesk, crowd, otto, withBatches } from '../../testing/batches.ts';
import { until } from '../../testing/desk.ts';
import { openFeed } from '../live/feed.ts';
import { followAccount } from '../live/follow-account.ts';
import { firstPage } from '../search/filter.ts';
import { pageOfUsers } from '../search/show-users.ts';
import { takeChunk } from './run/chunks-store.ts';
import { findBatch } from './store.ts';

const people = (...userIds: string[]) => ({ kind: 'people' as const, userIds });

/** Which people the list marks, and how. */
async function marks({ db, accountId }: BatchDesk): Promise<Record<string, string>> {
  const { users } = await pageOfUsers(db, accountId, firstPage);
  return Object.fromEntries(users.flatMap(({ id, batch }) => (batch ? [[id, `${batch.state} ${batch.id}`]] : [])));
}

async function takeFrom({ db, accountId }: BatchDesk, id: string) {
  const batch = await findBatch(db, accountId, id);
  if (!batch) throw new Error('There is no such batch.');
  return takeChunk(db, batch);
}

describe.concurrent('the list of people', () => {
  test('says who waits for a batch, from its submission to its end', () =>
    withBatches(async (desk) => {
      const id = await desk.prepare(people('p0001', 'p0002'));
      expect(await marks(desk)).toEqual({});

      await desk.submit(id);
      const queued = { p0001: `queued ${id}`, p0002: `queued ${id}` };
      expect(await marks(desk)).toEqual(queued);
      await desk.steer(id, 'pause');
      expect(await marks(desk)).toEqual(queued);
      await desk.steer(id, 'resume');

      await desk.workUntil(id, 'done');
      expect(await marks(desk)).toEqual({});
    }, crowd(4)));

  test('says who is being sent, also where the batch has been stopped meanwhile, and nothing of those left', () =>
    withBatches(async (desk) => {
      const id = await desk.prepare();
      await desk.submit(id);
      await desk.begin();
      await takeFrom(desk, id);

      const during = Object.values(await marks(desk));
      expect(during.filter((mark) => mark === `saving ${id}`)).toHaveLength(20);
      expect(during.filter((mark) => mark === `queued ${id}`)).toHaveLength(5);

      await desk.steer(id, 'stop');
      expect(Object.values(await marks(desk))).toEqual(Array.from({ length: 20 }, () => `saving ${id}`));
    }, crowd(25)));

  test('names of two batches the one that is at it', () =>
    withBatches(async (desk) => {
      const [first, second] = [await desk.prepare(people('p0001')), await desk.prepare(people('p0001'), 'Pro', otto)];
      await desk.submit(first);
      await desk.submit(second, null, otto);
      expect(await marks(desk)).toEqual({ p0001: `queued ${first}` });

      await desk.begin();
      await takeFrom(desk, second);

      expect(await marks(desk)).toEqual({ p0001: `saving ${second}` });
    }, crowd(2)));

  test('keeps quiet about a batch that has been discarded', () =>
    withBatches(async (desk) => {
      const id = await desk.prepare(people('p0001'));
      await desk.submit(id, new Date(Date.now() + 3_600_000));
      expect(await marks(desk)).toEqual({});
      await desk.steer(id, 'discard');
      expect(await marks(desk)).toEqual({});
    }, crowd(2)));
});

test('whoever looks at people is told when a batch is submitted, paused, resumed, stopped and discarded', () =>
  withBatches(async (desk) => {
    const feed = openFeed(desk.databaseUrl, desk.db);
    const told: unknown[] = [];
    const leave = await followAccount({ db: desk.db, feed }, desk.accountId, undefined, ({ name, value }) => {
      if (name === 'changed') told.push(value);
    });
    const [one, other] = [await desk.prepare(people('p0001')), await desk.prepare(people('p0002'))];
    const hears = (count: number) => until(async () => told.length === count || undefined);

    await desk.submit(one);
    await hears(1);
    await desk.steer(one, 'pause');
    await hears(2);
    await desk.steer(one, 'pause'); // nothing new
    await desk.steer(one, 'resume');
    await hears(3);
    await desk.steer(one, 'stop');
    await hears(4);
    await desk.steer(other, 'discard');
    await hears(5);

    expect(told).toEqual(Array.from({ length: 5 }, () => ({ userIds: null })));
    leave();
    await feed.stop();
  }, crowd(3)));
