import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { withDatabase } from '../../testing/database.ts';
import { until } from '../../testing/desk.ts';
import { hear, notify } from './channel.ts';

test('who listens is told once when the connection is lost, and once when it stands again', () =>
  withDatabase(async (db, url) => {
    const heard: string[] = [];
    const hearing = hear(url, {
      onText: (text) => heard.push(text),
      onLost: (error) => heard.push(error instanceof Error ? 'lost' : 'lost for no reason'),
      onGap: () => heard.push('again'),
    });
    await hearing.ready;

    await notify(db, 'before');
    await until(async () => heard.includes('before'));
    await sql`
      select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and application_name = 'carillon events'`.execute(db);
    await until(async () => heard.includes('again'));
    await notify(db, 'after');
    await until(async () => heard.includes('after'));
    await hearing.stop();

    expect(heard).toEqual(['before', 'lost', 'again', 'after']);
  }));

test('who listens where there is no database is told why', async () => {
  const lost: unknown[] = [];
  const hearing = hear('postgres://127.0.0.1:1/nowhere', {
    onText: () => {},
    onLost: (error) => lost.push(error),
    onGap: () => {},
  });
  await hearing.ready;
  await hearing.stop();

  expect(lost).toMatchObject([{ code: 'ECONNREFUSED' }]);
});
