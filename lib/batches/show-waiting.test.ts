import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { type Admin, type BatchDesk, mona, otto, withBatches } from '../../testing/batches.ts';
import { showWaiting } from './show-waiting.ts';

/** A batch in an account that waits for a second admin, as its submission leaves it. */
async function giveWaiting({ db }: BatchDesk, accountId: string, by: Admin): Promise<string> {
  const id = randomUUID();
  await db
    .insertInto('batches')
    .values({
      id,
      account_id: accountId,
      request_id: by.requestId,
      operator_id: by.operatorId,
      operator_name: by.operatorName,
      operator_role: by.operatorRole,
      source: JSON.stringify({ kind: 'everybody' }),
      to_license: 'Pro',
      state: 'waiting',
      submitted_at: new Date(),
      total: 1_001,
    })
    .execute();
  return id;
}

test('batches that wait for approval are told in every account of an admin, and in no other', () =>
  withBatches(async (desk) => {
    const { db } = desk;
    const { enterprise, team, directory } = desk.chimeService.accounts;
    await giveWaiting(desk, enterprise, mona);
    const inTeam = await giveWaiting(desk, team, mona);
    const alsoInTeam = await giveWaiting(desk, team, mona);
    await giveWaiting(desk, directory, mona);
    const { name: teamName } = await db
      .selectFrom('accounts')
      .select('name')
      .where('id', '=', team)
      .executeTakeFirstOrThrow();
    const toOtto = { id: otto.operatorId, accounts: [enterprise, team], mayApprove: true };
    const waitingFor = async (viewer: typeof toOtto) =>
      (await showWaiting(db, viewer)).map(({ accountId, batches }) => [accountId, batches]);

    expect((await waitingFor(toOtto)).toSorted()).toEqual(
      [
        [enterprise, 1],
        [team, 2],
      ].toSorted(),
    );
    expect(await showWaiting(db, { ...toOtto, accounts: [team] })).toEqual([
      { accountId: team, accountName: teamName, batches: 2, only: null },
    ]);
    expect(await waitingFor({ ...toOtto, accounts: [] })).toEqual([]);

    await db.updateTable('batches').set({ state: 'scheduled' }).where('id', '=', inTeam).execute();
    expect(await showWaiting(db, { ...toOtto, accounts: [team] })).toMatchObject([{ batches: 1, only: alsoInTeam }]);
  }));

test('nothing waits for who asked, nor for who may not approve', () =>
  withBatches(async (desk) => {
    const { team } = desk.chimeService.accounts;
    await giveWaiting(desk, team, mona);

    expect(await showWaiting(desk.db, { id: mona.operatorId, accounts: 'all', mayApprove: true })).toEqual([]);
    expect(await showWaiting(desk.db, { id: otto.operatorId, accounts: 'all', mayApprove: false })).toEqual([]);
    expect(await showWaiting(desk.db, { id: otto.operatorId, accounts: 'all', mayApprove: true })).toHaveLength(1);
  }));
