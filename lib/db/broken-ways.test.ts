import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { withDatabase } from '../../testing/database.ts';
import { until } from '../../testing/desk.ts';
import { startWay } from '../../testing/way.ts';
import { watchDatabase } from '../web/database-away.ts';
import { hear, notify } from './channel.ts';
import { atLength, type Database, type Executor, isDatabaseAway, openAppDatabase } from './database.ts';

type Way = Awaited<ReturnType<typeof startWay>>;

/** A database, the same by a way that fails, and what was said of the connections. */
const withWay = (run: (way: Way, far: Database, db: Database, told: string[]) => Promise<void>) =>
  withDatabase(async (db, url) => {
    const way = await startWay(url);
    const told: string[] = [];
    const events = { onLost: () => told.push('lost'), onFound: () => told.push('found') };
    const far = openAppDatabase(way.url, 3, events);
    try {
      await run(way, far, db, told);
    } finally {
      await way.close();
      await far.destroy();
    }
  });

const ask = (db: Database) => sql`select 1`.execute(db);
const failure = (query: Promise<unknown>): Promise<unknown> =>
  query.then(
    () => undefined,
    (error: unknown) => error,
  );

test.concurrent('what waits for a database that has stopped answering fails as away, and is answered again when it answers', () =>
  withWay(async (way, far, _, told) => {
    await ask(far);
    way.freeze();

    const errors = await Promise.all([ask(far), ask(far), ask(far), ask(far), ask(far)].map(failure));

    expect(errors.map(isDatabaseAway)).toEqual([true, true, true, true, true]);
    expect(told).toEqual(['lost']);
    await way.mend();
    await ask(far);
    expect(told).toEqual(['lost', 'found']);
  }));

test.concurrent('a query that takes long on a server that answers is left in peace', () =>
  withWay(async (_, far, __, told) => {
    const { rows } = await sql`select 'done' as state from pg_sleep(4)`.execute(far);
    expect(rows).toEqual([{ state: 'done' }]);
    expect(told).toEqual([]);
  }));

test.concurrent('many connections that break at once are told of once', () =>
  withWay(async (way, far, _, told) => {
    await Promise.all([ask(far), ask(far), ask(far)]);
    await way.cut();
    await until(async () => told.length > 0);
    expect(isDatabaseAway(await failure(ask(far)))).toBe(true);
    await way.mend();
    await ask(far);
    expect(told).toEqual(['lost', 'found']);
  }));

test.concurrent('a statement of web and worker has a minute, and work at length a quarter of an hour', () =>
  withWay(async (_, far) => {
    const allowed = (db: Executor) =>
      sql<{ time: string }>`select current_setting('statement_timeout') as time`.execute(db);
    expect((await allowed(far)).rows).toEqual([{ time: '1min' }]);
    expect(await atLength(far, async (trx) => (await allowed(trx)).rows)).toEqual([{ time: '15min' }]);
    expect((await allowed(far)).rows).toEqual([{ time: '1min' }]);
  }));

test.concurrent('who listens on a connection that has gone silent notices, and hears again', () =>
  withWay(async (way, _, db) => {
    const heard: string[] = [];
    const hearing = hear(way.url, {
      onText: (text) => heard.push(text),
      onLost: () => heard.push('lost'),
      onGap: () => heard.push('again'),
    });
    await hearing.ready;
    way.halfOpen();
    await notify(db, 'missed');

    await until(async () => heard.includes('again'));

    await notify(db, 'after');
    await until(async () => heard.includes('after'));
    await hearing.stop();
    expect(heard).toEqual(['lost', 'again', 'after']);
  }));

test.concurrent('the web knows of a database that accepts and never answers, and of its return', () =>
  withWay(async (way) => {
    const watch = watchDatabase(way.url);
    expect(await watch.isThere()).toBe(true);
    way.freeze();
    await until(async () => !(await watch.isThere()));
    await way.mend();
    expect(await watch.isThere()).toBe(true);
    await watch.close();
  }));
