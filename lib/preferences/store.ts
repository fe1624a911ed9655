import type { Executor } from '../db/database.ts';
import { pageSizeFrom } from '../search/filter.ts';
import { optionalColumns } from '../users/columns.ts';
import { defaultPreferences, type Preferences } from './preferences.ts';

/** What an operator has chosen, or what everybody begins with. */
export async function findPreferences(db: Executor, operatorId: string): Promise<Preferences> {
  const row = await db
    .selectFrom('preferences')
    .select(['columns', 'density', 'page_size'])
    .where('operator_id', '=', operatorId)
    .executeTakeFirst();
  if (!row) return defaultPreferences;
  return {
    columns: optionalColumns.filter((column) => row.columns.includes(column)),
    density: row.density,
    pageSize: pageSizeFrom(String(row.page_size)),
  };
}

/** Keeps what an operator has chosen. */
export async function keepPreferences(db: Executor, operatorId: string, preferences: Preferences): Promise<void> {
  const { columns, density, pageSize: page_size } = preferences;
  await db
    .insertInto('preferences')
    .values({ operator_id: operatorId, columns, density, page_size })
    .onConflict((conflict) => conflict.column('operator_id').doUpdateSet({ columns, density, page_size }))
    .execute();
}
