const statusByException: Record<string, number> = {
  BadRequestException: 400,
  UnauthorizedClientException: 401,
  ForbiddenException: 403,
  NotFoundException: 404,
  ThrottledClientException: 429,
  ServiceFailureException: 500,
  ServiceUnavailableException: 503,

  ResourceLimitExceededException: 400,
  AccessDeniedException: 403,
  ConflictException: 409,
  UnprocessableEntityException: 422,

  IncompleteSignature: 400,
  InvalidSignatureException: 403,
  MethodNotAllowedException: 405,
  RequestEntityTooLargeException: 413,
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
    this.status = more.status ?? statusByException[exception] ?? 400;
    this.headers = more.headers ?? {};
  }
}

/** Ends an operation with one of Chime's exceptions. */
export function refuse(exception: string, message: string): never {
  throw new ChimeException(exception, message);
}

const irregularCodes: Record<string, string> = {
  ThrottledClientException: 'Throttled',
  UnauthorizedClientException: 'Unauthorized',
  UnprocessableEntityException: 'Unprocessable',
};

/** The `ErrorCode` that goes with an exception: `NotFound` for `NotFoundException`. */
export function errorCode(exception: string): string {
  return irregularCodes[exception] ?? exception.replace(/Exception$/, '');
}
