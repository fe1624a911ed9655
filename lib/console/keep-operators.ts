import { randomUUID } from 'node:crypto';
import { appendEntries } from '../audit/append-entries.ts';
import type { AuditAction } from '../audit/entry.ts';
import { type AuthConfig, accessAt } from '../auth/auth-config.ts';
import { revokeSessionsOf } from '../auth/store.ts';
import type { Database, Executor } from '../db/database.ts';
import type { Role } from '../operators/roles.ts';
import { endEverySession } from '../restores/store.ts';
import { ConsoleRefused, type ConsoleUser } from './console-user.ts';
import { endAnyToken, holdOperators, type KnownOperator, listOperators, setDisabled } from './operators-store.ts';

/** What an operator may do when they sign in as they did last; undefined for nothing, or where nobody knows. */
export function roleOf(authConfig: AuthConfig, operator: KnownOperator): Role | undefined {
  return accessAt(authConfig, { operator, groups: operator.groups })?.role;
}

/** The one operator whose user name, e-mail, ID or name this is, case aside. Throws `ConsoleRefused` for none and for several. */
export function operatorNamed(operators: readonly KnownOperator[], named: string): KnownOperator {
  const wanted = named.trim().toLowerCase();
  const is = (text: string | null) => text?.toLowerCase() === wanted;
  const exact = operators.filter(({ id, login }) => is(id) || is(login));
  const found = exact.length > 0 ? exact : operators.filter(({ name }) => is(name));
  const [operator, ...others] = found;
  if (!operator) throw new ConsoleRefused(`No operator is called “${named}”: npm run admin -- operators list`);
  if (others.length === 0) return operator;
  const ids = found.map(({ id, login }) => login ?? id).join(', ');
  throw new ConsoleRefused(`${found.length} operators are called “${named}”: name one of ${ids}`);
}

const called = ({ name, login, id }: KnownOperator) => `${name} (${login ?? id})`;

/**
 * Keeps an operator out from now on: their sessions end, their tokens and batches with the next look at them. Answers who it was. Throws
 * `ConsoleRefused` for the last admin who could come in.
 */
export function disableOperator(db: Database, authConfig: AuthConfig, named: string, by: ConsoleUser): Promise<string> {
  return db.transaction().execute(async (trx) => {
    await holdOperators(trx);
    const operators = await listOperators(trx);
    const operator = operatorNamed(operators, named);
    const admins = operators.filter((one) => one.disabledAt === null && roleOf(authConfig, one) === 'admin');
    if (admins.length === 1 && admins[0]?.id === operator.id) {
      throw new ConsoleRefused(
        `${called(operator)} is the last admin who can sign in: enable or add another one first`,
      );
    }
    await setDisabled(trx, operator.id, true);
    await revokeSessionsOf(trx, operator.id);
    await record(trx, 'operator-disable', called(operator), by);
    return called(operator);
  });
}

/** Lets an operator in again; answers who it was. */
export function enableOperator(db: Database, named: string, by: ConsoleUser): Promise<string> {
  return db.transaction().execute(async (trx) => {
    const operator = operatorNamed(await listOperators(trx), named);
    await setDisabled(trx, operator.id, false);
    await record(trx, 'operator-enable', called(operator), by);
    return called(operator);
  });
}

/** Ends every session of an operator; answers who it was, and how many were alive. */
export function signOutOperator(
  db: Database,
  named: string,
  by: ConsoleUser,
): Promise<{ operator: string; sessions: number }> {
  return db.transaction().execute(async (trx) => {
    const operator = operatorNamed(await listOperators(trx), named);
    const sessions = await revokeSessionsOf(trx, operator.id);
    await record(trx, 'operator-sign-out', called(operator), by);
    return { operator: called(operator), sessions };
  });
}

/** Ends a token; answers its name. Throws `ConsoleRefused` where no good one has this ID. */
export function revokeAnyToken(db: Database, id: string, by: ConsoleUser): Promise<string> {
  return db.transaction().execute(async (trx) => {
    const name = await endAnyToken(trx, id);
    if (name === undefined) throw new ConsoleRefused(`No token has the ID ${id}: npm run admin -- tokens list`);
    await appendEntries(trx, [
      {
        action: 'token-revoke',
        outcome: 'applied',
        requestId: randomUUID(),
        why: name,
        tokenId: id,
        tokenName: name,
        ...by,
      },
    ]);
    return name;
  });
}

/** Ends the sessions of all operators, not their tokens; answers how many were alive. */
export function endAllSessions(db: Database, by: ConsoleUser): Promise<number> {
  return db.transaction().execute(async (trx) => {
    const ended = await endEverySession(trx);
    await record(trx, 'sessions-end', `${ended} sessions`, by);
    return ended;
  });
}

async function record(trx: Executor, action: AuditAction, why: string, by: ConsoleUser): Promise<void> {
  await appendEntries(trx, [{ action, outcome: 'applied', requestId: randomUUID(), why, ...by }]);
}
