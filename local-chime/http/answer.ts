import { log } from '../../lib/log/log.ts';
import { ChimeException, errorCode } from '../errors.ts';

/** What goes back over the wire, the request ID aside. */
export type Answer = { status: number; headers: Record<string, string>; body: string };

export function jsonAnswer(status: number, members: unknown, headers: Record<string, string> = {}): Answer {
  return { status, headers: { 'Content-Type': 'application/json', ...headers }, body: JSON.stringify(members) };
}

/** The error envelope: the exception by name in a header, its code and message in the body. */
export function errorAnswer({ exception, status, message, headers }: ChimeException): Answer {
  return jsonAnswer(
    status,
    { Code: errorCode(exception), Message: message },
    { 'x-amzn-ErrorType': exception, ...headers },
  );
}

export function htmlAnswer(status: number, title: string): Answer {
  return {
    status,
    headers: { 'Content-Type': 'text/html' },
    body: `<!doctype html><html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>\n`,
  };
}

/** Any failure as an answer; what nobody foresaw becomes ServiceFailureException. */
export function answerTo(error: unknown): Answer {
  if (error instanceof ChimeException) return errorAnswer(error);
  log.error({ err: error }, 'A request failed on our side');
  return errorAnswer(new ChimeException('ServiceFailureException', 'The service encountered an unexpected error.'));
}
