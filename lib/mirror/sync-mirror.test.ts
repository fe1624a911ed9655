import { expect, test } from 'vitest';
import { ana, ben, type Desk, syncEverything, withDesk } from '../../testing/desk.ts';
import { freshnessOf, listAccounts, wantSync } from '../accounts/store.ts';
import { connectChime } from '../chime/chime.ts';
import { firstPage } from '../search/filter.ts';
import { pageOfUsers } from '../search/show-users.ts';
import { syncAccounts, syncDueAccount } from './sync-mirror.ts';

const namesIn = async (desk: Desk, search = '') =>
  (await pageOfUsers(desk.db, desk.accountId, { ...firstPage, search })).users.map(({ name }) => name);

test('everybody whom Chime lists is in the mirror, page after page', () =>
  withDesk(
    async (desk) => {
      const { rows } = await pageCount(desk);
      expect(rows).toBe(450);
    },
    Array.from({ length: 450 }, (_, index) => ({
      UserId: `u${index}`,
      DisplayName: `Person ${index}`,
      PrimaryEmail: `p${index}@nordwind.example`,
      LicenseType: 'Basic' as const,
    })),
  ));

test('all accounts are found, or only those on the list', () =>
  withDesk(async (desk) => {
    expect((await listAccounts(desk.db, 'all')).map(({ id }) => id).sort()).toEqual(
      Object.values(desk.chimeService.accounts).sort(),
    );
    await desk.db.deleteFrom('accounts').execute();
    const chime = connectChime({ ...desk.chimeService, onlyAccounts: [desk.accountId] });
    await syncAccounts({ db: desk.db, chime });
    chime.disconnect();
    expect((await listAccounts(desk.db, 'all')).map(({ id }) => id)).toEqual([desk.accountId]);
  }));

test('what changed outside is seen at the next sync, and who is gone is gone', () =>
  withDesk(async (desk) => {
    await desk.control.changeOutside(desk.accountId, 'ana', { DisplayName: 'Ana Oliveira' });
    await desk.control.removeUser(desk.accountId, 'ben');
    await wantSync(desk.db, desk.accountId);

    await syncEverything(desk.deps);

    expect(await namesIn(desk)).toEqual(['Ana Oliveira']);
    expect((await freshnessOf(desk.db, desk.accountId)).syncing).toBeNull();
  }));

test('a listing that breaks off removes nobody, keeps the last good time, and says why', () =>
  withDesk(async (desk) => {
    const before = await freshnessOf(desk.db, desk.accountId);
    await desk.control.removeUser(desk.accountId, 'ben');
    await desk.control.failNext('ListUsers', 'ServiceUnavailableException', { accountId: desk.accountId, count: 3 });
    await wantSync(desk.db, desk.accountId);

    expect(await syncDueAccount(desk.deps)).toEqual({ accountId: desk.accountId, failure: 'unavailable' });

    expect(await namesIn(desk)).toEqual(['Ana Silva', 'Ben Okafor']);
    expect(await freshnessOf(desk.db, desk.accountId)).toMatchObject({
      asOf: before.asOf,
      failure: { code: 'unavailable' },
    });
  }));

test('nobody can be called so that the others of their account are not listed', () => {
  const random = Array.from({ length: 10_000 }, (_, at) => String.fromCodePoint(0x4e00 + ((at * 7_919) % 20_000))).join(
    '',
  );
  const people = [random, `=${random}`, 'Ana\0Silva', 'half \ud800', '\u202eavliS anA', "'; drop table users; --"].map(
    (DisplayName, at) => ({ ...ana, UserId: `hostile-${at}`, DisplayName, PrimaryEmail: `${at}@${random}.example` }),
  );
  return withDesk(
    async (desk) => {
      const { users } = await pageOfUsers(desk.db, desk.accountId, firstPage);

      expect(users.map(({ id }) => id).sort()).toEqual([...people.map(({ UserId }) => UserId), ben.UserId].sort());
      expect(users.find(({ id }) => id === 'hostile-0')?.name).toBe(random);
      expect(users.find(({ id }) => id === 'hostile-4')?.name).toBe('avliS anA');
    },
    [...people, ben],
  );
});

test('two workers do not list the same account at once', () =>
  withDesk(async (desk) => {
    await wantSync(desk.db, desk.accountId);

    const both = await Promise.all([syncDueAccount(desk.deps), syncDueAccount(desk.deps)]);

    expect(both.filter((done) => done?.accountId === desk.accountId)).toHaveLength(1);
  }));

test('a listing whose worker was killed is begun anew when it has been silent for long', () =>
  withDesk(async (desk) => {
    await desk.db
      .updateTable('accounts')
      .set({
        sync_wanted: true,
        sync_started_at: new Date(Date.now() - 40_000),
        listing_started_at: new Date(Date.now() - 40_000),
        sync_touched_at: new Date(Date.now() - 31_000),
      })
      .where('id', '=', desk.accountId)
      .execute();

    expect(await syncDueAccount(desk.deps)).toEqual({ accountId: desk.accountId });
  }));

test('while Chime is down at the start, the refusal is told and the next try works', () =>
  withDesk(async (desk) => {
    const unreachable = connectChime({ ...desk.chimeService, endpoint: 'http://127.0.0.1:9' });
    await expect(syncAccounts({ db: desk.db, chime: unreachable })).rejects.toMatchObject({
      code: 'unavailable',
    });

    await syncAccounts(desk.deps);

    expect(await listAccounts(desk.db, 'all')).toHaveLength(3);
  }));

async function pageCount(desk: Desk): Promise<{ rows: number | null }> {
  const page = await pageOfUsers(desk.db, desk.accountId, firstPage);
  return { rows: page.everyone };
}
