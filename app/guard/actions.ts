import { randomUUID } from 'node:crypto';
import { headers } from 'next/headers';
import { unstable_rethrow } from 'next/navigation';
import type { z } from 'zod';
import type { Attempt } from '../../lib/audit/attempt.ts';
import type { Operator } from '../../lib/auth/store.ts';
import { deps } from '../../lib/deps.ts';
import { Refusal } from '../../lib/failures.ts';
import { measured } from '../../lib/measured.ts';
import type { Permission } from '../../lib/operators/permissions.ts';
import { isOwnOrigin } from '../../lib/origin.ts';
import { refuseWhileRestored } from '../../lib/restores/store.ts';
import type { Result } from '../../lib/result.ts';
import { inSpan } from '../../lib/traces/spans.ts';
import {
  type Actor,
  auditRefusal,
  failureAt,
  parsed,
  requireOperator,
  requirePermission,
  requireScope,
  requireWithinRequestLimit,
  subjectOf,
} from './checks.ts';
import { currentOperator } from './session.ts';

/**
 * The door for server actions: own origin, live session, permission, a database that may be changed, input; then the use case. What it refuses, and what
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
    const facts = { 'carillon.request_id': requestId };
    return inSpan({ name: attempt, facts }, async (note) => {
      const result = await pass(raw, requestId);
      note({ 'carillon.outcome': result.ok ? 'ok' : result.failure.code });
      return result;
    });
  };

  async function pass(raw: Input, requestId: string): Promise<Result<Output>> {
    const begun = performance.now();
    const told = (result: Result<Output>) => {
      const outcome = result.ok ? 'ok' : result.failure.code;
      measured.emit('action', { action: attempt, outcome, seconds: (performance.now() - begun) / 1_000 });
      return result;
    };
    let operator: Operator | undefined;
    try {
      if (!isOwnOrigin((await headers()).get('origin'), deps().settings.PUBLIC_URL)) {
        throw new Refusal('wrong-origin', 'The request came from another site.');
      }
      operator = requireOperator(await currentOperator());
      requireWithinRequestLimit(operator);
      requirePermission(operator, needs);
      requireScope(operator, subjectOf(raw).accountId);
      await refuseWhileRestored(deps().db);
      return told({ ok: true, value: await run(parsed(shape, raw), { operator, requestId }) });
    } catch (error) {
      unstable_rethrow(error);
      await auditRefusal(error, operator && { attempt, operator, requestId, ...subjectOf(raw) });
      return told({ ok: false, failure: failureAt(error, requestId) });
    }
  }
}
