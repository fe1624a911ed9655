import { refuse } from './errors.ts';
import type { Operation } from './operation.ts';
import { batchUpdateUser } from './operations/batch-update-user.ts';
import { getAccount } from './operations/get-account.ts';
import { getUser } from './operations/get-user.ts';
import { listAccounts } from './operations/list-accounts.ts';
import { listUsers } from './operations/list-users.ts';
import { updateUser } from './operations/update-user.ts';

const operations = [listAccounts, getAccount, listUsers, getUser, updateUser, batchUpdateUser];

export type Route =
  | { operation: Operation; labels: Record<string, string>; query: string }
  | { operation: undefined; allowed: string[] };

// A base address may end in a slash and may carry the `/console` of the API's first months.
const root = /^\/+(?:console\/+)?(?=accounts(?:\/|$))/;

/**
 * Finds the operation of a raw request target. Nothing is decoded or normalised before the path is cut into segments:
 * an ID such as `..`, or one with a slash in it, must not lead to another operation.
 */
export function routeOf(method: string, target: string): Route {
  const queryAt = target.indexOf('?');
  const path = queryAt < 0 ? target : target.slice(0, queryAt);
  const query = queryAt < 0 ? '' : target.slice(queryAt + 1);
  const none: Route = { operation: undefined, allowed: [] };
  if (!root.test(path)) return none;
  // `?operation=…` names one of the operations that are not offered here; it must not fall through to an update.
  if (/(?:^|&)operation(?:=|&|$)/.test(query)) return none;

  const segments = path.replace(root, '').split('/');
  const candidates = operations.filter((operation) => fits(operation.segments, segments));
  const operation = candidates.find((candidate) => candidate.method === method);
  if (!operation) return { operation, allowed: candidates.map((candidate) => candidate.method) };
  return { operation, labels: labelsOf(operation.segments, segments), query };
}

function fits(pattern: readonly string[], segments: readonly string[]): boolean {
  if (pattern.length !== segments.length) return false;
  return pattern.every((part, index) => part.startsWith('{') || part === segments[index]);
}

function labelsOf(pattern: readonly string[], segments: readonly string[]): Record<string, string> {
  const labels: Record<string, string> = {};
  pattern.forEach((part, index) => {
    if (part.startsWith('{')) labels[part.slice(1, -1)] = segments[index] ?? '';
  });
  return labels;
}

/** Labels without their percent-encoding; undefined if one of them is not UTF-8. */
export function decodeLabels(labels: Record<string, string>): Record<string, string> | undefined {
  try {
    return Object.fromEntries(Object.entries(labels).map(([name, value]) => [name, decodeURIComponent(value)]));
  } catch {
    return undefined;
  }
}

/** Query parameters by name; a plus sign is a plus sign. */
export function decodeQuery(query: string): Map<string, string> {
  const values = new Map<string, string>();
  for (const pair of query.split('&').filter((pair) => pair !== '')) {
    const at = pair.indexOf('=');
    const name = decodePercent(at < 0 ? pair : pair.slice(0, at));
    if (values.has(name)) refuse('BadRequestException', `The parameter ${name} is given twice`);
    values.set(name, at < 0 ? '' : decodePercent(pair.slice(at + 1)));
  }
  return values;
}

function decodePercent(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return refuse('BadRequestException', `${text} is not percent-encoded UTF-8`);
  }
}
