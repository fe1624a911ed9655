import { describe, expect, test } from 'vitest';
import { anaTo, type Desk, syncEverything, until, withDesk } from '../../testing/desk.ts';
import { wantSync } from '../accounts/store.ts';
import { outcomesOf } from '../changes/outcomes-store.ts';
import { showHistory } from '../changes/show-history.ts';
import { takeTurn } from '../chime/turn.ts';
import { firstPage } from '../search/filter.ts';
import { pageOfUsers } from '../search/show-users.ts';
import { readUser } from './read-user.ts';

const sync = async (desk: Desk) => {
  await wantSync(desk.db, desk.accountId);
  await syncEverything(desk.deps);
};

const outside = async (desk: Desk) =>
  (await desk.audit())
    .filter(({ action }) => action === 'outside')
    .map(({ user, outside }) => [user?.name, outside] as const);

const rowOf = async (desk: Desk, id: string) =>
  (await pageOfUsers(desk.db, desk.accountId, firstPage)).users.find((user) => user.id === id);

describe('what somebody else changed', () => {
  test('stands in the history with the time between which it happened', () =>
    withDesk(async (desk) => {
      await sync(desk);
      await desk.control.changeOutside(desk.accountId, 'ana', { LicenseType: 'Pro' });
      await sync(desk);

      const { entries } = await showHistory(desk.db, desk.accountId, 'ana');

      expect(entries).toMatchObject([
        { action: 'outside', operator: null, from: 'Basic', to: 'Pro', outside: { fact: 'license' } },
      ]);
      const [entry] = entries;
      expect(Date.parse(entry?.outside?.since ?? '')).toBeLessThan(Date.parse(entry?.at ?? ''));
      expect(await rowOf(desk, 'ana')).toMatchObject({ license: 'Pro', lastChange: { by: null, byId: null } });
    }));

  test('is seen fact by fact, also who came and who went', () =>
    withDesk(async (desk) => {
      await desk.control.changeOutside(desk.accountId, 'ana', {
        DisplayName: 'Ana Oliveira',
        PrimaryEmail: 'oliveira@nordwind.example',
        UserRegistrationStatus: 'Suspended',
      });
      await desk.control.removeUser(desk.accountId, 'ben');
      await desk.control.addUser(desk.accountId, { UserId: 'cem', DisplayName: 'Cem Aydın', LicenseType: 'Basic' });

      await sync(desk);

      const since = expect.any(String);
      expect(new Map((await outside(desk)).map(([name, what]) => [`${name} ${what?.fact}`, what]))).toEqual(
        new Map([
          ['Ana Oliveira name', { fact: 'name', was: 'Ana Silva', became: 'Ana Oliveira', since }],
          [
            'Ana Oliveira email',
            { fact: 'email', was: 'ana@nordwind.example', became: 'oliveira@nordwind.example', since },
          ],
          ['Ana Oliveira status', { fact: 'status', was: 'unregistered', became: 'suspended', since }],
          ['Cem Aydın joined', { fact: 'joined', was: null, became: 'Basic', since }],
          ['Ben Okafor left', { fact: 'left', was: 'Pro', became: null, since }],
        ]),
      );
    }));

  test('is seen as well when the person is looked at before the next sync, and once only', () =>
    withDesk(async (desk) => {
      await desk.control.changeOutside(desk.accountId, 'ana', { LicenseType: 'Pro' });

      await readUser(desk.deps, desk.accountId, 'ana', await takeTurn(desk.deps, 'reading'));
      await sync(desk);

      expect(await outside(desk)).toMatchObject([['Ana Silva', { fact: 'license', was: 'Basic', became: 'Pro' }]]);
    }));

  test('is not made up at the first sync, when nobody was known before', () =>
    withDesk(async (desk) => {
      expect(await outside(desk)).toEqual([]);
    }));

  test('before a change of ours is sent is theirs, and the change is a conflict', () =>
    withDesk(async (desk) => {
      await desk.db
        .updateTable('users')
        .set({ read_at: new Date(Date.now() - 60_000) })
        .execute();
      await desk.control.changeOutside(desk.accountId, 'ana', { LicenseType: 'Pro' });

      const [outcome] = await desk.change([anaTo('Pro')]);

      expect(outcome).toMatchObject({ state: 'failed', failure: { code: 'conflict', current: 'Pro' } });
      expect(await outside(desk)).toMatchObject([['Ana Silva', { fact: 'license', was: 'Basic', became: 'Pro' }]]);
    }));
});

describe('a change of ours never comes back as one from outside', () => {
  test('when a page was read before it and is written after it', () =>
    withDesk(async (desk) => {
      await wantSync(desk.db, desk.accountId);
      await desk.control.delay('ListUsers', 500, { accountId: desk.accountId });
      const syncing = syncEverything(desk.deps);
      await desk.change([anaTo('Pro')]);
      await syncing;
      await sync(desk);

      expect(await outside(desk)).toEqual([]);
      expect(await rowOf(desk, 'ana')).toMatchObject({
        license: 'Pro',
        lastChange: { by: 'Dana Reyes', byId: 'dana' },
      });
    }));

  test('when a sync sees it before its own answer has come', () =>
    withDesk(async (desk) => {
      await desk.control.drop('UpdateUser', 'after');
      await desk.control.delay('GetUser', 1_500);
      const changing = desk.change([anaTo('Pro')]);
      await until(async () => (await desk.licenseOf('ana')) === 'Pro');
      await sync(desk);
      await changing;

      expect(await outside(desk)).toEqual([]);
      expect(await rowOf(desk, 'ana')).toMatchObject({
        license: 'Pro',
        lastChange: { by: 'Dana Reyes', byId: 'dana' },
      });
    }));

  test('while Chime still shows what was before', () =>
    withDesk(async (desk) => {
      await desk.control.answerNext('UpdateUser', { kind: 'stale', ms: 3_600_000 });
      const [outcome] = await desk.change([anaTo('Pro')]);

      await sync(desk);

      expect(outcome).toMatchObject({ state: 'applied' });
      expect(await outside(desk)).toEqual([]);
      expect((await rowOf(desk, 'ana'))?.license).toBe('Pro');
    }));

  test('but what somebody does afterwards is theirs', () =>
    withDesk(async (desk) => {
      const [outcome] = await desk.change([anaTo('Pro')]);
      const changeId = outcome && 'changeId' in outcome ? (outcome.changeId ?? '') : '';
      await until(async () => {
        const [now] = await outcomesOf(desk.db, desk.accountId, [changeId]);
        return now?.state === 'applied' && now.confirmation === 'confirmed';
      });
      await desk.control.changeOutside(desk.accountId, 'ana', { LicenseType: 'Basic' });

      await sync(desk);

      expect(await outside(desk)).toMatchObject([['Ana Silva', { fact: 'license', was: 'Pro', became: 'Basic' }]]);
    }));
});
