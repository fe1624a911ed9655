import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { wantSync } from '../accounts/store.ts';
import { withBatches } from '../testing/batches.ts';
import { anaTo, type Desk, dana, expectAuditToMatchJournal, syncEverything, until, withDesk } from '../testing/desk.ts';
import { wallOf } from '../wall-clock.ts';
import { runEndings } from './run-endings.ts';
import { removeEnding, setEnding } from './set-ending.ts';
import { endingsOf } from './store.ts';

const zone = 'Europe/Berlin';
const by = { ...dana, requestId: randomUUID() };
const tomorrow = () => ({ wall: wallOf(Date.now() + 86_400_000, zone), zone });
const never = new AbortController().signal;

const makeTemporary = (desk: Desk, userId = 'ana') =>
  setEnding(desk.deps, { accountId: desk.accountId, userId }, tomorrow(), by);
const endingOfAna = async (desk: Desk) => (await endingsOf(desk.db, desk.accountId, ['ana'])).get('ana');
/** As if the time had come. */
const letTimePass = ({ db }: Desk) =>
  db.updateTable('endings').set({ ends_at: new Date(), next_try_at: new Date() }).execute();

describe.concurrent('a plan for a time', () => {
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
        ['change', 'Dana Reyes', 'Basic'],
      ]);
      await expectAuditToMatchJournal(desk);
    }));

  test('is for good again when somebody changes the plan in between, also there and back', () =>
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

  test('is for good again when the plan was changed outside Carillon, seen by a sync', () =>
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
      await runEndings(desk.deps, never);

      expect(await desk.licenseOf('ana')).toBe('Plus');
      expect(await endingOfAna(desk)).toBeUndefined();
    }));

  test('can be given another end, or none', () =>
    withDesk(async (desk) => {
      await desk.change([anaTo('Pro')]);
      await makeTemporary(desk);
      const later = { wall: wallOf(Date.now() + 2 * 86_400_000, zone), zone };
      await setEnding(desk.deps, { accountId: desk.accountId, userId: 'ana' }, later, by);
      expect(wallOf(Date.parse((await endingOfAna(desk))?.at ?? ''), zone)).toBe(later.wall);

      await removeEnding(desk.deps, { accountId: desk.accountId, userId: 'ana' }, by);
      expect(await endingOfAna(desk)).toBeUndefined();
      expect((await desk.audit()).at(-1)).toMatchObject({ action: 'permanent', to: 'Pro' });
    }));

  test.each([
    ['a time that has passed', () => ({ wall: '2020-01-01T10:00', zone })],
    ['more than a year from now', () => ({ wall: wallOf(Date.now() + 400 * 86_400_000, zone), zone })],
    ['a time that no clock shows', () => ({ wall: `${new Date().getFullYear() + 1}-02-30T10:00`, zone })],
    ['a zone that is none', () => ({ ...tomorrow(), zone: 'Mars/Base' })],
  ])('is refused until %s', (_, until) =>
    withDesk(async (desk) => {
      await desk.change([anaTo('Pro')]);
      const whose = { accountId: desk.accountId, userId: 'ana' };
      await expect(setEnding(desk.deps, whose, until(), by)).rejects.toMatchObject({ code: 'invalid' });
    }),
  );

  test('needs a plan to go back to', () =>
    withDesk(async (desk) => {
      await expect(makeTemporary(desk)).rejects.toMatchObject({ code: 'invalid' });
      await expect(makeTemporary(desk, 'nobody')).rejects.toMatchObject({ code: 'unknown-user' });
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

  test('is given to everybody whom a batch changes, and ends for each who was not changed since', () =>
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
