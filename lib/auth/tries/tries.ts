import { createHmac } from 'node:crypto';
import { isIPv4, isIPv6 } from 'node:net';

/** What tries to sign in have in common, and how patient we are with it. */
export type TryKey = {
  hash: string;
  /** Whether the right password proves that all tries under it were its operator's own. */
  isOwn: boolean;
  /** So many tries may go wrong before the next has to wait. */
  free: number;
  /** The first wait, in seconds; each further try that goes wrong doubles it. Zero: it is only counted. */
  firstWait: number;
};

/** Who tries to sign in: under which name, from where, and from which browser, if it is one that has been let in before. */
export type Visitor = { username: string; address: string; browser: string | undefined };

/** Nobody waits longer than this, in seconds. */
export const longestWait = 15 * 60;

/** A name under which so many tries went wrong within the hour is under attack: strangers get less patience with it. */
export const attackAt = 50;

type Keys = { name: string; of: (isUnderAttack: boolean) => TryKey[] };

/**
 * What a try is counted under. A browser that has been let in under this name answers for itself alone, so that strangers cannot
 * keep its operator out; everybody else answers for their address, and for the name as tried from there.
 */
export function keysOf({ username, address, browser }: Visitor, secret: string): Keys {
  const hash = (kind: string, ...parts: string[]) =>
    createHmac('sha256', secret)
      .update(JSON.stringify([kind, ...parts]))
      .digest('base64url');
  const name = hash('name', username);
  if (browser !== undefined) {
    return { name, of: () => [{ hash: hash('browser', browser, username), isOwn: true, free: 4, firstWait: 1 }] };
  }
  const place = placeOf(address);
  return {
    name,
    of: (isUnderAttack) => [
      { hash: hash('address', place), isOwn: false, free: 10, firstWait: 1 },
      { hash: name, isOwn: false, free: 0, firstWait: 0 },
      isUnderAttack
        ? { hash: hash('name-from', username, place), isOwn: true, free: 1, firstWait: 8 }
        : { hash: hash('name-from', username, place), isOwn: true, free: 4, firstWait: 1 },
    ],
  };
}

/** What tries are counted by: IPv4 by address, IPv6 by /64 network, because one subscriber has 2^64 addresses. */
export function placeOf(address: string): string {
  const old = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address;
  if (isIPv4(old)) return old;
  if (!isIPv6(address)) return 'unknown';
  const [head = '', tail] = (address.toLowerCase().split('%', 1)[0] ?? '').split('::');
  const groups = (part: string) => (part === '' ? [] : part.split(':'));
  const [first, last] = [groups(head), tail === undefined ? [] : groups(tail)];
  const filled = tail === undefined ? first : [...first, ...Array(8 - first.length - last.length).fill('0'), ...last];
  return `${filled
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`;
}
