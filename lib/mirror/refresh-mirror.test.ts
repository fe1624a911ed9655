import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { type Desk, withDesk } from '../../testing/desk.ts';
import { refreshMirror } from './refresh-mirror.ts';
import { syncDueAccount } from './sync-mirror.ts';

/** As if the last listing had taken so long, and had ended so long ago. */
const listed = ({ db, accountId }: Desk, seconds: { took: number; ago: number }) =>
  sql`
    update accounts set sync_touched_at = clock_timestamp() - ${seconds.ago} * interval '1 second',
      complete_as_of = clock_timestamp() - ${seconds.ago + seconds.took} * interval '1 second'
    where id = ${accountId}`.execute(db);

const listings = async ({ control }: Desk) =>
  (await control.calls()).filter(({ operation }) => operation === 'ListUsers').length;

test('a listing that took long is not asked for again right after it, and the answer says when it can be', () =>
  withDesk(async (desk) => {
    await listed(desk, { took: 300, ago: 10 });
    const before = await listings(desk);

    const refresh = await refreshMirror(desk.db, desk.accountId);
    while (await syncDueAccount(desk.deps));

    expect(refresh.state).toBe('resting');
    const rest = refresh.state === 'resting' ? Date.parse(refresh.until) - Date.now() : 0;
    expect(Math.round(rest / 60_000)).toBe(10);
    expect(await listings(desk)).toBe(before);
  }));

test('a listing that was short, or long enough ago, is asked for at once', () =>
  withDesk(async (desk) => {
    for (const seconds of [
      { took: 4, ago: 0 },
      { took: 300, ago: 601 },
    ]) {
      await listed(desk, seconds);
      const before = await listings(desk);

      expect(await refreshMirror(desk.db, desk.accountId)).toEqual({ state: 'asked' });
      while (await syncDueAccount(desk.deps));

      expect(await listings(desk)).toBe(before + 1);
    }
  }));

test('a listing under way answers the wish: no other follows it', () =>
  withDesk(async (desk) => {
    await sql`update accounts set sync_started_at = clock_timestamp(), sync_touched_at = clock_timestamp()`.execute(
      desk.db,
    );

    expect(await refreshMirror(desk.db, desk.accountId)).toEqual({ state: 'asked' });

    const { sync_wanted } = await desk.db
      .selectFrom('accounts')
      .select('sync_wanted')
      .where('id', '=', desk.accountId)
      .executeTakeFirstOrThrow();
    expect(sync_wanted).toBe(false);
  }));
