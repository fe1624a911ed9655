import { createHash } from 'node:crypto';
import type { Database } from '../db/database.ts';
import { Refusal } from '../failures.ts';
import { textOfRef } from '../matching/person-ref.ts';
import { plainText } from '../plain-text.ts';
import { maxEntries, readList } from './list.ts';
import { saveList } from './store.ts';

/** A list as the address names it, and how many people it asks for. */
export type KeptList = { id: string; asked: number };

/**
 * Keeps a pasted list of e-mail addresses and user IDs, so that an address can name it. The same list in the same account
 * has the same ID. Refuses a text with nobody in it, one with more than 500
 * people, and one with more than 500 lines that cannot be read.
 */
export async function keepList(
  db: Database,
  { accountId, text, createdBy }: { accountId: string; text: string; createdBy: string },
): Promise<KeptList> {
  const list = readList(text);
  const entries = list.entries.map(({ ref }) => textOfRef(ref));
  const unread = list.unread.map(({ text }) => plainText(text));
  if (entries.length === 0) throw new Refusal('invalid', 'No e-mail addresses or user IDs found in this list.');
  if (entries.length > maxEntries) {
    throw new Refusal('invalid', `A list can have ${maxEntries} people at most; this one has ${entries.length}.`);
  }
  if (unread.length > maxEntries) {
    throw new Refusal('invalid', `${unread.length} lines have neither an e-mail address nor a user ID.`);
  }
  const id = createHash('sha256')
    .update(JSON.stringify(unread.length === 0 ? [accountId, entries] : [accountId, entries, unread]))
    .digest('base64url');
  await saveList(db, { id, accountId, entries, unread, createdBy });
  return { id, asked: entries.length };
}
