/**
 * What processes tell each other through PostgreSQL's NOTIFY.
 *
 * changed: these people's plans or facts are different now; without IDs there are too many to name.
 * sync: a listing has begun, got on, ended or failed.
 */
export type Event =
  | { kind: 'changed'; accountId: string; userIds: string[] | null }
  | { kind: 'sync'; accountId: string };

/** The most people that one event names: NOTIFY carries 8,000 bytes. */
export const maxNamed = 100;
