import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { withBatches } from '../../../testing/batches.ts';
import {
  anaTo,
  type Desk,
  dana,
  expectAuditToMatchJournal,
  syncEverything,
  until,
  withDesk,
} from '../../../testing/desk.ts';
import { wantSync } from '../../accounts/store.ts';
import { endingsOf, planEndings } from '../../endings/store.ts';
import { Refusal } from '../../failures.ts';
import { firstPage } from '../../search/filter.ts';
import { showUsers } from '../../search/show-users.ts';
import { endings } from '../../texts/endings.ts';
import { wallOf } from '../../wall-clock.ts';
import { keepPlan } from '../keep-plan.ts';
import { runEndings } from './run-endings.ts';
import { removeEnding, setEnding } from './set-ending.ts';

const zone = 'Europe/Berlin';
const by = { ...dana, requestId: randomUUID() };
const tomorrow = () => ({ wall: wallOf(Date.now() + 86_400_000, zone), zone });
const never = new AbortController().signal;

const proThenBasic = { license: 'Pro', to: 'Basic' } as const;

const makeTemporary = (desk: Desk, userId = 'ana') =>
  setEnding(desk.deps, { accountId: desk.accountId, userId }, { ...proThenBasic, until: tomorrow() }, by);
const endingOfAna = async (desk: Desk) => (await endingsOf(desk.db, desk.accountId, ['ana'])).get('ana');
/** What the operator is told where an end is refused. */
async function toldWhy(attempt: Promise<void>): Promise<string> {
  const error: unknown = await attempt.catch((reason: unknown) => reason);
  if (!(error instanceof Refusal)) throw new Error('It was not refused', { cause: error });
  return endings.refused({ code: error.code, ...error.facts });
}

/** As if the time had come. */
const letTimePass = ({ db }: Desk) =>
  db.updateTable('endings').set({ ends_at: new Date(), next_try_at: new Date() }).execute();

