import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { crowd, withBatches } from '../../../testing/batches.ts';
import { anaTo, type Desk, dana, syncEverything, until, withDesk } from '../../../testing/desk.ts';
import { wantSync } from '../../accounts/store.ts';
import { runEndings } from '../../changes/endings/run-endings.ts';
import { setEnding } from '../../changes/endings/set-ending.ts';
import { recordLateCalls } from '../../changes/late/store.ts';
import { watchLateCalls } from '../../changes/late/watch-late-calls.ts';
import { lookAtUser } from '../../mirror/look-at-user.ts';
import { wallOf } from '../../wall-clock.ts';

const movements = ({ db, accountId }: Desk) =>
  db.selectFrom('movements').selectAll().where('account_id', '=', accountId).orderBy('seq').execute();

async function listAgain({ deps, db, accountId }: Desk): Promise<string> {
  await wantSync(db, accountId);
  await syncEverything(deps);
  const account = await db.selectFrom('accounts').selectAll().where('id', '=', accountId).executeTakeFirstOrThrow();
  return account.listing_id ?? '';
}

test('people of the first listing are where counting begins, not people who joined', () =>
  withDesk(async (desk) => {
    expect(await movements(desk)).toEqual([]);
    expect(await desk.db.selectFrom('count_ledgers').select('account_id').execute()).toContainEqual({
      account_id: desk.accountId,
    });
  }));

test('a change by hand and its undo are steps of their operator, each with its own change', () =>
  withDesk(async (desk) => {
    const [changed] = await desk.change([anaTo('Pro')]);
    const [undone] = await desk.change([{ ...anaTo('Basic', 'Pro'), undoes: changed?.changeId ?? '' }]);

    expect(await movements(desk)).toMatchObject([
      { kind: 'moved', from_license: 'Basic', to_license: 'Pro', cause: changed?.changeId, by: 'dana', since: null },
      { kind: 'moved', from_license: 'Pro', to_license: 'Basic', cause: undone?.changeId, by: 'dana', since: null },
    ]);
  }));

test("a batch's changes are steps of who submitted it, with the batch", () =>
  withBatches(async (desk) => {
    const batch = await desk.run();
    const changes = await desk.db.selectFrom('changes').select('id').where('batch_id', '=', batch.id).execute();

    const steps = await movements(desk);
    expect(steps).toHaveLength(25);
    expect(new Set(steps.map(({ cause }) => cause))).toEqual(new Set(changes.map(({ id }) => id)));
    expect(new Set(steps.map(({ by, batch_id }) => `${by} ${batch_id}`))).toEqual(new Set([`mona ${batch.id}`]));
  }, crowd(25)));

test('the end of a temporary plan is a step of who planned it, with the end', () =>
  withDesk(async (desk) => {
    const zone = 'Europe/Berlin';
    await desk.change([anaTo('Pro')]);
    const until = { wall: wallOf(Date.now() + 86_400_000, zone), zone };
    await setEnding(
      desk.deps,
      { accountId: desk.accountId, userId: 'ana' },
      { license: 'Pro', to: 'Basic', until },
      { ...dana, requestId: randomUUID() },
    );
    await desk.db.updateTable('endings').set({ ends_at: new Date(), next_try_at: new Date() }).execute();
    await runEndings(desk.deps, new AbortController().signal);
    const ending = await desk.db.selectFrom('endings').select(['id', 'change_id']).executeTakeFirstOrThrow();

    expect((await movements(desk)).at(-1)).toMatchObject({ to_license: 'Basic', by: 'dana', ending_id: ending.id });
  }));

test('what a listing finds is outside Carillon, with the listing, and since when it was last known otherwise', () =>
  withDesk(async (desk) => {
    const { control, accountId, db } = desk;
    const before = await db
      .selectFrom('accounts')
      .select('complete_as_of')
      .where('id', '=', accountId)
      .executeTakeFirstOrThrow();
    await control.changeOutside(accountId, 'ana', { LicenseType: 'Pro' });
    await control.changeOutside(accountId, 'ben', { UserRegistrationStatus: 'Suspended' });
    const came = await control.addUser(accountId, { LicenseType: 'Plus' });
    const cause = await listAgain(desk);
    await control.removeUser(accountId, came.UserId);
    const gone = await listAgain(desk);

    const outside = { by: null, batch_id: null, ending_id: null };
    const steps = await movements(desk);
    expect(steps.slice(0, 3).sort((one, other) => (one.kind < other.kind ? -1 : 1))).toMatchObject([
      { ...outside, kind: 'joined', user_id: came.UserId, to_license: 'Plus', cause, since: before.complete_as_of },
      { ...outside, kind: 'moved', cause },
      { ...outside, kind: 'moved', cause },
    ]);
    expect(steps).toContainEqual(expect.objectContaining({ user_id: 'ana', from_license: 'Basic', to_license: 'Pro' }));
    expect(steps).toContainEqual(
      expect.objectContaining({ user_id: 'ben', from_license: 'Pro', to_license: 'Pro', to_status: 'suspended' }),
    );
    expect(steps.slice(3)).toMatchObject([
      { ...outside, kind: 'left', user_id: came.UserId, from_license: 'Plus', to_license: null, cause: gone },
    ]);
    for (const { since, at } of steps) expect(since?.getTime()).toBeLessThan(at.getTime());
  }));

test('what a look at one person finds is outside Carillon, with the entry of the audit', () =>
  withDesk(async (desk) => {
    const { control, accountId, deps } = desk;
    await control.changeOutside(accountId, 'ana', { LicenseType: 'Pro' });
    await lookAtUser(deps, { accountId, userId: 'ana', operatorId: 'dana' });

    const [entry] = await desk.audit();
    expect(await movements(desk)).toMatchObject([{ user_id: 'ana', cause: entry?.requestId, by: null }]);
  }));

test('a call of ours that arrives late is a step of its operator, with its change', () =>
  withDesk(async (desk) => {
    const [changed] = await desk.change([anaTo('Pro')]);
    const late = changed?.changeId ?? '';
    await recordLateCalls(desk.db, [late]);
    await desk.change([{ ...anaTo('Basic', 'Pro'), undoes: late }]);
    await sql`update changes set confirmed_at = clock_timestamp() where state = 'applied'`.execute(desk.db);
    await desk.chime.updateLicense(desk.accountId, 'ana', 'Pro');
    await until(async () => {
      await watchLateCalls(desk.deps);
      return (await movements(desk)).length === 3;
    });

    expect((await movements(desk)).at(-1)).toMatchObject({ to_license: 'Pro', cause: late, by: 'dana', since: null });
  }));

test('a step that gives no cause of its own has none, instead of the one before', () =>
  withDesk(async (desk) => {
    const { db } = desk;
    await desk.change([anaTo('Pro')]);
    await db.updateTable('users').set({ license: 'Basic' }).where('id', '=', 'ana').execute();

    expect((await movements(desk)).at(-1)).toMatchObject({ cause: null, by: null });
    await sql`delete from movements where cause is null`.execute(db);
  }));
