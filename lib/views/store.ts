import { sql } from 'kysely';
import type { Database, Executor } from '../db/database.ts';
import { maxViews, type View } from './view.ts';

/** An operator's views of an account, by name. */
export async function listViews(db: Executor, operatorId: string, accountId: string): Promise<View[]> {
  const views = await db
    .selectFrom('views')
    .select(['name', 'params'])
    .where('operator_id', '=', operatorId)
    .where('account_id', '=', accountId)
    .execute();
  return views.sort((one, other) => one.name.localeCompare(other.name, 'en', { numeric: true }));
}

/** Keeps a view, in the place of one of the same name; false when there are as many as there may be. */
export async function keepView(db: Database, operatorId: string, accountId: string, view: View): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    await sql`select from operators where id = ${operatorId} for no key update`.execute(trx); // two tabs, one count
    const others = await trx
      .selectFrom('views')
      .select(({ fn }) => fn.countAll<string>().as('count'))
      .where('operator_id', '=', operatorId)
      .where('account_id', '=', accountId)
      .where('name', '!=', view.name)
      .executeTakeFirstOrThrow();
    if (Number(others.count) >= maxViews) return false;
    await trx
      .insertInto('views')
      .values({ operator_id: operatorId, account_id: accountId, ...view })
      .onConflict((conflict) =>
        conflict
          .columns(['operator_id', 'account_id', 'name'])
          .doUpdateSet({ params: view.params, saved_at: sql`clock_timestamp()` }),
      )
      .execute();
    return true;
  });
}

/** Forgets a view; one that is not there is forgotten already. */
export async function forgetView(db: Executor, operatorId: string, accountId: string, name: string): Promise<void> {
  await db
    .deleteFrom('views')
    .where('operator_id', '=', operatorId)
    .where('account_id', '=', accountId)
    .where('name', '=', name)
    .execute();
}
