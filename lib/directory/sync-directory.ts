import { setTimeout as sleep } from 'node:timers/promises';
import { saveAccount } from '../accounts/store.ts';
import type { Page } from '../chime/chime.ts';
import { waitLeft } from '../chime/rate.ts';
import { refusalFrom } from '../chime/refusals.ts';
import type { Deps } from '../deps.ts';
import { Refusal } from '../failures.ts';
import { databaseNow, removeUnseen, saveUsers } from '../users/store.ts';
import { beginDueSync, failSync, finishSync, type Sync, touchSync } from './store.ts';

/** Learns which accounts there are; with an allow-list, of those only. Throws a `ChimeRefusal`. */
export async function syncAccounts(
  { chime, db }: Deps,
  allowed: string[] | undefined,
  signal?: AbortSignal,
): Promise<void> {
  for await (const accounts of pages((token) => chime.listAccounts(token, signal))) {
    for (const account of accounts) {
      if (!allowed || allowed.includes(account.id)) await saveAccount(db, account);
    }
  }
}

/**
 * Brings the mirror of one account that is due up to date, page by page; people are removed only after a complete
 * listing. Undefined when no account is due, else the account and how it went: what Chime refuses is recorded, not thrown.
 */
export async function syncDueAccount(
  deps: Deps,
  signal?: AbortSignal,
): Promise<{ accountId: string; failure?: string } | undefined> {
  const sync = await beginDueSync(deps.db);
  if (!sync) return undefined;
  try {
    await syncUsers(deps, sync, signal);
    return { accountId: sync.accountId };
  } catch (error) {
    const { code } = error instanceof Refusal ? error : refusalFrom(error);
    await failSync(deps.db, sync, code);
    if (!(error instanceof Refusal)) throw error;
    return { accountId: sync.accountId, failure: code };
  }
}

async function syncUsers({ chime, db }: Deps, sync: Sync, signal?: AbortSignal): Promise<void> {
  let readAt = await databaseNow(db);
  const read = async (token: string | null) => {
    await sleep(await waitLeft(db, chime.name));
    readAt = await databaseNow(db);
    return chime.listUsers(sync.accountId, token, signal);
  };
  for await (const users of pages(read)) {
    await saveUsers(db, uniqueById(users), readAt, sync.generation);
    if (!(await touchSync(db, sync, users.length))) return; // taken over: the other one completes it
  }
  await removeUnseen(db, sync.accountId, sync.generation, sync.startedAt);
  await finishSync(db, sync);
}

/** Every page of a listing. A token that comes back a second time would have no end: it is refused as unreadable. */
async function* pages<T>(read: (token: string | null) => Promise<Page<T>>): AsyncGenerator<T[]> {
  const seen = new Set<string>();
  let token: string | null = null;
  do {
    const page: Page<T> = await read(token);
    yield page.items;
    token = page.next;
    if (token !== null && seen.has(token)) throw new Refusal('unreadable', 'Chime repeated a page token.');
    if (token !== null) seen.add(token);
  } while (token !== null);
}

/** One statement cannot write a row twice; of two mentions on a page the later one counts. */
function uniqueById<T extends { id: string }>(users: T[]): T[] {
  return [...new Map(users.map((user) => [user.id, user])).values()];
}
