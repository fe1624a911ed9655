import type { IncomingMessage } from 'node:http';
import { refuse } from '../errors.ts';

const json = 'application/json';
const jsonRanges = [json, 'application/*', '*/*'];

/**
 * Refuses what the protocol tests of Smithy's restJson1 want refused: a body that is not sent as JSON, or is sent to an
 * operation that takes none (415), and a caller who does not take JSON for an answer (406).
 */
export function refuseOtherMediaTypes({ headers }: IncomingMessage, takesBody: boolean, bodyLength: number): void {
  const type = headers['content-type'];
  if (!takesBody && bodyLength > 0) {
    refuse('UnsupportedMediaTypeException', 'This operation takes no body');
  }
  if (takesBody && (type === undefined ? bodyLength > 0 : essenceOf(type) !== json)) {
    refuse('UnsupportedMediaTypeException', `The Content-Type must be ${json}`);
  }
  if (headers.accept && !headers.accept.split(',').some(acceptsJson)) {
    refuse('NotAcceptableException', `Answers are ${json}`);
  }
}

/** A media type or range without its parameters. */
function essenceOf(type: string): string {
  return (type.split(';', 1)[0] ?? '').trim().toLowerCase();
}

function acceptsJson(range: string): boolean {
  const weight = range.split(';').find((parameter) => parameter.trim().toLowerCase().startsWith('q='));
  return jsonRanges.includes(essenceOf(range)) && !(weight && Number(weight.trim().slice(2)) === 0);
}
