import { hostname, userInfo } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { openAuthConfig } from '../../lib/auth/auth-config.ts';
import { acceptRestore } from '../../lib/console/accept-restore.ts';
import { ConsoleRefused, consoleUser } from '../../lib/console/console-user.ts';
import { cutAudit } from '../../lib/console/cut-audit.ts';
import { examine } from '../../lib/console/examine.ts';
import {
  disableOperator,
  enableOperator,
  endAllSessions,
  revokeAnyToken,
  roleOf,
  signOutOperator,
} from '../../lib/console/keep-operators.ts';
import { listEveryToken, listOperators } from '../../lib/console/operators-store.ts';
import { replaceLostKey } from '../../lib/console/replace-lost-key.ts';
import { type Database, openDatabase } from '../../lib/db/database.ts';
import { connect } from '../../lib/deps.ts';
import { readSettings } from '../../lib/env.ts';
import { log } from '../../lib/log/log.ts';
import { isLoopbackHost } from '../../lib/origin.ts';
import { markRestored } from '../../lib/restores/store.ts';
import { environment } from '../../lib/secrets/environment.ts';
import { checkpointsHere, home, lineOf } from '../backups/command.ts';
import { openDatabaseHere } from '../backups/database-here.ts';
import { readKeys } from '../checks/keys.ts';
import { leftSettings } from '../left-settings.ts';
import { Mistake, readWish } from './admin-arguments.ts';

const usage = `npm run admin -- COMMAND   what an administrator of the machine may do; each act is in the audit

  operators list                 who uses Carillon, with user name or e-mail, role, and when they were last there
  operators disable NAME         keeps an operator out at once, also where the provider still names them
  operators enable NAME          lets them in again
  operators sign-out NAME        ends all of their sessions
  tokens list                    the tokens for the command line
  tokens revoke ID               ends one
  sessions end --all             ends the sessions of all operators
  doctor                         looks at everything that an installation needs; exit code 1 where something is not well
  mark-restored                  after a restore by a tool of your own, before anything is started
  accept-restore --why "…"       lets changes be made again after a restore

  replace-lost-key --why "…"     lets the audit continue with AUDIT_KEY where the key before it is lost
  audit cut --before DATE --why "…"
                                 removes the entries from before a day (UTC) permanently: export them first

mark-restored, replace-lost-key and audit cut take the DATABASE_URL of the login that owns the tables.
NAME is a user name, an e-mail, an ID, or a name that only one operator has. Beside npm start no setting is needed; elsewhere
it takes those of the web. Exit code: 0 done, 1 refused, 2 a mistake in the command.`;

type Connection = ReturnType<typeof connect>;
type Command = (connection: Connection, argument: string) => Promise<string[]>;
type OwnerCommand = (db: Database, argument: string, before: string) => Promise<string[]>;

const by = consoleUser(userInfo().username, hostname());

const moment = (at: Date | null) => at?.toISOString().slice(0, 16).replace('T', ' ') ?? 'never';

/** By how each is written; its argument is what stands in capitals. */
const commands: Record<string, Command> = {
  'operators list': async ({ db, settings }) => {
    const authConfig = openAuthConfig(settings);
    const rows = (await listOperators(db)).map((operator) => [
      operator.name,
      operator.login ?? operator.id,
      roleOf(authConfig, operator) ?? '-',
      moment(operator.seenAt),
      operator.disabledAt ? `disabled ${moment(operator.disabledAt)}` : `${operator.sessions} signed in`,
    ]);
    return inColumns([['Name', 'Login', 'Role', 'Last there (UTC)', ''], ...rows]);
  },
  'operators disable NAME': async ({ db, settings }, name) => [
    `${await disableOperator(db, openAuthConfig(settings), name, by)} is disabled`,
  ],
  'operators enable NAME': async ({ db }, name) => [`${await enableOperator(db, name, by)} can sign in again`],
  'operators sign-out NAME': async ({ db }, name) => {
    const { operator, sessions } = await signOutOperator(db, name, by);
    return [`${operator} is signed out of ${sessions} sessions`];
  },
  'tokens list': async ({ db }) => {
    const rows = (await listEveryToken(db)).map((token) => [
      token.id,
      token.name,
      token.operator,
      moment(token.lastUsedAt),
      moment(token.expiresAt),
    ]);
    return inColumns([['ID', 'Name', 'Operator', 'Last used (UTC)', 'Ends (UTC)'], ...rows]);
  },
  'tokens revoke ID': async ({ db }, id) => {
    if (!z.uuid().safeParse(id).success)
      throw new ConsoleRefused(`${id} is no ID of a token: npm run admin -- tokens list`);
    return [`The token “${await revokeAnyToken(db, id, by)}” is revoked`];
  },
  'sessions end --all': async ({ db }) => [`${await endAllSessions(db, by)} sessions have ended`],
  doctor: async (connection) => {
    const findings = await examine(connection, checkpointsHere());
    if (findings.some(({ isWell }) => !isWell)) process.exitCode = 1;
    return inColumns(findings.map(({ what, isWell, says }) => [isWell ? 'ok' : 'WRONG', what, says]));
  },
  'accept-restore --why WHY': async ({ db, settings }, why) => {
    const held = await acceptRestore(db, by, why);
    if (!held) throw new ConsoleRefused('No restore waits to be accepted');
    const address = settings.PUBLIC_URL;
    return [
      'Accepted: changes can be made again. All sessions and tokens have ended, and every account is listed again',
      `${held.batches} batches are paused: look at each, then resume or stop it at ${address}`,
      `${held.endings} plans whose time is over did not end: they are counted at “Batches” in the header`,
      `${held.plannedEndings} plans are to end later: some may have been removed after the backup`,
      'Operators who were disabled after the backup can sign in again: npm run admin -- operators list',
    ];
  },
};

