import { describe, expect, test } from 'vitest';
import { type Admin, type BatchDesk, crowd, everybody, mona, otto, withBatches } from '../../testing/batches.ts';
import { wallOf } from '../wall-clock.ts';
import { moveStart } from './move-start.ts';

const limits = { admin: { people: 1_000, perDay: 5_000 } };
const zone = 'Europe/Berlin';
const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000);

const move = ({ deps, accountId }: BatchDesk, batchId: string, startAt: Date | null, by: Admin = mona) =>
  moveStart(deps, { accountId, batchId, startAt }, by, limits);

describe.concurrent('the start of a batch that has not begun', () => {
  test('can be moved by who submitted it, also to now, and by nobody else', () =>
    withBatches(async (desk) => {
      const id = await desk.prepare();
      await desk.submit(id, inHours(1));
      const later = inHours(48);
      await expect(move(desk, id, later, otto)).rejects.toMatchObject({ code: 'not-allowed' });
      expect(await move(desk, id, later)).toBe('scheduled');
      expect(await desk.show(id)).toMatchObject({ state: 'scheduled', startAt: later.toISOString() });

      expect(await move(desk, id, null)).toBe('starting');
      await desk.workUntil(id, 'done');
      await expect(move(desk, id, later)).rejects.toMatchObject({ code: 'invalid' });
      await desk.expectBooksToAgree(id);
    }));

  test('cannot be moved behind its end', () =>
    withBatches(async (desk) => {
      const until = { wall: wallOf(inHours(2).getTime(), zone), zone };
      const id = await desk.prepare(everybody, 'Pro', mona, until);
      await desk.submit(id, inHours(1));
      await expect(move(desk, id, inHours(3))).rejects.toMatchObject({
        message: 'The plans would end before they start.',
      });
      expect(await move(desk, id, inHours(1.5))).toBe('scheduled');
    }));

  test('that a second admin has approved needs their approval again, and one within the limits none', () =>
    withBatches(async (desk) => {
      const large = await desk.prepare();
      await desk.submit(large, inHours(1));
      await desk.approve(large, otto);
      expect(await move(desk, large, inHours(2))).toBe('waiting');
      expect(await desk.show(large)).toMatchObject({ state: 'waiting', approver: null });
      expect(await desk.approve(large, otto)).toBe('scheduled');
    }, crowd(1_001)));
});

test('a batch whose end has passed before it could run gives nobody a plan, and cannot be resumed', () =>
  withBatches(async (desk) => {
    const until = { wall: wallOf(inHours(2).getTime(), zone), zone };
    const [first, second] = [
      await desk.prepare({ kind: 'people', userIds: ['p0001'] }, 'Pro', mona, until),
      await desk.prepare({ kind: 'people', userIds: ['p0002'] }, 'Pro', mona, until),
    ];
    await desk.submit(first);
    await desk.submit(second);
    await desk.steer(second, 'pause');
    await desk.db.updateTable('batches').set({ end_at: new Date() }).execute();

    expect(await desk.workUntil(first, 'stopped')).toMatchObject({ cause: 'end', changed: 0 });
    await expect(desk.steer(second, 'resume')).rejects.toMatchObject({
      message: 'The plans would end before they start.',
    });
    expect(await desk.updates()).toEqual([]);
  }));
