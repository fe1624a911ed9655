import { recordEntry } from '../audit/store.ts';
import { atLength, type Database } from '../db/database.ts';
import { saveActivity } from './activity-store.ts';
import type { Activity } from './view.ts';

/** Who asks, and under which ID. */
type By = { operator: { id: string; name: string; role: string }; requestId: string };

/** Keeps the hosted days of an account and month, in place of those that were there, and writes it to the audit. */
export async function keepActivity(db: Database, activity: Activity, { operator, requestId }: By): Promise<void> {
  const { accountId, month, name, days, lines, unmatched, unclear } = activity;
  await atLength(db, async (trx) => {
    await saveActivity(trx, activity, operator);
    const why = `${month}: ${name}, ${lines} lines, ${days.length} found, ${unmatched} not found, ${unclear} not clear`;
    await recordEntry(trx, { action: 'activity-file', operator, requestId, accountId, why });
  });
}
