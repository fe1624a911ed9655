import { createHash, randomBytes } from 'node:crypto';
import { decode } from 'next-auth/jwt';
import type { Executor } from '../db/database.ts';
import { findSession, type Operator, openSession, revokeSession, touchSession } from './store.ts';

/** The session cookie's name; next-auth v4 prefixes it on https. */
export function sessionCookie(publicUrl: string): string {
  return publicUrl.startsWith('https:') ? '__Secure-next-auth.session-token' : 'next-auth.session-token';
}

/** Opens a session; the answer is its ID, which only the cookie holds. */
export async function beginSession(db: Executor, operatorId: string): Promise<string> {
  const id = randomBytes(32).toString('base64url');
  await openSession(db, hashOf(id), operatorId);
  return id;
}

/** The operator behind a session cookie, if the session is alive. The cookie alone proves nothing but which row to read. */
export async function operatorOf(
  db: Executor,
  secret: string,
  cookie: string | undefined,
): Promise<Operator | undefined> {
  const id = await sessionId(secret, cookie);
  return id === undefined ? undefined : touchSession(db, hashOf(id));
}

/** Whether the session behind a cookie is alive, without keeping it so. */
export async function isSessionAlive(db: Executor, secret: string, cookie: string | undefined): Promise<boolean> {
  const id = await sessionId(secret, cookie);
  return id !== undefined && (await findSession(db, hashOf(id))) !== undefined;
}

/** Ends the session behind a cookie, whatever else still holds the cookie; the answer is whose it was, if it was alive. */
export async function endSession(
  db: Executor,
  secret: string,
  cookie: string | undefined,
): Promise<Operator | undefined> {
  const id = await sessionId(secret, cookie);
  return id === undefined ? undefined : endSessionById(db, id);
}

/** The same for whoever has the session's ID out of its cookie already. */
export async function endSessionById(db: Executor, id: string): Promise<Operator | undefined> {
  const operator = await touchSession(db, hashOf(id));
  await revokeSession(db, hashOf(id));
  return operator;
}

async function sessionId(secret: string, cookie: string | undefined): Promise<string | undefined> {
  if (!cookie) return undefined;
  const token = await decode({ token: cookie, secret }).catch(() => null);
  return typeof token?.sessionId === 'string' ? token.sessionId : undefined;
}

const hashOf = (id: string) => createHash('sha256').update(id).digest('hex');
