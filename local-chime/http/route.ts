import { refuse } from '../errors.ts';
import { offeredOperations } from '../operations/offered-operations.ts';
import type { Operation } from '../operations/operation.ts';
import { otherOperations } from '../operations/other-operations.ts';

/** Where a request leads: to an operation, or to one that is not offered, whose name is undefined if Chime has none there. */
export type Route =
  | { operation: Operation; labels: Record<string, string>; query: string }
  | { operation: undefined; name: string | undefined };

/** An operation that is not offered; `constants` are the query parameters that belong to its address. */
type OtherOperation = { name: string; method: string; segments: string[]; constants: [string, string][] };

const others: OtherOperation[] = Object.entries(otherOperations).map(([name, address]) => {
  const [method = '', target = ''] = address.split(' ');
  const [path = '', query = ''] = target.split('?');
  return { name, method, segments: path.split('/').slice(1), constants: [...new URLSearchParams(query)] };
});

// A base address may end in a slash and may carry the `/console` of the API's first months.
const root = /^\/+(?:console\/+)?/;

/**
 * Finds the operation of a raw request target. Nothing is decoded or normalised before the path is cut into segments:
 * an ID such as `..`, or one with a slash in it, must not lead to another operation.
 */
export function routeOf(method: string, target: string): Route {
  const queryAt = target.indexOf('?');
  const path = queryAt < 0 ? target : target.slice(0, queryAt);
  const query = queryAt < 0 ? '' : target.slice(queryAt + 1);
  const segments = path.replace(root, '').split('/');
  const parameters = looseParameters(query);
  // `operation`, however it is spelled, names another operation than the path alone does: never fall through to an update.
  const operation = parameters.some(namesOperation)
    ? undefined
    : offeredOperations.find((candidate) => candidate.method === method && fits(candidate.segments, segments));
  if (operation) return { operation, labels: labelsOf(operation.segments, segments), query };
  return { operation, name: nameOfOther(method, segments, parameters) };
}

type Parameter = { name: string; encodedValue: string };

/** The parameters of a query by their decoded names; one that cannot be decoded stays as it is. */
function looseParameters(query: string): Parameter[] {
  return pairsOf(query).map(([name, encodedValue]) => ({ name: decoded(name) ?? name, encodedValue }));
}

function namesOperation({ name }: Parameter): boolean {
  return name.replaceAll('+', ' ').trim().toLowerCase() === 'operation';
}

function nameOfOther(method: string, segments: readonly string[], parameters: readonly Parameter[]) {
  const stated = parameters.filter(namesOperation).length;
  const found = others.find((other) => {
    if (other.method !== method || !fits(other.segments, segments)) return false;
    const wanted = other.constants.filter(([name]) => name === 'operation').length;
    return wanted === stated && other.constants.every(([name, value]) => has(parameters, name, value));
  });
  return found?.name;
}

function has(parameters: readonly Parameter[], name: string, value: string): boolean {
  return parameters.some((parameter) => parameter.name === name && decoded(parameter.encodedValue) === value);
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
  for (const pair of pairsOf(query)) {
    const [name = '', value = ''] = pair.map(
      (text) => decoded(text) ?? refuse('BadRequestException', `${text} is not percent-encoded UTF-8`),
    );
    if (values.has(name)) refuse('BadRequestException', `The parameter ${name} is given twice`);
    values.set(name, value);
  }
  return values;
}

function pairsOf(query: string): [string, string][] {
  const pairs = query.split('&').filter((pair) => pair !== '');
  return pairs.map((pair) => {
    const at = pair.indexOf('=');
    return at < 0 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)];
  });
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
