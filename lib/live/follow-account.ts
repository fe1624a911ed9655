import type { Database } from '../db/database.ts';
import type { Feed, Message } from './feed.ts';
import { newsSince } from './store.ts';

/** A message, and where to go on from after a lost connection: a moment by the database's clock, in milliseconds. */
export type Told = Message & { id: string };

/**
 * Tells what happens in an account until the answer is called. The first message is `hello`, which says whether anything
 * was missed since `lastId`, the ID of the last message heard; without one, since just now.
 */
export async function followAccount(
  { db, feed }: { db: Database; feed: Feed },
  accountId: string,
  lastId: string | undefined,
  tell: (told: Told) => void,
): Promise<() => void> {
  let ahead: number | undefined;
  const early: Message[] = [];
  const say = (message: Message, clockAhead: number) => tell({ ...message, id: String(Date.now() + clockAhead) });
  const { ready, leave } = feed.follow(accountId, (message) => {
    if (ahead === undefined) early.push(message);
    else say(message, ahead);
  });
  try {
    await ready;
    const { now, isNews } = await newsSince(db, accountId, momentFrom(lastId));
    ahead = now.getTime() - Date.now();
    say({ name: 'hello', value: { missed: isNews } }, ahead);
    for (const message of early) say(message, ahead);
    return leave;
  } catch (error) {
    leave();
    throw error;
  }
}

function momentFrom(id: string | undefined): Date | undefined {
  return id && /^\d{12,14}$/.test(id) ? new Date(Number(id)) : undefined;
}