describe.concurrent('a temporary plan', () => {
  test('ends with the plan before it, in the name of who planned it', () =>
    withDesk(async (desk) => {
      await desk.change([anaTo('Pro')]);
      await makeTemporary(desk);
      expect(await endingOfAna(desk)).toMatchObject({ to: 'Basic', zone });
      await runEndings(desk.deps, never);
      expect(await desk.licenseOf('ana')).toBe('Pro');

      await letTimePass(desk);
      await runEndings(desk.deps, never);

      expect(await desk.licenseOf('ana')).toBe('Basic');
      expect(await endingOfAna(desk)).toBeUndefined();
      expect((await desk.audit()).map(({ action, operator, to }) => [action, operator?.name, to])).toEqual([
        ['change', 'Dana Reyes', 'Pro'],
        ['temporary', 'Dana Reyes', 'Basic'],
        ['ending', 'Dana Reyes', 'Basic'],
      ]);
      await expectAuditToMatchJournal(desk);
    }));

  test('is permanent again when someone changes the plan in between, also there and back', () =>
    withDesk(async (desk) => {
      await desk.change([anaTo('Pro')]);
      await makeTemporary(desk);
      await desk.change([anaTo('Basic', 'Pro')]);
      await desk.change([anaTo('Pro')]);
      expect(await endingOfAna(desk)).toBeUndefined();

      await letTimePass(desk);
      await runEndings(desk.deps, never);
      expect(await desk.licenseOf('ana')).toBe('Pro');
    }));

  test('is permanent again when the plan was changed outside Carillon, seen by a sync', () =>
    withDesk(async (desk) => {
      await desk.change([anaTo('Pro')]);
      await makeTemporary(desk);
      await desk.db.updateTable('changes').set({ confirmed_at: new Date() }).execute();
      await desk.control.changeOutside(desk.accountId, 'ana', { LicenseType: 'Plus' });
      await wantSync(desk.db, desk.accountId);
      await syncEverything(desk.deps);

      expect(await endingOfAna(desk)).toBeUndefined();
    }));

  test('changes nobody whose plan was changed outside at the last moment', () =>
    withDesk(async (desk) => {
      await desk.change([anaTo('Pro')]);
      await makeTemporary(desk);
      await desk.control.changeOutside(desk.accountId, 'ana', { LicenseType: 'Plus' });
      await desk.db
        .updateTable('users')
        .set({ read_at: new Date(0) })
        .execute();
      await letTimePass(desk);
      await until(async () => {
        await runEndings(desk.deps, never);
        return (await endingOfAna(desk)) === undefined;
      });

      expect(await desk.licenseOf('ana')).toBe('Plus');
    }));

  test('can be given another end, or none', () =>
    withDesk(async (desk) => {
      await desk.change([anaTo('Pro')]);
      await makeTemporary(desk);
      const later = { wall: wallOf(Date.now() + 2 * 86_400_000, zone), zone };
      const whose = { accountId: desk.accountId, userId: 'ana' };
      await setEnding(desk.deps, whose, { ...proThenBasic, until: later }, by);
      expect(wallOf(Date.parse((await endingOfAna(desk))?.at ?? ''), zone)).toBe(later.wall);

      await removeEnding(desk.deps, { accountId: desk.accountId, userId: 'ana' }, by);
      expect(await endingOfAna(desk)).toBeUndefined();
      expect((await desk.audit()).at(-1)).toMatchObject({ action: 'permanent', to: 'Pro' });
    }));

  test.each([
    ['a time that has passed', () => ({ wall: '2020-01-01T10:00', zone }), 'Choose a time in the future.'],
    [
      'more than a year from now',
      () => ({ wall: wallOf(Date.now() + 400 * 86_400_000, zone), zone }),
      'Choose a time within one year from now.',
    ],
    [
      'a time that does not exist',
      () => ({ wall: `${new Date().getFullYear() + 1}-02-30T10:00`, zone }),
      'That time doesn’t exist, for example because clocks go forward then. Choose another time.',
    ],
    [
      'an unknown time zone',
      () => ({ ...tomorrow(), zone: 'Mars/Base' }),
      'That time doesn’t exist, for example because clocks go forward then. Choose another time.',
    ],
  ])('is refused until %s, and the operator is told why', (_, until, told) =>
    withDesk(async (desk) => {
      await desk.change([anaTo('Pro')]);
      const whose = { accountId: desk.accountId, userId: 'ana' };
      expect(await toldWhy(setEnding(desk.deps, whose, { ...proThenBasic, until: until() }, by))).toBe(told);
    }),
  );

  test('needs a plan to go back to that the account gives, and the plan that the operator saw', () =>
    withDesk(async (desk) => {
      const whose = { accountId: desk.accountId, userId: 'ben' };
      const until = tomorrow();
      await expect(makeTemporary(desk)).rejects.toMatchObject({ code: 'conflict', facts: { current: 'Basic' } });
      await expect(makeTemporary(desk, 'nobody')).rejects.toMatchObject({ code: 'unknown-user' });
      expect(await toldWhy(setEnding(desk.deps, whose, { license: 'Pro', to: 'Plus', until }, by))).toBe(
        'Plus is no longer available here, so this person can’t go back to it. No end date was set.',
      );
      expect(await toldWhy(setEnding(desk.deps, whose, { license: 'Pro', to: 'Pro', until }, by))).toBe(
        'This person is on Pro now. Choose another plan for afterwards.',
      );
    }));

  test('can be a plan that the person already had, with any plan after it that the account gives', () =>
    withDesk(async (desk) => {
      await makeTemporary(desk, 'ben');
      await letTimePass(desk);
      await runEndings(desk.deps, never);

      expect(await desk.licenseOf('ben')).toBe('Basic');
    }));

  test('ends a little later when Chime is not there at its end', () =>
    withDesk(async (desk) => {
      await desk.change([anaTo('Pro')]);
      await makeTemporary(desk);
      await letTimePass(desk);
      await desk.db
        .updateTable('users')
        .set({ read_at: new Date(0) })
        .execute();
      await desk.control.failNext('GetUser', 'ForbiddenException');
      await desk.control.failNext('UpdateUser', 'UnauthorizedClientException');
      await desk.db.updateTable('users').set({ read_at: new Date() }).execute();
      await runEndings(desk.deps, never);
      expect(await endingOfAna(desk)).toBeDefined();
      expect(await desk.licenseOf('ana')).toBe('Pro');

      await desk.control.clear();
      await letTimePass(desk);
      await runEndings(desk.deps, never);
      expect(await desk.licenseOf('ana')).toBe('Basic');
    }));

  test('whose change takes long is followed to its end', () =>
    withDesk(async (desk) => {
      await desk.change([anaTo('Pro')]);
      await makeTemporary(desk);
      await letTimePass(desk);
      await desk.control.delay('UpdateUser', 2_000);
      await runEndings(desk.deps, never);
      expect(await endingOfAna(desk)).toBeDefined();

      await until(async () => {
        await runEndings(desk.deps, never);
        return (await endingOfAna(desk)) === undefined;
      });
      expect(await desk.licenseOf('ana')).toBe('Basic');
    }));

  test('that cannot be given back is told on the row until somebody deals with it, and not called a change by hand', () =>
    withDesk(async (desk) => {
      const row = async () =>
        (await showUsers(desk.deps, desk.accountId, firstPage)).users.find(({ id }) => id === 'ben');
      const failed = async () => (await showUsers(desk.deps, desk.accountId, firstPage)).failedEndings;
      const failOnce = async () => {
        const whose = { accountId: desk.accountId, userId: 'ben', license: 'Pro', backTo: 'Plus' };
        await planEndings(desk.db, [{ ...whose, ...dana, at: new Date(), zone }]);
        await runEndings(desk.deps, never);
      };
      const by = { ...dana, requestId: randomUUID() };

      await failOnce();
      expect((await row())?.ending).toMatchObject({ to: 'Plus', failure: 'unsupported-license' });
      expect(await failed()).toMatchObject({ count: 1, people: [{ id: 'ben', name: 'Ben Okafor' }] });
      expect((await desk.audit()).at(-1)).toMatchObject({
        action: 'ending',
        outcome: 'failed',
        from: 'Pro',
        to: 'Plus',
      });
      await keepPlan(desk, { accountId: desk.accountId, userId: 'ben', license: 'Pro' }, by);
      expect([(await row())?.ending, (await failed()).count]).toEqual([null, 0]);

      await failOnce();
      await makeTemporary(desk, 'ben');
      expect((await row())?.ending).toMatchObject({ to: 'Basic', failure: null });
      expect((await failed()).count).toBe(0);

      await removeEnding(desk.deps, { accountId: desk.accountId, userId: 'ben' }, by);
      await failOnce();
      await desk.change([{ userId: 'ben', from: 'Pro', to: 'Basic' }]);
      expect([(await row())?.ending, (await failed()).count]).toEqual([null, 0]);
    }));

  test('is given to everyone a batch changes, and ends for each whose plan was not changed in the meantime', () =>
    withBatches(async (desk) => {
      const id = await desk.prepare(undefined, undefined, undefined, tomorrow());
      expect(await desk.show(id)).toMatchObject({ end: { zone } });
      await desk.submit(id);
      await desk.workUntil(id, 'done');
      await desk.change([{ userId: 'p0001', from: 'Pro', to: 'Basic' }]);
      await desk.change([{ userId: 'p0001', from: 'Basic', to: 'Pro' }]);

      await letTimePass(desk);
      await runEndings(desk.deps, never);
      expect(await desk.licenseOf('p0001')).toBe('Pro');
      expect((await desk.licenses()).filter((license) => license === 'Pro')).toHaveLength(1);
    }));
});
