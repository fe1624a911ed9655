import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { rounds } from '../../testing/campaign.ts';
import { startChime } from '../../testing/chime.ts';
import { breakOfChain, clickedPeople, inAudit, inJournal, keepClicking, settleAll } from '../../testing/clicking.ts';
import { syncEverything, until } from '../../testing/desk.ts';
import { startTwoServers } from '../../testing/two-servers.ts';
import { connectChime } from '../chime/chime.ts';
import type { Deps } from '../chime/deps.ts';
import { log } from '../log/log.ts';
import { syncAccounts } from '../mirror/sync-mirror.ts';
import { addressesOf } from './addresses.ts';
import { primaryOf } from './connections.ts';
import { openAppDatabase, openDatabase } from './database.ts';

log.level = 'silent'; // what fails while there is no primary is expected

async function failOver(): Promise<{ promotedMs: number; firstWriteMs: number }> {
  const two = await startTwoServers();
  const chime = await startChime({ people: clickedPeople });
  const deps: Deps = { db: openAppDatabase(two.url()), chime: connectChime(chime) };
  try {
    await syncAccounts(deps);
    await syncEverything(deps);
    const clicking = keepClicking(deps, chime);
    await until(async () => clicking.saved.length >= 40);

    const begun = performance.now();
    await two.killPrimary();
    await two.promote();
    const promotedMs = performance.now() - begun;
    const before = clicking.saved.length;
    await until(async () => clicking.saved.length > before);
    const firstWriteMs = performance.now() - begun;
    await until(async () => clicking.saved.length > before + 40);

    await two.startOldPrimary();
    const [oldAddress = '', newAddress] = addressesOf(two.url('later'));
    expect(await primaryOf(two.url('later'))).toBe(newAddress);
    const old = openDatabase(oldAddress, 1);
    const countOld = () => sql`select count(*) from changes`.execute(old);
    const atReturn = await countOld();
    const returned = clicking.saved.length;
    await until(async () => clicking.saved.length > returned + 40);
    expect((await countOld()).rows).toEqual(atReturn.rows);
    await old.destroy();

    await clicking.stop();
    await settleAll(deps);
    const { rows } = await sql<{ id: string }>`select id from changes where state = 'applied'`.execute(deps.db);
    const applied = new Set(rows.map(({ id }) => id));
    expect(clicking.saved.filter((id) => !applied.has(id))).toEqual([]);
    expect(await inAudit(deps)).toEqual(await inJournal(chime));
    expect(await breakOfChain(deps)).toBeNull();
    return { promotedMs, firstWriteMs };
  } finally {
    deps.chime.disconnect();
    await deps.db.destroy();
    await chime.stop();
    await two.stop();
  }
}

test('when the primary dies under clicking operators and the standby is promoted, work continues there and nothing that was saved is lost', async () => {
  for (let round = 0; round < rounds(1, 20); round += 1) {
    const { promotedMs, firstWriteMs } = await failOver();
    if (process.env.CAMPAIGN) {
      console.info(
        `After the primary died: promoted ${promotedMs.toFixed()} ms, first change saved ${firstWriteMs.toFixed()} ms`,
      );
    }
  }
});
