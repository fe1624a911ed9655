import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { ana, syncEverything, withDesk } from '../../testing/desk.ts';
import { freshnessOf, wantSync } from '../accounts/store.ts';
import { migrations } from '../db/migrations/list.ts';

const outlaw = { ...ana, UserId: '..', PrimaryEmail: 'dots@nordwind.example' };

test('a person whose ID may not be sent to Chime is not in the mirror, and the page is told how many there are', () =>
  withDesk(
    async (desk) => {
      const users = await desk.db.selectFrom('users').select('id').where('account_id', '=', desk.accountId).execute();
      expect(users).toEqual([{ id: 'ana' }]);
      expect(await freshnessOf(desk.db, desk.accountId)).toMatchObject({ failure: null, leftOut: 1 });

      await wantSync(desk.db, desk.accountId);
      await syncEverything(desk.deps);
      expect(await freshnessOf(desk.db, desk.accountId)).toMatchObject({ failure: null, leftOut: 1 });
      const targets = (await desk.control.calls()).map(({ operation, userId }) => `${operation} ${userId}`);
      expect(targets.filter((target) => target.includes('..'))).toEqual([]);
    },
    [ana, outlaw],
  ));

test('such people are taken out of a mirror that holds them, with their number', () =>
  withDesk(async (desk) => {
    await sql`drop table hand_changes`.execute(desk.db);
    await sql`alter table accounts drop column left_out, drop column sync_left_out`.execute(desk.db);
    await sql`update users set id = '..' where id = 'ben'`.execute(desk.db);
    await sql`insert into accounts (id, name) values ('../users', 'Elsewhere')`.execute(desk.db);

    await migrations['0020-limits']?.up(desk.db);

    const users = await desk.db.selectFrom('users').select('id').where('account_id', '=', desk.accountId).execute();
    expect(users).toEqual([{ id: 'ana' }]);
    const { rows } = await sql`
      select sum(people)::int as people from user_counts where account_id = ${desk.accountId}`.execute(desk.db);
    expect(rows).toEqual([{ people: 1 }]);
    expect(await desk.db.selectFrom('accounts').select('id').where('name', '=', 'Elsewhere').execute()).toEqual([]);
    await sql`delete from movements`.execute(desk.db); // the migration is older than they are, and names no cause
  }));
