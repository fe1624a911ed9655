import type { Freshness } from '../accounts/account.ts';

/**
 * What processes tell each other through PostgreSQL's NOTIFY, and what a page hears of it.
 *
 * changed: these people's plans or facts are different now; without IDs there are too many to name.
 * sync: a listing has begun, got on, ended or failed.
 */
export type Event =
  | { kind: 'changed'; accountId: string; userIds: string[] | null }
  | { kind: 'sync'; accountId: string };

/** The most people that one event names: NOTIFY carries 8,000 bytes. */
export const maxNamed = 100;

/** What the events route sends, each as one server-sent event of that name with its value as JSON. */
export type LiveMessage = {
  /** First after connecting; `missed` when something has happened since the event the browser last saw. */
  hello: { missed: boolean };
  changed: { userIds: string[] | null };
  sync: { freshness: Freshness };
};
