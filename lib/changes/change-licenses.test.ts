import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { crowd } from '../../testing/batches.ts';
import { type Desk, dana, mona, withDesk } from '../../testing/desk.ts';
import { everything } from '../audit/filter.ts';
import { pageOfEntries } from '../audit/store.ts';
import { changeLimitsFrom } from '../operators/change-limits.ts';
import type { Choice } from './change.ts';
import { changeLicenses, type Hand, requireAllowance } from './change-licenses.ts';
import { forgetOldHandChanges } from './hand-changes-store.ts';

const limits = { helpdesk: 5, admin: 8 };

const hand = (by: typeof dana): Hand => ({ ...by, operatorRole: 'helpdesk', requestId: randomUUID() });

const toPro = (number: number): Choice => ({
  userId: `p${String(number).padStart(4, '0')}`,
  from: 'Basic',
  to: 'Pro',
});

/** Changes people by hand and follows each until it is settled. */
async function change(desk: Desk, choices: Choice[], by = hand(dana)) {
  const outcomes = await changeLicenses(desk.deps, desk.accountId, choices, by, limits);
  return Promise.all(outcomes.map((outcome) => desk.settled(outcome)));
}

const codesOf = (outcomes: Awaited<ReturnType<typeof change>>) =>
  outcomes.map((outcome) => (outcome.state === 'failed' ? outcome.failure.code : outcome.state));

const anHourLater = (desk: Desk) => sql`update hand_changes set at = at - interval '61 minutes'`.execute(desk.db);

const withCrowd = (test: (desk: Desk) => Promise<void>) => withDesk(test, crowd(12));

describe.concurrent('changes by hand', () => {
  test('above the limit of an hour are refused, each with the limit and when the next one is free, and nothing is sent', () =>
    withCrowd(async (desk) => {
      const outcomes = await change(
        desk,
        Array.from({ length: 7 }, (_, index) => toPro(index)),
      );

      expect(codesOf(outcomes)).toEqual([...Array(5).fill('applied'), 'change-limit', 'change-limit']);
      expect(await desk.control.journal()).toHaveLength(5);
      const last = outcomes.at(-1);
      if (last?.state !== 'failed') throw new Error('It was not refused.');
      expect(last.failure).toMatchObject({ current: 'Basic', limit: { changes: 5, admins: 8 } });
      const { at } = await desk.db.selectFrom('hand_changes').select('at').executeTakeFirstOrThrow();
      expect(last.failure.limit?.freeAt).toBe(new Date(at.getTime() + 3_600_000).toISOString());
    }));

  test('above the limit are in the audit, with whom they were about', () =>
    withCrowd(async (desk) => {
      await change(
        desk,
        Array.from({ length: 6 }, (_, index) => toPro(index)),
      );
      const { entries } = await pageOfEntries(desk.db, everything, undefined);
      expect(entries.filter(({ failure }) => failure === 'change-limit')).toMatchObject([
        { outcome: 'failed', operator: { name: 'Dana Reyes' }, user: { id: 'p0005' } },
      ]);
    }));

  test('are counted together, however many requests of however many processes ask at once', () =>
    withCrowd(async (desk) => {
      const outcomes = await Promise.all(Array.from({ length: 12 }, (_, index) => change(desk, [toPro(index)])));
      expect(codesOf(outcomes.flat()).filter((code) => code === 'applied')).toHaveLength(5);
      expect(await desk.control.journal()).toHaveLength(5);
    }));

  test('are counted for each operator alone, and are free again after an hour', () =>
    withCrowd(async (desk) => {
      const five = Array.from({ length: 5 }, (_, index) => toPro(index));
      await change(desk, five);
      expect(codesOf(await change(desk, [toPro(5)], hand(mona)))).toEqual(['applied']);
      expect(codesOf(await change(desk, [toPro(6)]))).toEqual(['change-limit']);

      await anHourLater(desk);
      expect(codesOf(await change(desk, [toPro(6)]))).toEqual(['applied']);
      await forgetOldHandChanges(desk.db);
      const { rows } = await sql`select sum(people)::int as people from hand_changes`.execute(desk.db);
      expect(rows).toEqual([{ people: 1 }]);
    }));

  test('of one’s own are taken back at the limit too, once each and within the hour', () =>
    withCrowd(async (desk) => {
      const outcomes = await change(
        desk,
        Array.from({ length: 5 }, (_, index) => toPro(index)),
      );
      const undoOf = (index: number): Choice => {
        const made = outcomes[index];
        if (made?.state !== 'applied') throw new Error('It was not made.');
        return { ...toPro(index), from: 'Pro', to: 'Basic', undoes: made.changeId };
      };

      const [undone] = await change(desk, [undoOf(0)]);
      expect(undone).toMatchObject({ state: 'applied' });
      if (undone?.state !== 'applied') throw new Error('It was not taken back.');
      expect(codesOf(await change(desk, [{ ...toPro(0), undoes: undone.changeId }]))).toEqual(['change-limit']);
      expect(codesOf(await change(desk, [undoOf(1)], hand(mona)))).toEqual(['applied']);
      const { rows } = await sql`
        select people from hand_changes where operator_id = ${mona.operatorId}`.execute(desk.db);
      expect(rows).toEqual([{ people: 1 }]);

      await sql`update changes set requested_at = requested_at - interval '61 minutes'`.execute(desk.db);
      expect(codesOf(await change(desk, [undoOf(2)]))).toEqual(['change-limit']);
    }));

  test('have the end of a plan counted with them', () =>
    withCrowd(async (desk) => {
      await change(
        desk,
        Array.from({ length: 4 }, (_, index) => toPro(index)),
      );
      await requireAllowance(desk.db, hand(dana), limits);
      await expect(requireAllowance(desk.db, hand(dana), limits)).rejects.toMatchObject({ code: 'change-limit' });
    }));
});

test.each([
  ['helpdesk=200,admin=1000', { helpdesk: 200, admin: 1_000 }],
  [' admin=7 , helpdesk=3 ', { helpdesk: 3, admin: 7 }],
  ['helpdesk=200', undefined],
  ['helpdesk=0,admin=1', undefined],
  ['helpdesk=1,admin=1,viewer=1', undefined],
  ['helpdesk=1,helpdesk=2,admin=1', undefined],
  ['helpdesk=-1,admin=1', undefined],
  ['', undefined],
])('the setting “%s” is %j', (text, expected) => {
  expect(changeLimitsFrom(text)).toEqual(expected);
});
