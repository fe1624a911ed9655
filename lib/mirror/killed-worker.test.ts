import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { rounds } from '../../testing/campaign.ts';
import type { Person } from '../../testing/chime.ts';
import { type Desk, syncEverything, until, withDesk } from '../../testing/desk.ts';
import { startWorker } from '../../testing/worker.ts';
import { wantSync } from '../accounts/store.ts';

const people: Person[] = Array.from({ length: 1_000 }, (_, index) => ({
  UserId: `u${index}`,
  DisplayName: `Person ${index}`,
  LicenseType: 'Basic',
}));

test('a worker killed at any moment of a sync removes nobody, and the next one completes it', () =>
  withDesk(async (desk) => {
    for (let round = 0; round < rounds(4, 200); round += 1) {
      const renamed = people[(round * 37) % people.length]?.UserId ?? '';
      await desk.control.changeOutside(desk.accountId, renamed, { DisplayName: `Round ${round}` });
      await wantSync(desk.db, desk.accountId);

      await killedWhileSyncing(desk, Math.random() * 250);

      expect(await countPeople(desk)).toBe(people.length);
      await desk.db
        .updateTable('accounts')
        .set({ sync_touched_at: new Date(0) })
        .execute(); // as if 30 s had passed
      await syncEverything(desk.deps);
      const row = await desk.db.selectFrom('users').select('name').where('id', '=', renamed).executeTakeFirst();
      expect(row?.name).toBe(`Round ${round}`);
    }
  }, people));

/** Runs a worker of its own process until it is so far into the listing, then ends it with kill -9. */
async function killedWhileSyncing(desk: Desk, ms: number): Promise<void> {
  const { control, accountId } = desk;
  const seen = (await control.calls()).at(-1)?.seq ?? 0;
  const worker = await startWorker(desk);
  try {
    await until(async () =>
      (await control.calls(seen)).some((call) => call.operation === 'ListUsers' && call.accountId === accountId),
    );
    await pause(ms); // the moment of the kill is the point of the test
  } finally {
    await worker.kill();
  }
}

async function countPeople({ db, accountId }: Desk): Promise<number> {
  const rows = await db.selectFrom('users').select('id').where('account_id', '=', accountId).execute();
  return rows.length;
}
