import { randomUUID } from 'node:crypto';
import { cookies, headers } from 'next/headers';
import { notFound, redirect, unstable_rethrow } from 'next/navigation';
import { cache } from 'react';
import { z } from 'zod';
import { isInScope } from '../lib/accounts/scope.ts';
import { findAccount } from '../lib/accounts/store.ts';
import type { Attempt } from '../lib/audit/attempt.ts';
import { type RefusedAttempt, recordRefusal } from '../lib/audit/record-refusal.ts';
import { recordEntry } from '../lib/audit/store.ts';
import { may, type Permission } from '../lib/auth/permissions.ts';
import {
  endOtherSessions,
  endSession,
  operatorOf,
  operatorStill,
  otherSessions,
  sessionCookie,
} from '../lib/auth/session.ts';
import type { Operator } from '../lib/auth/store.ts';
import { awayHeader } from '../lib/away.ts';
import { ChimeRefusal } from '../lib/chime/refusals.ts';
import { inTransaction, isDatabaseAway } from '../lib/db/database.ts';
import { authConfig, deps } from '../lib/deps.ts';
import { databaseRetry, Refusal } from '../lib/failures.ts';
import { chimeId } from '../lib/id.ts';
import { inputFrom } from '../lib/input-header.ts';
import { log } from '../lib/log/log.ts';
import { isOwnOrigin } from '../lib/origin.ts';
import { failureFrom, type Result } from '../lib/result.ts';
import { statusByCode } from './status.ts';

/** Who is at the door, and the ID under which this request is logged and audited. */
export type Actor = { operator: Operator; requestId: string };

/** The same at a route, with the request as it came. */
export type Caller = Actor & { request: Request };

/**
 * The door for server actions: own origin, live session, permission, input; then the use case. What it refuses, and what
 * the use case refuses, is in the audit as an `attempt` of the operator and answered as a failure; what nobody expected is logged
 * under the reference it answers with.
 */
export function operatorAction<Input, Output>(
  attempt: Attempt,
  needs: Permission,
  shape: z.ZodType<Input>,
  run: (input: Input, actor: Actor) => Promise<Output>,
) {
  return async (raw: Input): Promise<Result<Output>> => {
    const requestId = randomUUID();
    let operator: Operator | undefined;
    try {
      if (!isOwnOrigin((await headers()).get('origin'), deps().settings.PUBLIC_URL)) {
        throw new Refusal('wrong-origin', 'The request came from another site.');
      }
      operator = await requireOperator();
      requirePermission(operator, needs);
      requireScope(operator, subjectOf(raw).accountId);
      return { ok: true, value: await run(parsed(shape, raw), { operator, requestId }) };
    } catch (error) {
      unstable_rethrow(error);
      await auditRefusal(error, operator && { attempt, operator, requestId, ...subjectOf(raw) });
      return { ok: false, failure: failureAt(error, requestId) };
    }
  };
}

type RouteHandler = (
  request: Request,
  context: { params: Promise<Record<string, string | string[]>> },
) => Promise<Response>;

/**
 * The door for GET routes: same site, live session, permission, address, an account of ours where it is about one; then the answer. `shape` reads the parameters of
 * the path and of the query together; the path's win.
 */
export function operatorRoute<Input extends { accountId?: string }>(
  needs: Permission,
  shape: z.ZodType<Input>,
  run: (input: Input, caller: Caller) => Promise<Response>,
): RouteHandler {
  return routeFor(({ headers }) => isSameSite(headers.get('sec-fetch-site')), needs, shape, run);
}

/**
 * The door for POST routes, which take what a server action cannot: a body of any size, as it comes in. Own origin; else the
 * same. Parameters may also stand in the input header.
 */
export function operatorPost<Input extends { accountId?: string }>(
  needs: Permission,
  shape: z.ZodType<Input>,
  run: (input: Input, caller: Caller) => Promise<Response>,
): RouteHandler {
  const isOurs = ({ headers }: Request) => isOwnOrigin(headers.get('origin'), deps().settings.PUBLIC_URL);
  return routeFor(isOurs, needs, shape, run);
}

function routeFor<Input extends { accountId?: string }>(
  isOurs: (request: Request) => boolean,
  needs: Permission,
  shape: z.ZodType<Input>,
  run: (input: Input, caller: Caller) => Promise<Response>,
): RouteHandler {
  return async (request, context) => {
    const requestId = randomUUID();
    const given: Record<string, string | string[]> = {};
    let operator: Operator | undefined;
    try {
      if (!isOurs(request)) throw new Refusal('wrong-origin', 'The request came from another site.');
      Object.assign(given, Object.fromEntries(new URL(request.url).searchParams), inputFrom(request));
      Object.assign(given, await context.params);
      operator = await requireOperator();
      requirePermission(operator, needs);
      requireScope(operator, subjectOf(given).accountId);
      const input = parsed(shape, given);
      if (input.accountId !== undefined) await requireAccount(input.accountId);
      return await run(input, { operator, requestId, request });
    } catch (error) {
      unstable_rethrow(error);
      // What Chime answers to somebody who looks is no refusal of ours.
      const isOwn = !(error instanceof ChimeRefusal);
      if (isOwn) await auditRefusal(error, operator && { attempt: needs, operator, requestId, ...subjectOf(given) });
      const failure = failureAt(error, requestId);
      const response = answer({ failure }, statusByCode[failure.code]);
      if (failure.code === 'no-database') response.headers.set('retry-after', databaseRetry);
      return response;
    }
  };
}

/**
 * The door for pages: who is not signed in goes to the sign-in page and comes back to `path`. A page about an account that
 * is not in the operator's scope is not there, nor is one of no account's name, nor one that needs a right they have not.
 */
