import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { rounds } from '../../testing/campaign.ts';
import { type Person, startChime, type TestChime } from '../../testing/chime.ts';
import { dana, syncEverything, until } from '../../testing/desk.ts';
import { startTwoServers } from '../../testing/two-servers.ts';
import { everything } from '../audit/filter.ts';
import { auditKeys } from '../audit/keys.ts';
import { verifyExport } from '../audit/verify-export.ts';
import { applyChanges } from '../changes/apply-changes.ts';
import { resolveChanges } from '../changes/resolve-changes.ts';
import { connectChime } from '../chime/chime.ts';
import type { Deps } from '../chime/deps.ts';
import { syncAccounts } from '../directory/sync-directory.ts';
import { exportEntries } from '../exports/export-entries.ts';
import { isLicense } from '../licenses/license.ts';
import { log } from '../log/log.ts';
import { addressesOf } from './addresses.ts';
import { primaryOf } from './connections.ts';
import { openAppDatabase, openDatabase } from './database.ts';

log.level = 'silent'; // what fails while there is no primary is expected

const callers = 8;
const peopleOfEach = 4;
const nameOf = (caller: number, one: number) => `p${caller}-${one}`;
const people: Person[] = Array.from({ length: callers * peopleOfEach }, (_, at) => ({
  UserId: nameOf(Math.floor(at / peopleOfEach), at % peopleOfEach),
  DisplayName: `Person ${at}`,
  PrimaryEmail: `person${at}@nordwind.example`,
  LicenseType: 'Basic',
}));

/** Changes plans without a pause until told to stop; the answer is which changes were said to be saved. */
function keepClicking(deps: Deps, chime: TestChime) {
  const saved: string[] = [];
  let isOver = false;
  const planOf = (userId: string) => chime.everyone().find((user) => user.UserId === userId)?.LicenseType;

  async function click(caller: number) {
    for (let turn = 0; !isOver; turn += 1) {
      const userId = nameOf(caller, turn % peopleOfEach);
      const from = planOf(userId) ?? null;
      const to = from === 'Basic' ? 'Pro' : 'Basic';
      if (!isLicense(to)) continue;
      const by = { ...dana, requestId: randomUUID() };
      const [outcome] = await applyChanges(deps, chime.accounts.enterprise, [{ userId, from, to }], by).catch(() => []);
      if (outcome?.state === 'applied') saved.push(outcome.changeId);
      else await sleep(20);
    }
  }

  const all = Promise.all(Array.from({ length: callers }, (_, caller) => click(caller)));
  return {
    saved,
    async stop() {
      isOver = true;
      await all;
    },
  };
}

/** Settles what the failover left open, as workers do later, when its lease runs out and no call can still be on its way. */
async function settleAll(deps: Deps) {
  await until(async () => {
    const { rows } = await sql`
      update changes set lease_until = clock_timestamp(), sent_at = sent_at - interval '5 minutes'
      where state in ('pending', 'unknown') returning id`.execute(deps.db);
    if (rows.length === 0) return true;
    await resolveChanges(deps);
    return false;
  });
}

const byPerson = (steps: { userId?: string | undefined; from: unknown; to: unknown }[]) =>
  Object.fromEntries(
    people.map(({ UserId }) => [
      UserId,
      steps.filter(({ userId }) => userId === UserId).map(({ from, to }) => `${from} to ${to}`),
    ]),
  );

async function inJournal(chime: TestChime) {
  const journal = await chime.control.journal();
  return byPerson(journal.filter(({ operation, from, to }) => operation !== 'Outside' && from !== to));
}

async function inAudit({ db }: Deps) {
  const { rows } = await sql<{ userId: string; from: string; to: string }>`
    select user_id as "userId", from_license as "from", to_license as "to" from audit_entries
    where action = 'change' and outcome = 'applied' order by sequence`.execute(db);
  return byPerson(rows);
}

async function* bytesOf(texts: AsyncIterable<string>) {
  for await (const text of texts) yield Buffer.from(text);
}

async function failOver(): Promise<number> {
  const two = await startTwoServers();
  const chime = await startChime({ people });
  const deps: Deps = { db: openAppDatabase(two.url()), chime: connectChime(chime) };
  try {
    await syncAccounts(deps);
    await syncEverything(deps);
    const clicking = keepClicking(deps, chime);
    await until(async () => clicking.saved.length >= 40);

    const begun = performance.now();
    await two.killPrimary();
    await two.promote();
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
    const { current } = auditKeys();
    const entries = bytesOf(exportEntries(deps.db, everything, 'jsonl'));
    expect(await verifyExport(entries, new Map([[current.id, current.key]]))).toMatchObject({ broken: null });
    return firstWriteMs;
  } finally {
    deps.chime.disconnect();
    await deps.db.destroy();
    await chime.stop();
    await two.stop();
  }
}

test('when the primary dies under clicking operators and the standby is promoted, work continues there and nothing that was saved is lost', async () => {
  for (let round = 0; round < rounds(1, 20); round += 1) {
    const firstWriteMs = await failOver();
    if (process.env.CAMPAIGN) console.info(`First change saved ${Math.round(firstWriteMs)} ms after the primary died`);
  }
});
