import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { withBatches } from '../../testing/batches.ts';
import { withDatabase } from '../../testing/database.ts';
import { anaTo, withDesk } from '../../testing/desk.ts';
import { type Executor, openAppDatabase } from '../db/database.ts';
import { forgetOld } from './tidy-up.ts';

const count = async (db: Executor, table: string) => {
  const { rows } = await sql<{ count: string }>`select count(*) from ${sql.table(table)}`.execute(db);
  return Number(rows[0]?.count);
};

test('sessions go a month after their end, and tokens after 15 months', () =>
  withDatabase(async (db) => {
    await sql`insert into operators (id, username, name, role, password_hash) values ('ana', 'ana', 'Ana', 'admin', 'x')`.execute(
      db,
    );
    for (const [ended, days] of [
      ['revoked', 32],
      ['expired', 32],
      ['revoked', 20],
      ['expired', 20],
      ['live', 0],
    ] as const) {
      await sql`
        insert into sessions (id_hash, operator_id, created_at, seen_at, expires_at, revoked_at)
        select ${randomUUID()}, 'ana', at, at, at + interval '1 day' * ${ended === 'expired' ? 0 : 100},
          case when ${ended === 'revoked'} then at end
        from (select clock_timestamp() - ${days} * interval '1 day' as at) moment`.execute(db);
    }
    for (const months of [16, 14]) {
      await sql`
        insert into operator_tokens (id, hash, operator_id, name, expires_at)
        values (gen_random_uuid(), ${randomUUID()}, 'ana', 'nightly', clock_timestamp() - ${months} * interval '1 month')`.execute(
        db,
      );
    }

    await forgetOld(db);

    expect(await count(db, 'sessions')).toBe(3);
    expect(await count(db, 'operator_tokens')).toBe(1);
  }));

test('changes go 15 months after they were made, none that a younger one undoes, and no entry of the audit', () =>
  withDesk(async (desk) => {
    const { db } = desk;
    for (const [from, to] of [
      ['Basic', 'Pro'],
      ['Pro', 'Basic'],
      ['Basic', 'Pro'],
    ] as const) {
      await desk.change([anaTo(to, from)]);
    }
    const entries = (await desk.audit()).length;
    const { rows } = await sql<{ id: string }>`select id from changes order by requested_at`.execute(db);
    const [first, second, third] = rows.map(({ id }) => id);
    await sql`
      update changes set requested_at = requested_at - interval '16 months' where id in (${first}::uuid, ${second}::uuid)`.execute(
      db,
    );
    await sql`update changes set undoes = ${second}::uuid where id = ${third}::uuid`.execute(db);
    const app = openAppDatabase(desk.databaseUrl, 1);

    await forgetOld(app);

    await app.destroy();
    const left = await sql<{ id: string }>`select id from changes order by requested_at`.execute(db);
    expect(left.rows.map(({ id }) => id)).toEqual([second, third]);
    expect((await desk.audit()).length).toBe(entries);
  }));

test('a preview goes after a day, a batch 15 months after its end, each with its people', () =>
  withBatches(async (desk) => {
    const { db } = desk;
    const [preview, fresh] = [await desk.prepare(), await desk.prepare()];
    await sql`update batches set created_at = created_at - interval '25 hours' where id = ${preview}::uuid`.execute(db);
    const [old, young] = [await desk.prepare(), await desk.prepare()];
    for (const [id, months] of [
      [old, 16],
      [young, 14],
    ] as const) {
      await sql`
        update batches set state = 'done', submitted_at = clock_timestamp(),
          ended_at = clock_timestamp() - ${months} * interval '1 month' where id = ${id}::uuid`.execute(db);
    }

    await forgetOld(db);

    const { rows } = await sql<{ id: string }>`
      select id from batches where exists (select from batch_items where batch_id = batches.id)`.execute(db);
    expect(rows.map(({ id }) => id).sort()).toEqual([fresh, young].sort());
    expect(await count(db, 'batches')).toBe(2);
  }));

test('a plan that ended goes after 15 months, and one that could not be given back stays', () =>
  withDatabase(async (db) => {
    for (const [state, months] of [
      ['done', 16],
      ['cancelled', 14],
      ['failed', 16],
    ] as const) {
      await sql`
        insert into endings (id, account_id, user_id, license, back_to, ends_at, zone, operator_id, operator_name,
          operator_role, state, next_try_at, created_at)
        select gen_random_uuid(), 'nordwind', ${state}, 'Pro', 'Basic', at, 'UTC', 'ana', 'Ana', 'admin', ${state}, at, at
        from (select clock_timestamp() - ${months} * interval '1 month' as at) moment`.execute(db);
    }

    await forgetOld(db);

    const { rows } = await sql<{ state: string }>`select state from endings order by state`.execute(db);
    expect(rows.map(({ state }) => state)).toEqual(['cancelled', 'failed']);
  }));

test('hosted days of a month go with its steps', () =>
  withDatabase(async (db) => {
    await sql`insert into accounts (id, name) values ('nordwind', 'Nordwind')`.execute(db);
    for (const months of [17, 3]) {
      const month = sql`(date_trunc('month', clock_timestamp()) - ${months} * interval '1 month')::date`;
      await sql`
        insert into activity_files (account_id, month, name, lines, matched, unmatched, unclear, uploaded_by, uploaded_by_name)
        values ('nordwind', ${month}, 'days.csv', 1, 1, 0, 0, 'ana', 'Ana')`.execute(db);
      await sql`
        insert into activity_days (account_id, month, user_id, days) values ('nordwind', ${month}, 'ben', 2)`.execute(
        db,
      );
    }

    await forgetOld(db);

    expect([await count(db, 'activity_files'), await count(db, 'activity_days')]).toEqual([1, 1]);
  }));
