import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { decode } from 'next-auth/jwt';
import { recordEntry } from '../audit/store.ts';
import type { Executor } from '../db/database.ts';
import { type AuthConfig, accessAt } from './auth-config.ts';
import {
  countOtherSessions,
  findSession,
  type Operator,
  openSession,
  revokeSession,
  revokeSessionsOf,
  touchSession,
} from './store.ts';

/** The session cookie's name. With the prefix, browsers take it from this very host only, and over https. */
export function sessionCookie(publicUrl: string): string {
  return publicUrl.startsWith('https:') ? '__Host-next-auth.session-token' : 'next-auth.session-token';
}

/** The cookie in which next-auth keeps where somebody wants to go after signing in. */
export function callbackCookie(publicUrl: string): string {
  return publicUrl.startsWith('https:') ? '__Host-next-auth.callback-url' : 'next-auth.callback-url';
}

/** Opens a session; the answer is its ID, which only the cookie holds. */
export async function beginSession(
  db: Executor,
  operatorId: string,
  groups: readonly string[] | null = null,
): Promise<string> {
  const id = randomBytes(32).toString('base64url');
  await openSession(db, hashOf(id), operatorId, groups);
  return id;
}

/** The operator behind a session cookie, if the session is alive. The cookie alone proves nothing but which row to read. */
export async function operatorOf(
  db: Executor,
  authConfig: AuthConfig,
  cookie: string | undefined,
): Promise<Operator | undefined> {
  const id = await sessionId(authConfig, cookie);
  return id === undefined ? undefined : operatorIn(db, authConfig, id, { keepAlive: true });
}

/** The same without keeping the session alive. */
export async function operatorStill(
  db: Executor,
  authConfig: AuthConfig,
  cookie: string | undefined,
): Promise<Operator | undefined> {
  const id = await sessionId(authConfig, cookie);
  return id === undefined ? undefined : operatorIn(db, authConfig, id, { keepAlive: false });
}

/** Ends the session behind a cookie, whatever else still holds the cookie; the answer is whose it was, if it was alive. */
export async function endSession(
  db: Executor,
  authConfig: AuthConfig,
  cookie: string | undefined,
): Promise<Operator | undefined> {
  const id = await sessionId(authConfig, cookie);
  return id === undefined ? undefined : endSessionById(db, authConfig, id);
}

/** The same for a caller that has the session's ID out of its cookie already. */
export async function endSessionById(db: Executor, authConfig: AuthConfig, id: string): Promise<Operator | undefined> {
  const operator = await operatorIn(db, authConfig, id, { keepAlive: false });
  await revokeSession(db, hashOf(id));
  return operator;
}

/** Ends the session that a browser had before somebody signed in over it, with its entry in the audit. */
export async function endSessionBefore(
  db: Executor,
  authConfig: AuthConfig,
  cookie: string | undefined,
): Promise<void> {
  const operator = await endSession(db, authConfig, cookie);
  if (operator)
    await recordEntry(db, { action: 'sign-out', operator, requestId: randomUUID(), why: 'signed in again' });
}

/** How many other sessions the operator behind a cookie has. */
export async function otherSessions(
  db: Executor,
  authConfig: AuthConfig,
  cookie: string | undefined,
  { id: operatorId }: Operator,
): Promise<number> {
  const id = await sessionId(authConfig, cookie);
  return id === undefined ? 0 : countOtherSessions(db, operatorId, hashOf(id));
}

/** Ends them, at once and everywhere; the answer is how many there were. */
export async function endOtherSessions(
  db: Executor,
  authConfig: AuthConfig,
  cookie: string | undefined,
  { id: operatorId }: Operator,
): Promise<number> {
  const id = await sessionId(authConfig, cookie);
  return id === undefined ? 0 : revokeSessionsOf(db, operatorId, hashOf(id));
}

async function operatorIn(
  db: Executor,
  authConfig: AuthConfig,
  id: string,
  { keepAlive }: { keepAlive: boolean },
): Promise<Operator | undefined> {
  const session = await findSession(db, hashOf(id));
  const access = session && accessAt(authConfig, session);
  if (!access) return undefined;
  if (keepAlive && session.idle) await touchSession(db, hashOf(id));
  return { id: session.operator.id, name: session.operator.name, groups: session.groups, ...access };
}

async function sessionId({ secrets }: AuthConfig, cookie: string | undefined): Promise<string | undefined> {
  if (!cookie) return undefined;
  const token = await openToken(secrets, cookie);
  return typeof token?.sessionId === 'string' ? token.sessionId : undefined;
}

/** What a cookie holds, sealed with any of the secrets; null for one that none of them has sealed, or that is too old. */
export async function openToken(secrets: readonly string[], token: string | undefined, salt?: string) {
  if (!token) return null;
  for (const secret of secrets) {
    const opened = await decode({ token, secret, salt }).catch(() => null);
    if (opened) return opened;
  }
  return null;
}

const hashOf = (id: string) => createHash('sha256').update(id).digest('hex');
