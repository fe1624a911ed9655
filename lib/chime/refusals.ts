import { type Failure, type FailureCode, Refusal } from '../failures.ts';

/**
 * What a failed call may have done to the person.
 * none: Chime certainly did not apply it. unclear: it may have been applied, reading back tells.
 * late: nobody waited for the end of it, so it may even be applied after a read-back.
 */
export type Effect = 'none' | 'unclear' | 'late';

/** Chime refused, or did not answer as it should: with the class, the retry advice and the request ID. */
export class ChimeRefusal extends Refusal {
  override name = 'ChimeRefusal';
  readonly effect: Effect;
  readonly retryAfterMs: number | undefined;

  constructor(
    code: FailureCode,
    effect: Effect,
    facts: { chime: NonNullable<Failure['chime']>; retryAfterMs?: number; cause?: unknown },
  ) {
    super(code, facts.chime.message ?? code, { chime: facts.chime }, { cause: facts.cause });
    this.effect = effect;
    this.retryAfterMs = facts.retryAfterMs;
  }
}

/** The parts of an AWS SDK error that we read; all of them may be missing. */
type SdkError = {
  name?: string;
  message?: string;
  code?: string;
  Code?: unknown;
  $metadata?: { httpStatusCode?: number; requestId?: string };
  $response?: { statusCode?: number; headers?: Record<string, string> };
};

const byStatus: Record<number, FailureCode> = {
  400: 'bad-request',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not-found',
  409: 'conflict-in-chime',
  410: 'retired',
  422: 'unprocessable',
  429: 'throttled',
  500: 'service-failure',
  502: 'unavailable',
  503: 'unavailable',
  504: 'unavailable',
};

/** Names that say more than their status does, with and without the ending `Exception` (the real service sent both). */
const byName: Record<string, FailureCode> = {
  AccessDenied: 'access-denied',
  ResourceLimitExceeded: 'resource-limit',
  Throttled: 'throttled',
  Throttling: 'throttled',
  ThrottledClient: 'throttled',
  // AWS refuses our key or our signature with these and a 403: that is our connection, not this change.
  InvalidSignature: 'unauthorized',
  SignatureDoesNotMatch: 'unauthorized',
  UnrecognizedClient: 'unauthorized',
  InvalidClientTokenId: 'unauthorized',
  ExpiredToken: 'unauthorized',
  RequestExpired: 'unauthorized',
  IncompleteSignature: 'unauthorized',
  CredentialsProviderError: 'unauthorized',
};

/** Failures to connect: not a byte of the request was sent. */
const neverSent = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'];

/** The refusal that was caught. Throws anything else on: a fault of ours is never told as one of Chime's. */
export function caughtRefusal(error: unknown): ChimeRefusal {
  if (error instanceof ChimeRefusal) return error;
  throw error;
}

/**
 * Turns an error of the AWS SDK into a refusal: by HTTP status first, then by name. For `chime.ts` alone. Throws on what
 * Carillon itself refused to send.
 */
export function refusalFrom(error: unknown): ChimeRefusal {
  if (error instanceof ChimeRefusal) return error;
  if (error instanceof Refusal) throw error;
  const sdkError: SdkError = error instanceof Error ? error : {};
  const httpStatus = sdkError.$metadata?.httpStatusCode ?? sdkError.$response?.statusCode;
  const chime = {
    ...(sdkError.name ? { code: sdkError.name } : {}),
    ...(sdkError.message ? { message: sdkError.message } : {}),
    ...(sdkError.$metadata?.requestId ? { requestId: sdkError.$metadata.requestId } : {}),
    ...(httpStatus ? { httpStatus } : {}),
  };
  if (httpStatus === undefined) return silence(sdkError, chime, error);
  const code = codeFor(httpStatus, sdkError);
  return new ChimeRefusal(code, effectOf(code, httpStatus), {
    chime,
    cause: error,
    retryAfterMs: retryAfterOf(sdkError.$response?.headers),
  });
}

