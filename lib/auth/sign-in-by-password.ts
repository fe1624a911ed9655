import { randomUUID } from 'node:crypto';
import { recordEntry } from '../audit/store.ts';
import { type Database, inTransaction } from '../db/database.ts';
import { openQueue, TooBusy } from '../queues/work-queue.ts';
import { verifyPassword } from './password.ts';
import { beginSession, endSessionBefore } from './session.ts';
import { findOperator, holdOperator } from './store.ts';
import { browserFrom, sealBrowser } from './tries/known-browser.ts';
import { openNewcomers } from './tries/newcomers.ts';
import { keysOf, placeOf } from './tries/tries.ts';
import { forgetTries, isUnderAttack, type Reserved, reserveTry, takeTryBack, waitFor } from './tries/tries-store.ts';

/** Someone at the sign-in form. `browser` is the cookie of a browser that was let in before, `session` that of the session it has. */
export type Attempt = {
  username: string;
  password: string;
  address: string;
  browser: string | undefined;
  session: string | undefined;
};

export type Verdict =
  | { outcome: 'in'; sessionId: string; browser: string }
  | { outcome: 'refused' }
  /** Not even looked at: the next try may be made after so many seconds. */
  | { outcome: 'wait'; seconds: number };

/** Longer names and passwords nobody has; hashing one of a megabyte is work. */
const longest = 1_000;

/** Two hashes at a time leave the processor to those who are signed in; behind them wait no more than are done within some seconds. */
const inTurn = openQueue({ atOnce: 2, maxWaiting: 12, maxWaitingForOne: 3 });

/** Known browsers go first, then addresses that have not tried lately, then the others. */
const newcomers = openNewcomers();

/** After how many seconds to come again when too many passwords are being checked. */
const whenBusy = 5;

/**
 * Lets an operator in by user name and password, or not. A user name that nobody has takes the same way as one that somebody
 * has: counted, held up, hashed.
 */
export async function signInByPassword(
  db: Database,
  secrets: readonly [string, ...string[]],
  attempt: Attempt,
): Promise<Verdict> {
  const username = attempt.username.trim().replaceAll('\0', '');
  if (username.length > longest || attempt.password.length > longest) return { outcome: 'refused' };
  const browser = await browserFrom(secrets, attempt.browser, username);
  const { name, of } = keysOf({ username, address: attempt.address, browser }, secrets[0]);
  const keys = of(browser === undefined && (await isUnderAttack(db, name)));

  const rank = browser !== undefined ? 2 : newcomers.isNew(placeOf(attempt.address)) ? 1 : 0;

  const seconds = await waitFor(db, keys);
  if (seconds > 0) return { outcome: 'wait', seconds };
  try {
    // Nothing is written before there is room: a storm takes two connections to the database, and no more.
    return await inTurn(name, rank, async () => {
      const reserved = await reserveTry(db, keys);
      if (!reserved) return { outcome: 'wait', seconds: Math.max(1, await waitFor(db, keys)) };
      return check(db, secrets, { ...attempt, username, browser }, reserved);
    });
  } catch (error) {
    if (error instanceof TooBusy) return { outcome: 'wait', seconds: whenBusy };
    throw error;
  }
}

async function check(
  db: Database,
  secrets: readonly [string, ...string[]],
  attempt: Attempt,
  reserved: Reserved,
): Promise<Verdict> {
  const operator = await findOperator(db, attempt.username);
  const isRight = await verifyPassword(attempt.password, operator?.passwordHash);
  const requestId = randomUUID();
  const refuse = async (): Promise<Verdict> => {
    await recordEntry(db, { action: 'sign-in', operator: operator ?? null, requestId, failure: 'not-allowed' });
    return { outcome: 'refused' };
  };
  if (!operator || !isRight) return refuse();
  await takeTryBack(db, reserved);
  await forgetTries(
    db,
    reserved.keys.filter(({ isOwn }) => isOwn).map(({ hash }) => hash),
  );
  const sessionId = await inTransaction(db, async (trx) => {
    if (!(await holdOperator(trx, operator))) return undefined; // the password was replaced while it was checked
    await endSessionBefore(trx, { secrets, provider: undefined, accounts: 'all' }, attempt.session);
    const id = await beginSession(trx, operator.id);
    await recordEntry(trx, { action: 'sign-in', operator, requestId });
    return id;
  });
  if (sessionId === undefined) return refuse();
  return { outcome: 'in', sessionId, browser: await sealBrowser(secrets[0], operator.username, attempt.browser) };
}
