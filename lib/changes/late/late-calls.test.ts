import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import {
  anaTo,
  type Desk,
  dana,
  expectAuditToMatchJournal,
  mona,
  syncEverything,
  until,
  withDesk,
} from '../../../testing/desk.ts';
import { wantSync } from '../../accounts/store.ts';
import { firstPage } from '../../search/filter.ts';
import { showUsers } from '../../search/show-users.ts';
import { keepPlan } from '../keep-plan.ts';
import { outcomesOf } from '../outcomes-store.ts';
import { recordLateCalls } from './store.ts';
import { watchLateCalls } from './watch-late-calls.ts';

const rowOfAna = async (desk: Desk) =>
  (await showUsers(desk.deps, desk.accountId, firstPage)).users.find(({ id }) => id === 'ana');

const watched = async ({ db }: Desk) => (await db.selectFrom('late_calls').select('user_id').execute()).length;

/** As if the seconds between two looks had passed. */
const letTimePass = ({ db }: Desk, seconds = 3) =>
  sql`update late_calls set next_look_at = next_look_at - ${seconds} * interval '1 second',
    sent_at = sent_at - ${seconds} * interval '1 second'`.execute(db);

/** Dana gives Ana Pro, and takes it back; the first try of the first change got no answer, and may still arrive. */
async function undoneWithLateCall(desk: Desk): Promise<string> {
  const [changed] = await desk.change([anaTo('Pro')]);
  const undoes = changed?.changeId ?? '';
  await recordLateCalls(desk.db, [undoes]);
  await desk.change([{ ...anaTo('Basic', 'Pro'), undoes }]);
  await sql`update changes set confirmed_at = clock_timestamp() where state = 'applied'`.execute(desk.db);
  return undoes;
}

