import fc from 'fast-check';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { accountId, insertPeople, person, withPeople } from '../../testing/people.ts';
import type { Database } from '../db/database.ts';
import type { CountCell } from '../search/cells/cells.ts';
import { cellsOf, cellsOfAccounts } from '../search/cells/cells-store.ts';
import { compactCounts } from './counts-store.ts';

const sorted = (cells: CountCell[]) => cells.map((cell) => JSON.stringify(Object.entries(cell).sort())).sort();

async function countedOne(db: Database): Promise<CountCell[]> {
  const { rows } = await sql<CountCell & { people: string }>`
    select license, registration, invitation, user_type as "userType", count(*) as people
    from users where account_id = ${accountId} group by 1, 2, 3, 4`.execute(db);
  return rows.map((row) => ({ ...row, people: Number(row.people) }));
}

const userId = fc.integer({ min: 0, max: 12 }).map((number) => `p${number}`);
const license = fc.constantFrom('Basic', 'Pro', null);
const step = fc.oneof(
  fc.record({ do: fc.constant('come' as const), ids: fc.uniqueArray(userId, { minLength: 1 }), license }),
  fc.record({ do: fc.constant('change' as const), ids: fc.uniqueArray(userId), license }),
  fc.record({ do: fc.constant('rename' as const), ids: fc.uniqueArray(userId), license }),
  fc.record({ do: fc.constant('go' as const), ids: fc.uniqueArray(userId), license }),
  fc.record({ do: fc.constant('undone' as const), ids: fc.uniqueArray(userId), license }),
  fc.record({ do: fc.constant('compact' as const), ids: fc.constant<string[]>([]), license }),
);

async function take(db: Database, { do: what, ids, license }: { do: string; ids: string[]; license: string | null }) {
  if (what === 'come') {
    const there = await db.selectFrom('users').select('id').execute();
    const fresh = ids.filter((id) => !there.some((user) => user.id === id));
    if (fresh.length > 0)
      await insertPeople(
        db,
        fresh.map((id) => person(id, id, { license })),
      );
  }
  if (what === 'compact') return compactCounts(db, 1);
  if (ids.length === 0) return;
  if (what === 'change') await db.updateTable('users').set({ license }).where('id', 'in', ids).execute();
  if (what === 'rename') await db.updateTable('users').set({ name: 'New' }).where('id', 'in', ids).execute();
  if (what === 'go') await db.deleteFrom('users').where('id', 'in', ids).execute();
  if (what === 'undone') {
    await db
      .transaction()
      .execute(async (trx) => {
        await trx.updateTable('users').set({ license }).where('id', 'in', ids).execute();
        throw new Undone();
      })
      .catch((error: unknown) => {
        if (!(error instanceof Undone)) throw error;
      });
  }
}

class Undone extends Error {}

test('after any history the kept numbers are what counting gives', () =>
  withPeople([], (db) =>
    fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        for (const one of steps) await take(db, one);
        expect(sorted(await cellsOf(db, accountId))).toEqual(sorted(await countedOne(db)));
        expect((await cellsOfAccounts(db, 'all')).get(accountId) ?? []).toHaveLength(
          (await cellsOf(db, accountId)).length,
        );
      }),
      { numRuns: 40 },
    ),
  ));

test('numbers that are summed up while people are written lose nothing', () =>
  withPeople([], async (db) => {
    await Promise.all(
      Array.from({ length: 8 }, async (_, writer) => {
        for (let round = 0; round < 12; round += 1) {
          const id = `w${writer}-${round}`;
          await insertPeople(db, [person(id, id)]);
          await db.updateTable('users').set({ license: 'Pro' }).where('id', '=', id).execute();
          if (writer % 2 === 0) await compactCounts(db, 1);
        }
      }),
    );
    await compactCounts(db, 1);

    expect(sorted(await cellsOf(db, accountId))).toEqual(sorted(await countedOne(db)));
    const { rows } = await sql<{ steps: string }>`select count(*) as steps from user_counts`.execute(db);
    expect(Number(rows[0]?.steps)).toBe(1);
  }));
