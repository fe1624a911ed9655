import { expect, test } from 'vitest';
import { crowd, mona, withBatches } from '../../testing/batches.ts';
import { until, withDesk } from '../../testing/desk.ts';
import { reportOnBatch } from '../batches/show-batch.ts';
import { firstPage } from '../search/filter.ts';
import { showUsers } from '../search/show-users.ts';
import { takeTurn } from './turn.ts';

test('the pace is back after a throttle that met many quick changes', () =>
  withDesk(async (desk) => {
    const { db, deps, accountId, control } = desk;
    const limit = async () => (await db.selectFrom('chime_pace').select('per_second').executeTakeFirst())?.per_second;
    const call = async () => {
      const turn = await takeTurn(deps, 'reading');
      await turn.call(() => deps.chime.getAccount(accountId));
    };
    await until(async () => {
      await call();
      return (await limit()) === null;
    });

    await control.throttle(4);
    const choices = crowd(8).map(({ UserId }) => ({ userId: UserId ?? '', from: 'Basic', to: 'Pro' as const }));
    const outcomes = await desk.change(choices);
    expect(outcomes.map(({ state }) => state)).toEqual(choices.map(() => 'applied'));
    expect(await limit()).not.toBeNull();

    await control.throttle(null);
    await until(async () => {
      await call();
      return (await limit()) === null;
    });
  }, crowd(8)));

test('pages are told how slowly Carillon goes while Chime wants it so, and no longer when the pace is back', () =>
  withBatches(async (desk) => {
    const { deps, accountId, control } = desk;
    const viewer = { id: mona.operatorId, role: mona.operatorRole };
    const batchId = await desk.prepare();
    const told = async () => [
      (await showUsers(deps, accountId, firstPage)).slowedTo,
      (await reportOnBatch(deps, accountId, batchId, viewer, {}))?.slowedTo,
    ];
    const call = async () => {
      const turn = await takeTurn(deps, 'reading');
      await turn.call(() => deps.chime.getAccount(accountId)).catch(() => undefined); // refused, it has told the limit
    };
    expect(await told()).toEqual([null, null]);

    await control.throttle(2);
    const slow = await until(async () => {
      await call();
      const both = await told();
      return both.every((perSecond) => perSecond !== null) && both;
    });
    expect(slow).toEqual([expect.any(Number), slow[0]]);
    expect(slow[0]).toBeLessThan(5);

    await control.throttle(null);
    await until(async () => {
      await call();
      return (await told()).every((perSecond) => perSecond === null);
    });
  }));
