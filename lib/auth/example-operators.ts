import { type Database, openDatabase } from '../db/database.ts';
import { requiredSetting } from '../env.ts';
import { hashPassword, newPassword } from './password.ts';
import { isThere, type LocalOperator, saveOperator } from './store.ts';

/** One operator of each role, and a second admin to approve what the first one asks for: everything can be tried on a laptop. */
const examples: LocalOperator[] = [
  { id: 'example-viewer', username: 'viewer', name: 'Vera Lindqvist', role: 'viewer' },
  { id: 'example-helpdesk', username: 'helpdesk', name: 'Dana Reyes', role: 'helpdesk' },
  { id: 'example-admin', username: 'admin', name: 'Ada Okoye', role: 'admin' },
  { id: 'example-second-admin', username: 'admin2', name: 'Otto Lind', role: 'admin' },
];

export type Credentials = Omit<LocalOperator, 'id'> & { password: string };

/**
 * Makes the example operators that are missing, or gives all of them new passwords. A password is told here and never
 * again: only its hash is kept.
 */
export async function createExampleOperators(
  db: Database,
  { newPasswords = false } = {},
): Promise<{ created: Credentials[]; existing: string[] }> {
  const created: Credentials[] = [];
  const existing: string[] = [];
  for (const operator of examples) {
    if (!newPasswords && (await isThere(db, operator.username))) {
      existing.push(operator.username);
      continue;
    }
    const password = newPassword();
    await saveOperator(db, { ...operator, passwordHash: await hashPassword(password) });
    const { id: _, ...credentials } = operator;
    created.push({ ...credentials, password });
  }
  return { created, existing };
}

if (import.meta.main) {
  const db = openDatabase(requiredSetting('DATABASE_URL'), 1);
  const answer = await createExampleOperators(db, { newPasswords: process.argv.includes('--new-passwords') });
  process.stdout.write(`${JSON.stringify(answer)}\n`);
  await db.destroy();
}
