import type { Freshness } from '../accounts/account.ts';

/** What the events route sends, each as one server-sent event of that name with its value as JSON. */
export type LiveMessage = {
  /** First after connecting; `missed` when something has happened since the event the browser last saw. */
  hello: { missed: boolean };
  changed: { userIds: string[] | null };
  sync: { freshness: Freshness };
};
