import { randomUUID } from 'node:crypto';
import { appendEntries, refuseWrongKey, WrongAuditKey } from '../audit/append-entries.ts';
import { auditKeys } from '../audit/keys.ts';
import { forgetKey, readEnd } from '../audit/ledger-store.ts';
import type { Database } from '../db/database.ts';
import { ConsoleRefused, type ConsoleUser } from './console-user.ts';

/**
 * Lets the audit go on with the AUDIT_KEY of this process where the key before it is lost, with an entry that says so. `db`: as the owner of
 * the tables. Throws `ConsoleRefused` where AUDIT_KEY fits, so that no key is given up by mistake.
 */
export async function replaceLostKey(db: Database, by: ConsoleUser, why: string): Promise<void> {
  await db.transaction().execute(async (trx) => {
    if (fits((await readEnd(trx)).keyId)) {
      throw new ConsoleRefused('The audit is sealed with AUDIT_KEY, or with AUDIT_KEY_PREVIOUS: no key is lost');
    }
    await forgetKey(trx);
    await appendEntries(trx, [{ action: 'audit-key', outcome: 'applied', requestId: randomUUID(), why, ...by }]);
  });
}

function fits(keyId: string | null): boolean {
  try {
    refuseWrongKey(keyId, auditKeys());
    return true;
  } catch (error) {
    if (error instanceof WrongAuditKey) return false;
    throw error;
  }
}
