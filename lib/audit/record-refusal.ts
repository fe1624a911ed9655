import { randomUUID } from 'node:crypto';
import type { Database } from '../db/database.ts';
import type { Refusal } from '../failures.ts';
import { appendEntries } from './append-entries.ts';
import { countRefusal, personOf, type RefusedAttempt, takeCounted } from './refusals-store.ts';

/** Refusals of one operator, of one kind of attempt and within one minute that are entries of their own. */
export const maxInFull = 20;

/** Letters of a reason that are kept: Chime's own words may be of any length. */
const longestReason = 500;

/**
 * Adds the entry of an attempt that was refused. Of many in a minute by one operator the first are written in full, the others
 * are counted: `tellCounted` adds how many they were.
 */
export async function recordRefusal(
  db: Database,
  refused: RefusedAttempt,
  refusal: Pick<Refusal, 'code' | 'message'>,
): Promise<void> {
  const { attempt, operator, requestId, accountId, batchId, changeId, token } = refused;
  await db.transaction().execute(async (trx) => {
    if ((await countRefusal(trx, refused)) > maxInFull) return;
    const person = await personOf(trx, refused);
    await appendEntries(trx, [
      {
        action: 'denied',
        outcome: 'failed',
        failure: refusal.code,
        refusal: refusal.message.slice(0, longestReason),
        attempt,
        operatorId: operator?.id,
        operatorName: operator?.name,
        operatorRole: operator?.role,
        requestId,
        accountId,
        batchId,
        changeId,
        ...person,
        tokenId: token?.id,
        tokenName: token?.name,
      },
    ]);
  });
}

/** Adds one entry for each operator and kind of attempt of the minutes that are over, of which not all are entries. */
export async function tellCounted(db: Database): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const rows = await takeCounted(trx);
    await appendEntries(
      trx,
      rows
        .filter(({ refused }) => refused > maxInFull)
        .map(({ refused, operatorId, ...facts }) => ({
          ...facts,
          operatorId: operatorId || null,
          action: 'denied',
          outcome: 'failed',
          requestId: randomUUID(),
          count: String(refused - maxInFull),
        })),
    );
  });
}
