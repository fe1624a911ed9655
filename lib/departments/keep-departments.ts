import { recordEntry } from '../audit/store.ts';
import { atLength, type Database } from '../db/database.ts';
import { type Departments, saveDepartments } from './store.ts';

/** Who asks, and under which ID. */
type By = { operator: { id: string; name: string; role: string }; requestId: string };

/** Keeps the departments of an account, in place of all that were there, and writes it to the audit. */
export async function keepDepartments(db: Database, said: Departments, { operator, requestId }: By): Promise<void> {
  const { accountId, name, lines, unmatched, unclear, people } = said;
  await atLength(db, async (trx) => {
    await saveDepartments(trx, said, operator);
    const why = `${name}, ${lines} lines, ${people.length} found, ${unmatched} not found, ${unclear} not clear`;
    await recordEntry(trx, { action: 'department-file', operator, requestId, accountId, why });
  });
}
