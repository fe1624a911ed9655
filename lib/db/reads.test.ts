import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from '../../testing/desk.ts';
import { accountId, addAccount, insertPeople, person } from '../../testing/people.ts';
import { runSql } from '../../testing/postgres.ts';
import { startTwoServers } from '../../testing/two-servers.ts';
import { auditFilterFrom } from '../audit/filter.ts';
import { countEntries, pageOfEntries, recordEntry } from '../audit/store.ts';
import { showCost } from '../costs/show-cost.ts';
import { countQuestions } from '../counts/count-questions.ts';
import { showAccounts } from '../counts/show-accounts.ts';
import { showCounts } from '../counts/show-counts.ts';
import { countDepartments } from '../departments/store.ts';
import { exportEntries } from '../exports/export-entries.ts';
import { exportUsers } from '../exports/export-users.ts';
import { measured } from '../measured.ts';
import { filterFromParams, firstPage } from '../search/filter.ts';
import { findElsewhere } from '../search/find-elsewhere-store.ts';
import { cursorAt, pageOfUsers } from '../search/show-users.ts';
import { findNear } from '../search/suggestions-store.ts';
import { trendAsked } from '../trend/address.ts';
import { showComparison } from '../trend/comparison/show-comparison.ts';
import { daysAsked } from '../trend/days.ts';
import { viewTrend } from '../trend/view-trend.ts';
import { hear, notify } from './channel.ts';
import { type Database, openAppDatabase, openDatabase } from './database.ts';
import { openReads } from './reads.ts';

let two: Awaited<ReturnType<typeof startTwoServers>>;
let primary: Database;
let replica: Database;

beforeAll(async () => {
  two = await startTwoServers();
  // A standby that is waited for would never be behind.
  await runSql(two.primary.url, 'alter system reset synchronous_standby_names');
  await runSql(two.primary.url, 'select pg_reload_conf()');
  [primary, replica] = [openAppDatabase(two.primary.url), openAppDatabase(two.standby.url)];
  await addAccount(primary, accountId);
  await insertPeople(primary, [person('ana', 'Ana Silva'), person('ben', 'Ben Okafor', { license: 'Pro' })]);
});

afterAll(async () => {
  await primary.destroy();
  await replica.destroy();
  await two.stop();
});

/** A choice between the two, with what is told of the replica and where each read was made. */
function watchedReads() {
  const told: string[] = [];
  const from: string[] = [];
  const reads = openReads(primary, replica, { onUnfit: () => told.push('unfit'), onFit: () => told.push('fit') });
  const note = ({ from: where }: { from: string }) => void from.push(where);
  measured.on('read', note);
  return { ...reads, told, from, close: () => measured.off('read', note) };
}

async function wholeOf(file: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const part of file) text += part;
  return text;
}

const rename = (name: string) => primary.updateTable('accounts').set({ name }).execute();
const nameIn = async (db: Database) => (await db.selectFrom('accounts').select('name').executeTakeFirstOrThrow()).name;
const onStandby = (statement: string) => runSql(two.standby.url, statement);

async function lag(ms: number) {
  await onStandby(`alter system set recovery_min_apply_delay = ${ms}`);
  await onStandby('select pg_reload_conf()');
}

test('whatever was committed before is in what is read, by the replica where that has it within a moment', async () => {
  const { read, from, close } = watchedReads();
  await lag(40);
  for (let round = 0; round < 20; round += 1) {
    await rename(`Nordwind ${round}`);
    expect(await read(nameIn)).toBe(`Nordwind ${round}`);
  }
  await lag(0);
  expect(from).toContain('replica');
  close();
});

test('what a notice tells of is in what is read because of it', async () => {
  const { read, close } = watchedReads();
  const seen: Promise<[string, string]>[] = [];
  const hearing = hear(two.primary.url, {
    onText: (text) => void seen.push(read(nameIn).then((name) => [text, name])),
    onLost() {},
    onGap() {},
  });
  await hearing.ready;
  await lag(40);
  for (let round = 100; round < 120; round += 1) {
    await primary.transaction().execute(async (trx) => {
      await trx
        .updateTable('accounts')
        .set({ name: String(round) })
        .execute();
      await notify(trx, String(round));
    });
  }
  await until(async () => seen.length === 20);
  for (const [told, name] of await Promise.all(seen)) expect(Number(name)).toBeGreaterThanOrEqual(Number(told));
  await lag(0);
  await hearing.stop();
  close();
});

