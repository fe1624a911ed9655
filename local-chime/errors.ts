type Kind = { status: number; code?: string };

/** The exceptions of the service model with their `ErrorCode`, and those that only the protocol has, which have none. */
const kinds: Record<string, Kind> = {
  BadRequestException: { status: 400, code: 'BadRequest' },
  UnauthorizedClientException: { status: 401, code: 'Unauthorized' },
  ForbiddenException: { status: 403, code: 'Forbidden' },
  NotFoundException: { status: 404, code: 'NotFound' },
  ThrottledClientException: { status: 429, code: 'Throttled' },
  ServiceFailureException: { status: 500, code: 'ServiceFailure' },
  ServiceUnavailableException: { status: 503, code: 'ServiceUnavailable' },

  ResourceLimitExceededException: { status: 400, code: 'ResourceLimitExceeded' },
  AccessDeniedException: { status: 403, code: 'AccessDenied' },
  ConflictException: { status: 409, code: 'Conflict' },
  UnprocessableEntityException: { status: 422, code: 'Unprocessable' },

  IncompleteSignature: { status: 400 },
  InvalidSignatureException: { status: 403 },
  UnknownOperationException: { status: 404 },
  NotAcceptableException: { status: 406 },
  RequestTimeoutException: { status: 408 },
  RequestEntityTooLargeException: { status: 413 },
  UnsupportedMediaTypeException: { status: 415 },
  RequestHeaderFieldsTooLargeException: { status: 431 },
};

/** A refusal as Chime names it; it leaves the service in the error envelope. */
export class ChimeException extends Error {
  override name = 'ChimeException';
  readonly exception: string;
  readonly status: number;
  readonly headers: Record<string, string>;

  constructor(exception: string, message: string, more: { status?: number; headers?: Record<string, string> } = {}) {
    super(message);
    this.exception = exception;
    this.status = more.status ?? kinds[exception]?.status ?? 400;
    this.headers = more.headers ?? {};
  }
}

/** Ends an operation with one of Chime's exceptions. */
export function refuse(exception: string, message: string): never {
  throw new ChimeException(exception, message);
}

/**
 * The `ErrorCode` that goes with an exception: `NotFound` for `NotFoundException`. None for one outside the service model:
 * older SDKs believe the body's code before the header's name, and then do not know the error.
 */
export function errorCode(exception: string): string | undefined {
  return kinds[exception]?.code;
}