/** The same for what only the owner of the tables can do. */
const ownerCommands: Record<string, OwnerCommand> = {
  'mark-restored': async (db) => [
    (await markRestored(db, 'console'))
      ? 'Marked: until accept-restore nothing can be changed, and workers send nothing to Chime'
      : 'It is marked already',
  ],
  'replace-lost-key --why WHY': async (db, why) => {
    await replaceLostKey(db, by, why);
    return ['The audit continues with AUDIT_KEY: what is sealed with the lost key can never be checked again'];
  },
  'audit cut --before DATE --why WHY': async (db, why, before) => {
    if (!z.iso.date().safeParse(before).success) throw new Mistake('--before takes a day such as 2025-12-31');
    const { first, last, entries } = await cutAudit(db, by, new Date(before), why);
    return [
      `${entries} entries, ${first} to ${last}, are removed; the newest entry says so, and what is left can be checked as before`,
    ];
  },
};

function inColumns(rows: string[][]): string[] {
  const widths = rows[0]?.map((_, at) => Math.max(...rows.map((row) => (row[at] ?? '').length))) ?? [];
  return rows.map((row) =>
    row
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

async function run(): Promise<string[]> {
  const wish = readWish(process.argv.slice(2), [...Object.keys(commands), ...Object.keys(ownerCommands)]);
  if (!wish) return [usage];
  const { name, argument, before = '' } = wish;
  const [command, ownerCommand] = [commands[name], ownerCommands[name]];
  if (command) return connected(command, argument);
  return ownerCommand ? asOwner(ownerCommand, argument, before) : [usage];
}

async function connected(command: Command, argument: string): Promise<string[]> {
  takeLeftSettings();
  const connection = connect(readSettings());
  try {
    return await command(connection, argument);
  } finally {
    await connection.db.destroy();
    connection.chime.disconnect();
  }
}

async function asOwner(command: OwnerCommand, argument: string, before: string): Promise<string[]> {
  const database = await openDatabaseHere(home); // before the settings that npm start has left: those are not the owner's
  takeLeftSettings();
  const db = openDatabase(database.url, 2);
  try {
    return await command(db, argument, before);
  } finally {
    await db.destroy();
    await database.stop();
  }
}

/** What `npm start` has left here, where this process has no such setting. */
function takeLeftSettings(): void {
  const own = environment();
  const isOurs = !own.CHIME_ENDPOINT && !own.AWS_ACCESS_KEY_ID;
  for (const [name, value] of Object.entries(leftSettings(home))) own[name] ||= value;
  if (isOurs && own.CHIME_ENDPOINT && isLoopbackHost(new URL(own.CHIME_ENDPOINT).hostname)) takeLocalChimeKeys(own);
}

/** Local Chime's keys are no settings that are left; a profile of somebody's real account would come before them. */
function takeLocalChimeKeys(own: Record<string, string | undefined>): void {
  const keys = readKeys(join(home, 'keys.env'));
  own.AWS_ACCESS_KEY_ID = keys.LOCAL_CHIME_ACCESS_KEY_ID;
  own.AWS_SECRET_ACCESS_KEY = keys.LOCAL_CHIME_SECRET_ACCESS_KEY;
  for (const name of ['AWS_SESSION_TOKEN', 'AWS_PROFILE']) delete own[name];
}

log.level = 'silent'; // what goes wrong is told here, to the person at the terminal
try {
  process.stdout.write(`${(await run()).join('\n')}\n`);
} catch (error) {
  process.stderr.write(`${lineOf(error)}\n`);
  process.exitCode = error instanceof Mistake ? 2 : 1;
}
