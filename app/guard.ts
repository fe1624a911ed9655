import { randomUUID } from 'node:crypto';
import { cookies, headers } from 'next/headers';
import { redirect, unstable_rethrow } from 'next/navigation';
import { z } from 'zod';
import { findAccount } from '../lib/accounts/store.ts';
import { recordEntry } from '../lib/audit/store.ts';
import { may, type Permission } from '../lib/auth/permissions.ts';
import { endSession, isSessionAlive, operatorOf, sessionCookie } from '../lib/auth/session.ts';
import type { Operator } from '../lib/auth/store.ts';
import { deps } from '../lib/deps.ts';
import { Refusal } from '../lib/failures.ts';
import { chimeId } from '../lib/id.ts';
import { log } from '../lib/log.ts';
import { isOwnOrigin } from '../lib/origin.ts';
import { failureFrom, type Result } from '../lib/result.ts';
import { statusByCode } from './status.ts';

/** Who is at the door, and the ID under which this request is logged and audited. */
export type Actor = { operator: Operator; requestId: string };

/** The same at a route, with the request as it came. */
export type Caller = Actor & { request: Request };

/**
 * The door for server actions: own origin, live session, permission, input; then the use case. What it refuses, and what
 * the use case refuses, is answered as a failure; what nobody expected is logged under the reference it answers with.
 */
export function operatorAction<Input, Output>(
  needs: Permission,
  shape: z.ZodType<Input>,
  run: (input: Input, actor: Actor) => Promise<Output>,
) {
  return async (raw: Input): Promise<Result<Output>> => {
    const requestId = randomUUID();
    try {
      if (!isOwnOrigin((await headers()).get('origin'), deps().settings.PUBLIC_URL)) {
        throw new Refusal('wrong-origin', 'The request came from another site.');
      }
      const operator = await requireOperator(needs, requestId, raw);
      return { ok: true, value: await run(parsed(shape, raw), { operator, requestId }) };
    } catch (error) {
      unstable_rethrow(error);
      return { ok: false, failure: failureAt(error, requestId) };
    }
  };
}

/**
 * The door for GET routes: same site, live session, permission, address, an account of ours where it is about one; then the answer. `shape` reads the parameters of
 * the path and of the query together; the path's win.
 */
export function operatorRoute<Input extends { accountId?: string }>(
  needs: Permission,
  shape: z.ZodType<Input>,
  run: (input: Input, caller: Caller) => Promise<Response>,
) {
  return async (request: Request, context: { params: Promise<Record<string, string>> }): Promise<Response> => {
    const requestId = randomUUID();
    try {
      if (!isSameSite(request.headers.get('sec-fetch-site'))) {
        throw new Refusal('wrong-origin', 'The request came from another site.');
      }
      const params = await context.params;
      const operator = await requireOperator(needs, requestId, params);
      const query = Object.fromEntries(new URL(request.url).searchParams);
      const input = parsed(shape, { ...query, ...params });
      if (input.accountId !== undefined) await requireAccount(input.accountId);
      return await run(input, { operator, requestId, request });
    } catch (error) {
      unstable_rethrow(error);
      const failure = failureAt(error, requestId);
      return answer({ failure }, statusByCode[failure.code]);
    }
  };
}

/** The door for pages: whoever is not signed in goes to the sign-in page and comes back to `path`. */
export async function pageOperator(path: string): Promise<Operator> {
  const operator = await currentOperator();
  return operator ?? redirect(`/sign-in?return=${encodeURIComponent(path)}`);
}

/** Ends the session at once, everywhere, and forgets its cookie. */
export async function endOwnSession(): Promise<void> {
  const { db, settings } = deps();
  const jar = await cookies();
  const name = sessionCookie(settings.PUBLIC_URL);
  const operator = await endSession(db, settings.NEXTAUTH_SECRET, jar.get(name)?.value);
  if (operator) await recordEntry(db, { action: 'sign-out', operator, requestId: randomUUID() });
  jar.delete(name);
}

/** A JSON answer that no cache keeps. */
export function answer(body: unknown, status = 200): Response {
  return Response.json(body, { status, headers: { 'cache-control': 'no-store' } });
}

/**
 * For answers that go on for long: asks later, as often as you like, whether the session of this request is still alive.
 * Asking does not keep it alive.
 */
export async function isStillWelcome(): Promise<() => Promise<boolean>> {
  const jar = await cookies();
  const { db, settings } = deps();
  const cookie = jar.get(sessionCookie(settings.PUBLIC_URL))?.value;
  return () => isSessionAlive(db, settings.NEXTAUTH_SECRET, cookie);
}

/** Who is signed in, if anybody. */
export async function currentOperator(): Promise<Operator | undefined> {
  const jar = await cookies(); // first of all: a page that asks for cookies is not drawn at build time
  const { db, settings } = deps();
  const cookie = jar.get(sessionCookie(settings.PUBLIC_URL))?.value;
  return operatorOf(db, settings.NEXTAUTH_SECRET, cookie);
}

async function requireOperator(needs: Permission, requestId: string, raw: unknown): Promise<Operator> {
  const operator = await currentOperator();
  if (!operator) throw new Refusal('signed-out', 'Nobody is signed in.');
  if (!may(operator.role, needs)) {
    const accountId = aboutAccount.safeParse(raw).data?.accountId;
    await recordEntry(deps().db, {
      action: 'denied',
      operator,
      requestId,
      accountId,
      why: needs,
      failure: 'not-allowed',
    });
    throw new Refusal('not-allowed', `The role ${operator.role} has no right to ${needs}.`);
  }
  return operator;
}

/** The account that a request is about, where it names one as accounts are named. */
const aboutAccount = z.object({ accountId: chimeId });

/** Refuses an account that Carillon does not look after. */
export async function requireAccount(accountId: string): Promise<void> {
  if (!(await findAccount(deps().db, accountId))) throw new Refusal('unknown-account', 'No such account.');
}

function parsed<Input>(shape: z.ZodType<Input>, raw: unknown): Input {
  const input = shape.safeParse(raw);
  if (input.success) return input.data;
  const [issue] = input.error.issues;
  throw new Refusal('invalid', `${issue?.path.join('.') || 'input'}: ${issue?.message ?? 'not understood'}`);
}

function failureAt(error: unknown, requestId: string) {
  if (!(error instanceof Refusal)) log.error({ err: error, requestId }, 'A request failed on our side');
  return failureFrom(error, requestId);
}

/** Browsers say where a request comes from; a link from elsewhere may open a page, but not read data. */
function isSameSite(site: string | null): boolean {
  return site === null || site === 'same-origin' || site === 'none';
}
