/** Entries that were taken away by command, the first and the last of them, and the seal of the last. */
export type Cut = { first: string; last: string; hmac: string };

/** A cut as the entry that tells of it has it. */
export const cutText = ({ first, last, hmac }: Cut) => `${first} ${last} ${hmac}`;

/** The cut that an entry tells of; undefined for any other entry. */
export function cutFrom({ action, filter }: { action: string | null; filter: string | null }): Cut | undefined {
  if (action !== 'audit-cut') return undefined;
  const [, first, last, hmac] = /^([1-9]\d{0,18}) ([1-9]\d{0,18}) ([\w-]{43})$/.exec(filter ?? '') ?? [];
  return first && last && hmac ? { first, last, hmac } : undefined;
}
