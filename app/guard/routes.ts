import { randomUUID } from 'node:crypto';
import { unstable_rethrow } from 'next/navigation';
import type { z } from 'zod';
import type { Operator } from '../../lib/auth/store.ts';
import { ChimeRefusal } from '../../lib/chime/refusals.ts';
import { deps } from '../../lib/deps.ts';
import { databaseRetry, Refusal } from '../../lib/failures.ts';
import { inputFrom } from '../../lib/input-header.ts';
import type { Permission } from '../../lib/operators/permissions.ts';
import { isOwnOrigin } from '../../lib/origin.ts';
import { refuseWhileRestored } from '../../lib/restores/store.ts';
import { inSpan } from '../../lib/traces/spans.ts';
import { statusByCode } from '../status.ts';
import {
  type Actor,
  auditRefusal,
  failureAt,
  parsed,
  requireAccount,
  requireOperator,
  requirePermission,
  requireScope,
  requireWithinRequestLimit,
  subjectOf,
} from './checks.ts';
import { currentOperator } from './session.ts';

/** The same at a route, with the request as it came. */
export type Caller = Actor & { request: Request };

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
  const isOurs = ({ headers }: Request) => isSameSite(headers.get('sec-fetch-site'));
  return routeFor({ isOurs, changes: false }, needs, shape, run);
}

/**
 * The door for POST routes, which take what a server action cannot: a body of any size, as it comes in. Own origin, and a database that
 * may be changed; else the same. Parameters may also stand in the input header.
 */
export function operatorPost<Input extends { accountId?: string }>(
  needs: Permission,
  shape: z.ZodType<Input>,
  run: (input: Input, caller: Caller) => Promise<Response>,
): RouteHandler {
  const isOurs = ({ headers }: Request) => isOwnOrigin(headers.get('origin'), deps().settings.PUBLIC_URL);
  return routeFor({ isOurs, changes: true }, needs, shape, run);
}

function routeFor<Input extends { accountId?: string }>(
  { isOurs, changes }: { isOurs: (request: Request) => boolean; changes: boolean },
  needs: Permission,
  shape: z.ZodType<Input>,
  run: (input: Input, caller: Caller) => Promise<Response>,
): RouteHandler {
  return async (request, context) => {
    const requestId = randomUUID();
    const facts = { 'carillon.request_id': requestId, 'http.request.method': request.method };
    return inSpan({ name: needs, facts }, async (note) => {
      const response = await pass(request, context, requestId);
      note({ 'http.response.status_code': response.status });
      return response;
    });
  };

  async function pass(request: Request, context: Parameters<RouteHandler>[1], requestId: string): Promise<Response> {
    const given: Record<string, string | string[]> = {};
    let operator: Operator | undefined;
    try {
      if (!isOurs(request)) throw new Refusal('wrong-origin', 'The request came from another site.');
      Object.assign(given, Object.fromEntries(new URL(request.url).searchParams), inputFrom(request));
      Object.assign(given, await context.params);
      operator = requireOperator(await currentOperator());
      requireWithinRequestLimit(operator);
      requirePermission(operator, needs);
      requireScope(operator, subjectOf(given).accountId);
      if (changes) await refuseWhileRestored(deps().db);
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
      if (failure.requests) response.headers.set('retry-after', String(failure.requests.waitSeconds));
      return response;
    }
  }
}

/** A JSON answer that no cache keeps. */
export function answer(body: unknown, status = 200): Response {
  return Response.json(body, { status, headers: { 'cache-control': 'no-store' } });
}

/** Browsers say where a request comes from; a link from elsewhere may open a page, but not read data. */
function isSameSite(site: string | null): boolean {
  return site === null || site === 'same-origin' || site === 'none';
}
