import { expect, test } from 'vitest';
import { anaTo, type Desk, syncEverything, until, withDesk } from '../../testing/desk.ts';
import { runSql } from '../../testing/postgres.ts';
import { wantSync } from '../accounts/store.ts';
import { recordEntry } from '../audit/store.ts';
import { maxNamed } from '../events/event.ts';
import { tell } from '../events/tell.ts';
import { type Feed, type Message, openFeed } from './feed.ts';
import { followAccount, type Told } from './follow-account.ts';

/** A desk with an ear of its own on its database, as another web instance has. */
const withFeed = (run: (desk: Desk, feed: Feed) => Promise<void>) =>
  withDesk(async (desk) => {
    const feed = openFeed(desk.databaseUrl, desk.db);
    try {
      await run(desk, feed);
    } finally {
      await feed.stop();
    }
  });

async function follow(desk: Desk, feed: Feed, lastId?: string) {
  const told: Told[] = [];
  const leave = await followAccount({ db: desk.db, feed }, desk.accountId, lastId, (message) => told.push(message));
  return {
    told,
    leave,
    heard: <Name extends Message['name']>(name: Name) =>
      until(async () => told.find((message) => message.name === name)),
  };
}

/** Follows from a moment at which nothing has happened for long. */
async function followQuietly(desk: Desk, feed: Feed) {
  await desk.db
    .updateTable('accounts')
    .set({ sync_touched_at: new Date(Date.now() - 60_000) })
    .execute();
  return follow(desk, feed);
}

test('a change made by one process is heard by another, with whom it was about', () =>
  withFeed(async (desk, feed) => {
    const { told, heard } = await followQuietly(desk, feed);

    await desk.change([anaTo('Pro')]);

    await heard('changed');
    expect(told.filter(({ name }) => name === 'changed').map(({ value }) => value)).toContainEqual({
      userIds: ['ana'],
    });
  }));

test('a sync is heard from its beginning to its end', () =>
  withFeed(async (desk, feed) => {
    const { told } = await followQuietly(desk, feed);
    await desk.control.changeOutside(desk.accountId, 'ben', { LicenseType: 'Basic' });
    await wantSync(desk.db, desk.accountId);

    await syncEverything(desk.deps);

    const last = await until(async () =>
      told.find((message) => message.name === 'sync' && message.value.freshness.syncing === null),
    );
    expect(last.value).toMatchObject({ freshness: { failure: null, asOf: expect.any(String) } });
    expect(told.filter(({ name }) => name === 'changed').map(({ value }) => value)).toContainEqual({
      userIds: ['ben'],
    });
  }));

test('nothing of another account is heard', () =>
  withFeed(async (desk, feed) => {
    const { told, heard } = await followQuietly(desk, feed);

    await tell(desk.db, { kind: 'changed', accountId: desk.chimeService.accounts.team, userIds: ['someone'] });
    await tell(desk.db, { kind: 'changed', accountId: desk.accountId, userIds: ['ana'] });

    await heard('changed');
    expect(told.filter(({ name }) => name === 'changed').map(({ value }) => value)).toEqual([{ userIds: ['ana'] }]);
  }));

test('whoever leaves twice takes nobody with them who has come meanwhile', () =>
  withFeed(async (desk, feed) => {
    const gone = await followQuietly(desk, feed);
    gone.leave();
    const { told, heard } = await follow(desk, feed);
    gone.leave();

    await tell(desk.db, { kind: 'changed', accountId: desk.accountId, userIds: ['ana'] });

    await heard('changed');
    expect(told.map(({ name }) => name)).toContain('changed');
  }));

test('more people than an event can name are told as many', () =>
  withFeed(async (desk, feed) => {
    const { told } = await followQuietly(desk, feed);
    const userIds = Array.from({ length: maxNamed + 1 }, (_, index) => `u${index}`);

    await tell(desk.db, { kind: 'changed', accountId: desk.accountId, userIds });

    await until(async () => told.some(({ name, value }) => name === 'changed' && 'userIds' in value && !value.userIds));
  }));

test('what others say on the channel is not believed, and breaks nothing', () =>
  withFeed(async (desk, feed) => {
    const { told, heard } = await followQuietly(desk, feed);

    for (const text of ['', 'x', '{}', '[]', '{"kind":"sync"}', `{"kind":"gone","accountId":"${desk.accountId}"}`]) {
      await runSql(desk.databaseUrl, `notify carillon, '${text}'`);
    }
    await tell(desk.db, { kind: 'changed', accountId: desk.accountId, userIds: ['ana'] });

    await heard('changed');
    expect(told.map(({ name }) => name)).toEqual(['hello', 'changed']);
  }));

test('after a lost connection to PostgreSQL it is said that something may have been missed, and hearing goes on', () =>
  withFeed(async (desk, feed) => {
    const { told } = await followQuietly(desk, feed);

    await runSql(
      desk.databaseUrl,
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'carillon events'",
    );

    await until(async () => told.some(({ name, value }) => name === 'hello' && 'missed' in value && value.missed));
    await until(async () => {
      await tell(desk.db, { kind: 'changed', accountId: desk.accountId, userIds: ['ana'] });
      return told.some(({ name }) => name === 'changed');
    });
  }));

test('whoever comes back is told whether anything happened meanwhile', () =>
  withFeed(async (desk, feed) => {
    const { told } = await followQuietly(desk, feed);
    const lastId = told[0]?.id ?? '';
    const long = (id: string, seconds: number) => String(Number(id) + seconds * 1_000);

    const quiet = await follow(desk, feed, lastId);
    await recordEntry(desk.db, {
      action: 'note',
      operator: null,
      requestId: crypto.randomUUID(),
      accountId: desk.accountId,
    });
    const missed = await follow(desk, feed, lastId);
    const later = await follow(desk, feed, long(lastId, 60));
    const forged = await follow(desk, feed, "1'; drop table users");

    expect(quiet.told[0]?.value).toEqual({ missed: false });
    expect(missed.told[0]?.value).toEqual({ missed: true });
    expect(later.told[0]?.value).toEqual({ missed: false });
    expect(forged.told[0]?.value).toEqual({ missed: true });
  }));
