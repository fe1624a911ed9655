import { expect, test } from 'vitest';
import { crowd } from '../testing/batches.ts';
import { until, withDesk } from '../testing/desk.ts';
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