test('a replica that is far behind is not read from, and is again when it has caught up', async () => {
  const { read, from, close } = watchedReads();
  await onStandby('select pg_wal_replay_pause()');
  await rename('Nordwind later');

  expect(await read(nameIn)).toBe('Nordwind later');
  expect(await nameIn(replica)).not.toBe('Nordwind later');
  expect(from).toEqual(['primary']);

  await onStandby('select pg_wal_replay_resume()');
  await until(async () => (await read(nameIn)) === 'Nordwind later' && from.at(-1) === 'replica');
  close();
});

test('a read that the replica breaks off is made on the primary', async () => {
  const { read, close } = watchedReads();
  await until(async () => (await read(async (db) => db === replica)) === true);
  const answer = read(async (db) => {
    if (db === primary) return 'of the primary';
    await sql`select pg_sleep(60) as broken_off`.execute(db);
    return 'of the replica';
  });
  const owner = openDatabase(two.standby.url, 1);
  await until(async () => {
    const { rows } = await sql`select pg_terminate_backend(pid) from pg_stat_activity
      where query like '%broken_off%' and state = 'active' and pid <> pg_backend_pid()`.execute(owner);
    return rows.length > 0;
  });
  expect(await answer).toBe('of the primary');
  await owner.destroy();
  close();
});

test('what the primary refuses or a use case throws is not tried twice', async () => {
  const { read, close } = watchedReads();
  let runs = 0;
  const broken = read(async (db) => {
    runs += 1;
    return sql`select 1 / 0`.execute(db);
  });
  await expect(broken).rejects.toThrow('division by zero');
  expect(runs).toBe(1);
  close();
});

test('all that may be read from a replica writes nothing, and is what the primary says', async () => {
  const { choose, close } = watchedReads();
  await recordEntry(primary, { action: 'note', operator: null, requestId: randomUUID(), accountId });
  await until(async () => (await choose()) === replica);
  const scope = [accountId];
  const chime = { accounts: scope };
  const whose = { account: { id: accountId, name: 'Nordwind' }, accounts: [{ id: accountId, name: 'Nordwind' }] };
  const ana = { ...firstPage, search: 'ana silva' };
  const everything = async (db: Database) => ({
    people: await pageOfUsers(db, accountId, ana),
    lately: await pageOfUsers(db, accountId, filterFromParams(new Map([['changed', '7']]))),
    place: await cursorAt(db, accountId, firstPage, 2),
    near: await findNear(db, accountId, 'anna silwa'),
    elsewhere: await findElsewhere(db, scope, 'another', 'ana'),
    counts: await showCounts(db, accountId, ana),
    licenses: (await showAccounts(db, scope)).accounts.length,
    questions: await countQuestions(db, accountId),
    departments: await countDepartments(db, accountId),
    file: await wholeOf(exportUsers({ db, chime }, accountId, firstPage)),
    entries: (await pageOfEntries(db, auditFilterFrom(new Map(), accountId))).entries,
    entriesFile: await wholeOf(exportEntries(db, auditFilterFrom(new Map(), accountId), 'jsonl')),
    entriesCount: await countEntries(db, auditFilterFrom(new Map(), accountId)),
    trend: (await viewTrend(db, scope, trendAsked({}), 'UTC')).problem,
    comparison: Object.keys(
      await showComparison(db, whose, daysAsked({ from: '2026-11-01', to: '2026-11-02' }), 'UTC'),
    ),
    cost: Object.keys(await showCost(db, whose, null, 'UTC')),
  });

  const read = await everything(replica);
  expect(read).toEqual(await everything(primary));
  expect(read.people.users.map(({ id }) => id)).toEqual(['ana']);
  expect(read.entriesCount).toBe(1);
  close();
});

test('a replica that is promoted by itself is no replica any more', async () => {
  const { read, from, close } = watchedReads();
  await until(async () => (await read(nameIn)) !== undefined && from.at(-1) === 'replica');
  await two.promote();
  const other = openAppDatabase(two.standby.url, 1);
  await until(
    async () => (await sql`select from pg_settings where not pg_is_in_recovery()`.execute(other)).rows.length > 0,
  );
  await other.updateTable('accounts').set({ name: 'Of another history' }).execute();
  await rename('Of this history');
  from.length = 0;

  expect(await read(nameIn)).toBe('Of this history');
  expect(from).toEqual(['primary']);
  await other.destroy();
  close();
});

test('one that is gone holds nothing up, and is told of once', async () => {
  const { read, told, close } = watchedReads();
  await two.standby.stop();
  await rename('Alone');
  await until(async () => (await read(nameIn)) === 'Alone' && told.length > 0);
  expect(await read(nameIn)).toBe('Alone');
  expect(told).toEqual(['unfit']);
  close();
});
