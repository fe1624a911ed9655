import { randomUUID } from 'node:crypto';
import { appendEntries } from '../audit/append-entries.ts';
import { type Cut, cutText } from '../audit/cut.ts';
import { allowCut, entriesBefore, removeCutEntries } from '../audit/cuts-store.ts';
import { lockHead } from '../audit/ledger-store.ts';
import type { Database } from '../db/database.ts';
import { ConsoleRefused, type ConsoleUser } from './console-user.ts';

/** Younger entries stay, whatever is asked for. */
const youngestDays = 90;

/**
 * Removes the entries from before a moment permanently, a few at a time. One entry at the end of the log says which, how many, and the
 * seal of the last of them, so that what is left can still be checked. Called again, it first ends what was interrupted. `db`: as the
 * owner of the tables. Throws `ConsoleRefused` where nothing, or nothing sealed, is that old.
 */
export async function cutAudit(
  db: Database,
  by: ConsoleUser,
  before: Date,
  why: string,
): Promise<Cut & { entries: string }> {
  if (before.getTime() > Date.now() - youngestDays * 86_400_000) {
    throw new ConsoleRefused(`Entries of the last ${youngestDays} days cannot be cut`);
  }
  await removeAll(db);
  const cut = await db.transaction().execute(async (trx) => {
    await lockHead(trx, []);
    const found = await entriesBefore(trx, before);
    if (!found) throw new ConsoleRefused('The audit has no entry from before then');
    const { hmac } = found;
    if (hmac === null) throw new ConsoleRefused('The last entry before then has no seal: choose a later day');
    const sealed = { ...found, hmac };
    await allowCut(trx, sealed);
    await appendEntries(trx, [
      {
        action: 'audit-cut',
        outcome: 'applied',
        requestId: randomUUID(),
        why: `${why} (entries ${found.first} to ${found.last})`,
        count: found.entries,
        filter: cutText(sealed),
        ...by,
      },
    ]);
    return sealed;
  });
  await removeAll(db);
  return cut;
}

async function removeAll(db: Database): Promise<void> {
  while ((await removeCutEntries(db)) > 0n);
}
