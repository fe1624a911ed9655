import { type Failure, Refusal } from './failures.ts';

/** What the door answers: a value, or a failure whose text the catalogue knows. */
export type Result<T> = { ok: true; value: T } | { ok: false; failure: Failure };

/** A refusal as the browser may hear it; anything else becomes `unexpected` with the reference under which it was logged. */
export function failureFrom(error: unknown, reference: string): Failure {
  const at = new Date().toISOString();
  return error instanceof Refusal
    ? { requestId: reference, ...error.facts, code: error.code, at }
    : { code: 'unexpected', at, requestId: reference };
}