/** The codes by which an answer about many people refuses one of them (API reference, `ErrorCode`). */
const byErrorCode: Record<string, FailureCode> = {
  BadRequest: 'bad-request',
  Unauthorized: 'unauthorized',
  Forbidden: 'forbidden',
  AccessDenied: 'access-denied',
  NotFound: 'not-found',
  Conflict: 'conflict-in-chime',
  PreconditionFailed: 'unprocessable',
  Unprocessable: 'unprocessable',
  ResourceLimitExceeded: 'resource-limit',
  Throttled: 'throttled',
  Throttling: 'throttled',
  ServiceFailure: 'service-failure',
  ServiceUnavailable: 'unavailable',
};

/** One person that an answer about many refuses; a fault of Chime's own may have come after the change was made. */
export function refusalOf(
  error: { ErrorCode: string | null; ErrorMessage: string | null },
  requestId: string | undefined,
): ChimeRefusal {
  const code = byErrorCode[error.ErrorCode ?? ''] ?? 'unknown-answer';
  const isFault = code === 'service-failure' || code === 'unavailable' || code === 'unknown-answer';
  return new ChimeRefusal(code, isFault ? 'unclear' : 'none', {
    chime: {
      httpStatus: 200,
      ...(error.ErrorCode ? { code: error.ErrorCode } : {}),
      ...(error.ErrorMessage ? { message: error.ErrorMessage } : {}),
      ...(requestId ? { requestId } : {}),
    },
  });
}

/** A 200 whose body says nothing, or nothing readable, about the person. */
export function unreadable(requestId: string | undefined): ChimeRefusal {
  return new ChimeRefusal('unreadable', 'unclear', {
    chime: { httpStatus: 200, ...(requestId ? { requestId } : {}), message: 'The answer named no user.' },
  });
}

function codeFor(httpStatus: number, error: SdkError): FailureCode {
  if (httpStatus < 300) return 'unreadable';
  const known = byName[shapeName(error)];
  if (known) return known;
  // Not JSON, so not from Chime but from something in between: only its status can be believed, and a 4xx of it not even that.
  if (error.name === 'SyntaxError' && httpStatus < 500 && httpStatus !== 410) return 'unknown-answer';
  return byStatus[httpStatus] ?? 'unknown-answer';
}

function shapeName(error: SdkError): string {
  return (error.name ?? '').replace(/^.*#/, '').replace(/Exception$/, '');
}

function effectOf(code: FailureCode, httpStatus: number): Effect {
  return httpStatus >= 500 || code === 'unreadable' || code === 'unknown-answer' ? 'unclear' : 'none';
}

function silence(error: SdkError, chime: NonNullable<Failure['chime']>, cause: unknown): ChimeRefusal {
  const known = byName[shapeName(error)];
  if (known) return new ChimeRefusal(known, 'none', { chime, cause });
  const named = { ...chime, ...(error.code ? { code: error.code } : {}) };
  if (neverSent.includes(error.code ?? '') || isConnectTimeout(error)) {
    return new ChimeRefusal(isRetiredHost(error) ? 'retired' : 'unavailable', 'none', { chime: named, cause });
  }
  const gaveUpWaiting = error.name === 'AbortError' || (error.name === 'TimeoutError' && error.code !== 'ECONNRESET');
  return new ChimeRefusal('no-answer', gaveUpWaiting && !isReset(error) ? 'late' : 'unclear', { chime: named, cause });
}

/** The AWS name of the service is gone from the DNS. */
function isRetiredHost({ code, message = '' }: SdkError): boolean {
  if (code !== 'ENOTFOUND') return false;
  return message.includes('chime.aws.amazon.com') || (/\bchime\b/.test(message) && message.includes('amazonaws.com'));
}

/** `@smithy/node-http-handler` words its connection timeout so; nothing had been sent. */
function isConnectTimeout(error: SdkError): boolean {
  return error.name === 'TimeoutError' && /establish|connection timeout/i.test(error.message ?? '');
}

/** The SDK names a reset `TimeoutError` too. */
function isReset(error: SdkError): boolean {
  return error.code === 'ECONNRESET' || error.code === 'EPIPE' || /socket hang up/.test(error.message ?? '');
}

/** `Retry-After` in seconds or as a date (RFC 9110, 10.2.3), as milliseconds from now. */
function retryAfterOf(headers: Record<string, string> | undefined): number | undefined {
  const value = headers?.['retry-after'];
  if (value === undefined) return undefined;
  const ms = /^\d+(\.\d+)?$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.now();
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}
