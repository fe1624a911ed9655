import { z } from 'zod';

/** IDs in paths and lists: at least one character that is not white space, and no step of a path (RFC 3986, 5.2.4). */
export const id = z
  .string()
  .regex(/\S/, 'must not be blank')
  .refine((text) => text !== '.' && text !== '..', 'must not be a step of a path');
export const email = z.string().refine(hasEmailForm, 'must be an e-mail address');
export const maxResults = z
  .string()
  .regex(/^\d{1,9}$/, 'must be a whole number')
  .transform(Number)
  .pipe(z.number().min(1).max(200))
  .default(100);

/**
 * Whether a text is what the service model's pattern for e-mail addresses, `.+@.+\..+`, finds a match in. As a regular
 * expression it takes cubic time to find none.
 */
export function hasEmailForm(text: string): boolean {
  return text.split(lineEnd).some((line) => {
    const at = line.indexOf('@', 1);
    return at > 0 && line.lastIndexOf('.', line.length - 2) > at + 1;
  });
}

const lineEnd = /[\n\r\u2028\u2029]/; // what a dot in a pattern does not match
