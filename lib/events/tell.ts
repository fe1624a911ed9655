import { notify } from '../db/channel.ts';
import type { Executor } from '../db/database.ts';
import { type Event, maxNamed } from './event.ts';

/** Tells every web instance what has happened, when and if the transaction commits. */
export async function tell(db: Executor, event: Event): Promise<void> {
  await notify(db, JSON.stringify(event.kind === 'changed' ? { ...event, userIds: named(event.userIds) } : event));
}

/** What calls the workers: there may be something to do. */
export const callToWork = JSON.stringify({ kind: 'work' });

/** Calls the workers when and if the transaction commits; they would find the work by themselves within a second. */
export async function callWorkers(db: Executor): Promise<void> {
  await notify(db, callToWork);
}

const named = (userIds: string[] | null) => (userIds && userIds.length <= maxNamed ? userIds : null);
