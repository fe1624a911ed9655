import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { withChime } from '../../testing/chime.ts';
import { withDatabase } from '../../testing/database.ts';
import { rowsLookedAt } from '../../testing/rows-looked-at.ts';
import { connectChime } from '../chime/chime.ts';
import { type Database, openDatabase } from '../db/database.ts';
import { syncAccounts, syncDueAccount } from './sync-mirror.ts';

const people = 5_000;

test('a first listing looks each person up alone, also where a small account was listed before', () =>
  withChime(
    (chime) =>
      withDatabase(async (db, url) => {
        const { enterprise } = chime.accounts;
        const deps = { db: openDatabase(url), chime: connectChime(chime) };
        await syncAccounts(deps);
        await sql`update accounts set sync_wanted = id <> ${enterprise}`.execute(db);
        const small = [await syncDueAccount(deps), await syncDueAccount(deps)];
        expect(small.map((synced) => synced?.accountId)).not.toContain(enterprise);

        const before = await peopleLookedAt(db);
        expect(await syncDueAccount(deps)).toEqual({ accountId: enterprise });
        await deps.db.destroy(); // a connection that ends tells what it has looked at
        deps.chime.disconnect();

        expect(((await peopleLookedAt(db)) - before) / people).toBeLessThan(50);
      }),
    { users: people },
  ));

const peopleLookedAt = async (db: Database) => (await rowsLookedAt(db)).get('users') ?? 0;
