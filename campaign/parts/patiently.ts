import { setTimeout as pause } from 'node:timers/promises';
import { isDatabaseAway } from '../../lib/db/database.ts';

/** Asks the database on our own behalf, and again where it is away for a moment: what it says is wanted, not how quickly. */
export async function patiently<T>(ask: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!isDatabaseAway(error)) throw error;
      await pause(500);
    }
  }
}