export async function pageOperator(path: string, accountId?: string, needs?: Permission): Promise<Operator> {
  const operator = (await currentOperator()) ?? redirect(`/sign-in?return=${encodeURIComponent(path)}`);
  if (accountId !== undefined && !chimeId.safeParse(accountId).success) notFound();
  try {
    if (needs !== undefined) requirePermission(operator, needs);
    requireScope(operator, accountId);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    await auditRefusal(error, { attempt: needs ?? 'users:view', operator, requestId: randomUUID(), accountId });
    notFound();
  }
  return operator;
}

/** Ends the session at once, everywhere, and forgets its cookie. */
export async function endOwnSession(): Promise<void> {
  const { db, settings } = deps();
  const operator = await endSession(db, authConfig(), await ownCookie());
  if (operator) await recordEntry(db, { action: 'sign-out', operator, requestId: randomUUID() });
  const isEncrypted = settings.PUBLIC_URL.startsWith('https:');
  // As it was set: browsers take nothing of this name over https that is not marked so, not even its end.
  (await cookies()).delete({
    name: sessionCookie(settings.PUBLIC_URL),
    path: '/',
    secure: isEncrypted,
    httpOnly: true,
    sameSite: 'lax',
  });
}

/** How many other sessions of this operator's are alive. */
export async function countOwnOtherSessions(operator: Operator): Promise<number> {
  return otherSessions(deps().db, authConfig(), await ownCookie(), operator);
}

/** Ends them, at once and everywhere; the answer is how many there were. */
export async function endOwnOtherSessions({ operator, requestId }: Actor): Promise<number> {
  const cookie = await ownCookie();
  return inTransaction(deps().db, async (step) => {
    const ended = await endOtherSessions(step, authConfig(), cookie, operator);
    if (ended > 0) {
      await recordEntry(step, { action: 'sign-out', operator, requestId, why: `other sessions: ${ended}` });
    }
    return ended;
  });
}

async function ownCookie(): Promise<string | undefined> {
  const jar = await cookies(); // first of all: a page that asks for cookies is not drawn at build time
  return jar.get(sessionCookie(deps().settings.PUBLIC_URL))?.value;
}

/** A JSON answer that no cache keeps. */
export function answer(body: unknown, status = 200): Response {
  return Response.json(body, { status, headers: { 'cache-control': 'no-store' } });
}

/**
 * For answers that go on for long: asks later, as often as you like, whether the session of this request is still alive, and
 * the account still in its scope. Asking does not keep it alive.
 */
export async function isStillWelcome(accountId: string): Promise<() => Promise<boolean>> {
  const cookie = await ownCookie();
  return async () => {
    const operator = await operatorStill(deps().db, authConfig(), cookie);
    return operator !== undefined && may(operator, 'users:view') && isInScope(operator.accounts, accountId);
  };
}

/** Who is signed in, if anybody; asked once for all parts of a page. Asking keeps the session alive, unless a page asks by itself. */
export const currentOperator = cache(async (): Promise<Operator | undefined> => {
  const cookie = await ownCookie();
  const given = await headers();
  const isUnattended = given.has(awayHeader) || given.get('accept') === 'text/event-stream';
  return (isUnattended ? operatorStill : operatorOf)(deps().db, authConfig(), cookie);
});

async function requireOperator(): Promise<Operator> {
  const operator = await currentOperator();
  if (!operator) throw new Refusal('signed-out', 'Nobody is signed in.');
  return operator;
}

function requirePermission(operator: Operator, needs: Permission): void {
  if (!may(operator, needs)) throw new Refusal('not-allowed', `The role ${operator.role} does not allow it.`);
}

/** Refuses an account outside the operator's scope in the same words as one that does not exist. */
function requireScope(operator: Operator, accountId: string | undefined): void {
  if (accountId === undefined || isInScope(operator.accounts, accountId)) return;
  throw new Refusal('unknown-account', 'No such account.');
}

/** What a request is about, as far as it names that as we do. */
function subjectOf(raw: unknown) {
  const named = z.record(z.string(), z.unknown()).safeParse(raw).data ?? {};
  return {
    accountId: chimeId.safeParse(named.accountId).data,
    userId: chimeId.safeParse(named.userId).data,
    changeId: z.uuid().safeParse(named.changeId).data,
    batchId: z.uuid().safeParse(named.batchId).data,
  };
}

/** The one place where what is refused to an operator comes into the audit. An entry that cannot be written is in the log. */
async function auditRefusal(error: unknown, refused: RefusedAttempt | undefined): Promise<void> {
  if (!(error instanceof Refusal) || !refused) return;
  await recordRefusal(deps().db, refused, error).catch((err: unknown) =>
    log.error({ err, requestId: refused.requestId }, 'A refused attempt could not be written to the audit'),
  );
}

/** Refuses an account that Carillon does not look after. */
export async function requireAccount(accountId: string): Promise<void> {
  if (!(await findAccount(deps(), accountId))) throw new Refusal('unknown-account', 'No such account.');
}

function parsed<Input>(shape: z.ZodType<Input>, raw: unknown): Input {
  const input = shape.safeParse(raw);
  if (input.success) return input.data;
  const [issue] = input.error.issues;
  throw new Refusal('invalid', `${issue?.path.join('.') || 'input'}: ${issue?.message ?? 'not understood'}`);
}

function failureAt(error: unknown, requestId: string) {
  if (!(error instanceof Refusal)) log.error({ err: error, requestId }, 'A request failed on our side');
  const isAway = isDatabaseAway(error);
  return failureFrom(isAway ? new Refusal('no-database', 'The database cannot be reached.') : error, requestId);
}

/** Browsers say where a request comes from; a link from elsewhere may open a page, but not read data. */
function isSameSite(site: string | null): boolean {
  return site === null || site === 'same-origin' || site === 'none';
}
