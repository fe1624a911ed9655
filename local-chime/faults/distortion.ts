import { z } from 'zod';
import { ChimeException } from '../errors.ts';
import { type Answer, errorAnswer, htmlAnswer, jsonAnswer } from '../http/answer.ts';
import type { Fault } from './faults.ts';

/** An answer, or a connection that breaks instead of one. */
export type Outcome = Answer | 'drop';

/** Runs an operation, or does not, as the fault asks, and gives the answer the fault makes of it. */
export async function distorted(fault: Fault | undefined, run: () => Promise<Answer>): Promise<Outcome> {
  switch (fault?.kind) {
    case 'error':
      if (fault.afterApplying) await run();
      return plantedError(fault);
    case 'drop':
      if (fault.when === 'after') await run();
      return 'drop';
    case 'empty':
      if (fault.apply) await run();
      return { status: 200, headers: { 'Content-Type': 'application/json' }, body: '' };
    case 'html':
      if (fault.apply) await run();
      return htmlAnswer(fault.status, `${fault.status} from a proxy`);
    case 'nulls':
      return rewritten(await run(), withNulls);
    case 'listing':
      return rewritten(await run(), (members) => otherListing(members, fault));
    case 'numeric-timestamps':
      return rewritten(await run(), withNumericTimestamps);
    default:
      return run();
  }
}

function plantedError({ error, status, retryAfterSeconds }: Extract<Fault, { kind: 'error' }>): Answer {
  const headers = retryAfterSeconds === undefined ? undefined : { 'Retry-After': `${retryAfterSeconds}` };
  return errorAnswer(new ChimeException(error, `Planted ${error}`, { status, headers }));
}

const membersShape = z.record(z.string(), z.unknown());

/** A successful answer with its members changed; a refusal stays what it is. */
function rewritten(answer: Answer, rewrite: (members: Record<string, unknown>) => Record<string, unknown>): Answer {
  if (answer.status !== 200) return answer;
  return jsonAnswer(200, rewrite(membersShape.parse(JSON.parse(answer.body))));
}

/** `{User: {UserId: null, …}}`: every member there, none filled. */
function withNulls(members: Record<string, unknown>): Record<string, unknown> {
  return mapMembers(members, (_, value) => {
    const inner = membersShape.safeParse(value);
    return inner.success ? mapMembers(inner.data, () => null) : null;
  });
}

/** A page of a list that leaves everybody out, names everybody twice, or goes on elsewhere. */
function otherListing(members: Record<string, unknown>, { users, nextToken }: Extract<Fault, { kind: 'listing' }>) {
  const named = Array.isArray(members.Users) ? members.Users : [];
  return {
    ...members,
    ...(users === 'none' ? { Users: [] } : {}),
    ...(users === 'twice' ? { Users: [...named, ...named] } : {}),
    ...(nextToken === undefined ? {} : { NextToken: nextToken }),
  };
}

const timestamps = ['RegisteredOn', 'InvitedOn', 'CreatedTimestamp'];

/** Seconds since 1970, as the API reference's syntax says, instead of the text that its model and clients want. */
function withNumericTimestamps(members: Record<string, unknown>): Record<string, unknown> {
  return mapMembers(members, (name, value) => {
    if (timestamps.includes(name) && typeof value === 'string') return Date.parse(value) / 1000;
    if (Array.isArray(value)) return value.map(inObject(withNumericTimestamps));
    return inObject(withNumericTimestamps)(value);
  });
}

function inObject(rewrite: (members: Record<string, unknown>) => Record<string, unknown>) {
  return (value: unknown) => {
    const inner = membersShape.safeParse(value);
    return inner.success ? rewrite(inner.data) : value;
  };
}

function mapMembers(members: Record<string, unknown>, change: (name: string, value: unknown) => unknown) {
  return Object.fromEntries(Object.entries(members).map(([name, value]) => [name, change(name, value)]));
}