describe.concurrent('a try that nobody waited for any more', () => {
  test('is looked for, and named as ours when it arrives after an undo', { timeout: 90_000 }, () =>
    withDesk(async (desk) => {
      await desk.control.delay('UpdateUser', 20_000);
      const [changed] = await desk.change([anaTo('Pro')]);
      expect(changed).toMatchObject({ state: 'applied' });
      await desk.change([{ ...anaTo('Basic', 'Pro'), undoes: changed?.changeId ?? '' }]);
      expect(await watched(desk)).toBe(1);

      await until(async () => {
        await watchLateCalls(desk.deps);
        return (await rowOfAna(desk))?.late ?? undefined;
      });

      expect(await rowOfAna(desk)).toMatchObject({
        license: 'Pro',
        late: { by: 'Dana Reyes', from: 'Basic', to: 'Pro' },
        lastChange: { by: 'Dana Reyes', byId: 'dana' },
      });
      expect((await desk.audit()).map(({ action, operator, from, to }) => [action, operator?.name, from, to])).toEqual([
        ['change', 'Dana Reyes', 'Basic', 'Pro'],
        ['undo', 'Dana Reyes', 'Pro', 'Basic'],
        ['late', 'Dana Reyes', 'Basic', 'Pro'],
      ]);
      await expectAuditToMatchJournal(desk);
    }),
  );

  test('is named as ours by a listing too, when it arrived while no worker was there', () =>
    withDesk(async (desk) => {
      await undoneWithLateCall(desk);
      await desk.chime.updateLicense(desk.accountId, 'ana', 'Pro');
      await letTimePass(desk, 3_600);

      await wantSync(desk.db, desk.accountId);
      await syncEverything(desk.deps);

      expect((await rowOfAna(desk))?.late).toEqual({ by: 'Dana Reyes', from: 'Basic', to: 'Pro' });
    }));

  test('is told from an undo that Chime does not show yet, which it looks like at first', () =>
    withDesk(async (desk) => {
      await undoneWithLateCall(desk);
      await sql`update changes set confirmed_at = null where undoes is not null`.execute(desk.db);
      await desk.chime.updateLicense(desk.accountId, 'ana', 'Pro');
      await watchLateCalls(desk.deps);
      expect(await rowOfAna(desk)).toMatchObject({ license: 'Basic', late: null });

      await sql`update changes set settled_at = settled_at - interval '20 seconds'`.execute(desk.db);
      await letTimePass(desk);
      await watchLateCalls(desk.deps);

      expect(await rowOfAna(desk)).toMatchObject({ license: 'Pro', late: { by: 'Dana Reyes' } });
      const unconfirmed = await desk.db.selectFrom('changes').select('id').where('confirmed_at', 'is', null).execute();
      expect(unconfirmed).toEqual([]);
    }));

  test('is looked for again every few seconds, and for a minute', () =>
    withDesk(async (desk) => {
      await undoneWithLateCall(desk);
      expect([await watchLateCalls(desk.deps), await watchLateCalls(desk.deps)]).toEqual([1, 0]);
      await letTimePass(desk);
      expect(await watchLateCalls(desk.deps)).toBe(1);
      expect(await watched(desk)).toBe(1);

      await letTimePass(desk, 60);
      await watchLateCalls(desk.deps);
      expect(await watched(desk)).toBe(0);
    }));

  test('costs no call while it would change nothing', () =>
    withDesk(async (desk) => {
      const [changed] = await desk.change([anaTo('Pro')]);
      const changeId = changed?.changeId ?? '';
      await until(async () => {
        const [now] = await outcomesOf(desk.db, desk.accountId, [changeId]);
        return now?.state === 'applied' && now.confirmation === 'confirmed'; // it is read back by itself, which is a call
      });
      await recordLateCalls(desk.db, [changeId]);

      expect(await watchLateCalls(desk.deps)).toBe(0);

      await letTimePass(desk, 61);
      const before = (await desk.control.calls()).length;
      await watchLateCalls(desk.deps);
      expect(await watched(desk)).toBe(0);
      expect(await desk.control.calls()).toHaveLength(before);
    }));

  test('is looked for until Chime answers, also after the minute', () =>
    withDesk(async (desk) => {
      await undoneWithLateCall(desk);
      await letTimePass(desk, 61);
      await desk.control.failNext('GetUser', 'ServiceUnavailableException');
      await watchLateCalls(desk.deps);
      expect(await watched(desk)).toBe(1);
    }));

  test('does not explain another plan that somebody sets outside', () =>
    withDesk(async (desk) => {
      await undoneWithLateCall(desk);
      await desk.control.changeOutside(desk.accountId, 'ana', { LicenseType: 'Plus' });

      await watchLateCalls(desk.deps);

      expect((await desk.audit()).at(-1)).toMatchObject({ action: 'outside', from: 'Basic', to: 'Plus' });
      expect((await rowOfAna(desk))?.late).toBeNull();
    }));

  test('is said until somebody changes the plan', () =>
    withDesk(async (desk) => {
      await undoneWithLateCall(desk);
      await desk.chime.updateLicense(desk.accountId, 'ana', 'Pro');
      await watchLateCalls(desk.deps);

      await desk.change([anaTo('Basic', 'Pro')]);

      expect(await rowOfAna(desk)).toMatchObject({ license: 'Basic', late: null });
    }));

  test('is said until somebody keeps the plan, which the audit tells', () =>
    withDesk(async (desk) => {
      await undoneWithLateCall(desk);
      await desk.chime.updateLicense(desk.accountId, 'ana', 'Pro');
      await watchLateCalls(desk.deps);
      const whose = { accountId: desk.accountId, userId: 'ana' };
      const by = { ...mona, requestId: randomUUID() };
      await expect(keepPlan(desk, { ...whose, license: 'Basic' }, by)).rejects.toMatchObject({ code: 'conflict' });

      await keepPlan(desk, { ...whose, license: 'Pro' }, by);
      await keepPlan(desk, { ...whose, license: 'Pro' }, by);

      expect((await rowOfAna(desk))?.late).toBeNull();
      const kept = (await desk.audit()).filter(({ action }) => action === 'keep');
      expect(kept).toMatchObject([{ operator: { name: 'Mona Brandt' }, to: 'Pro' }]);
    }));
});

test('a change that is on its way stands in the list of everybody, with who asked for it', () =>
  withDesk(async (desk) => {
    await desk.control.delay('UpdateUser', 4_000);
    await desk.choose([anaTo('Pro')], dana);

    expect((await rowOfAna(desk))?.open).toEqual({ to: 'Pro', by: 'Dana Reyes', byId: 'dana', state: 'pending' });

    await until(async () => (await rowOfAna(desk))?.open === null);
  }));
