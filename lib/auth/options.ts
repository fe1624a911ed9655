import { randomUUID } from 'node:crypto';
import type { AuthOptions } from 'next-auth';
import Credentials from 'next-auth/providers/credentials';
import { recordEntry } from '../audit/store.ts';
import type { Database } from '../db/database.ts';
import { log } from '../log.ts';
import { verifyPassword } from './password.ts';
import { beginSession, endSessionById } from './session.ts';
import { findOperator } from './store.ts';

/** How next-auth signs operators in: by name and password, with a token that holds nothing but a random session ID. */
export function authOptions(db: Database, secret: string): AuthOptions {
  return {
    secret,
    session: { strategy: 'jwt', maxAge: 12 * 60 * 60 },
    pages: { signIn: '/sign-in', error: '/sign-in' },
    providers: [
      Credentials({
        credentials: { username: {}, password: {} },
        // What is thrown here would reach the address bar: every failure is null.
        authorize: (credentials) => signIn(db, credentials).catch(notSignedIn),
      }),
    ],
    callbacks: {
      // Called with `user` at sign-in only; nothing of a client's own is ever copied into the token.
      jwt: ({ token, user }) => (user ? { sessionId: user.id } : { sessionId: token.sessionId }),
      session: ({ session }) => ({ expires: session.expires }),
    },
    // next-auth has a sign-out address of its own, which only takes the cookie away.
    events: { signOut: ({ token }) => signOut(db, token.sessionId) },
    logger: {
      error: (code) => log.error({ code }, 'Sign-in failed on our side'),
      warn: (code) => log.warn({ code }, 'Sign-in warns'),
      debug: () => {},
    },
  };
}

/** The new session's ID, or null for whoever is not to come in. */
async function signIn(
  db: Database,
  credentials: Record<'username' | 'password', string> | undefined,
): Promise<{ id: string } | null> {
  const { username, password } = credentials ?? {};
  if (typeof username !== 'string' || typeof password !== 'string' || password.length > 1_000) return null;
  const operator = await findOperator(db, username.trim().replaceAll('\0', ''));
  const known = await verifyPassword(password, operator?.passwordHash);
  const requestId = randomUUID();
  if (!operator || !known) {
    await recordEntry(db, { action: 'sign-in', operator: operator ?? null, requestId, failure: 'not-allowed' });
    return null;
  }
  const id = await beginSession(db, operator.id);
  await recordEntry(db, { action: 'sign-in', operator, requestId });
  return { id };
}

async function signOut(db: Database, sessionId: unknown): Promise<void> {
  const operator = typeof sessionId === 'string' ? await endSessionById(db, sessionId) : undefined;
  if (operator) await recordEntry(db, { action: 'sign-out', operator, requestId: randomUUID() });
}

function notSignedIn(error: unknown): null {
  log.error({ err: error }, 'Nobody can sign in');
  return null;
}
