import { randomBytes } from 'node:crypto';
import { encode } from 'next-auth/jwt';
import { openToken } from '../session.ts';

/** The cookie by which a browser shows that an operator has been let in with it before. It opens nothing. */
export function browserCookie(publicUrl: string): string {
  return publicUrl.startsWith('https:') ? '__Host-carillon.browser' : 'carillon.browser';
}

const salt = 'carillon.browser';

/** Seconds a browser is known for after its operator was let in. */
export const knownFor = 90 * 24 * 60 * 60;

/** The cookie's value for a browser in which this operator was let in. */
export function sealBrowser(secret: string, username: string, id = randomBytes(16).toString('base64url')) {
  return encode({ token: { browser: id, username }, secret, salt, maxAge: knownFor });
}

/** The ID of the browser, where its cookie is ours and was made for this user name. */
export async function browserFrom(
  secrets: readonly string[],
  cookie: string | undefined,
  username: string,
): Promise<string | undefined> {
  if (!cookie) return undefined;
  const token = await openToken(secrets, cookie, salt);
  return token?.username === username && typeof token.browser === 'string' ? token.browser : undefined;
}
