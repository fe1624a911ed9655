import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';

/** By what a command beside `npm start` comes to the same database, rights, limits and audit. */
const names = [
  'DATABASE_URL',
  'DATABASE_LISTEN_URL',
  'PUBLIC_URL',
  'CHIME_ENDPOINT',
  'CHIME_REGION',
  'CHIME_ACCOUNTS',
  'CHIME_CONTROL_PORT',
  'BATCH_LIMITS',
  'NEXTAUTH_SECRET',
  'NEXTAUTH_SECRET_PREVIOUS',
  'AUDIT_KEY',
  'AUDIT_KEY_PREVIOUS',
  'AUDIT_CHECKPOINTS',
  'OIDC_ISSUER',
  'OIDC_CLIENT_ID',
  'OIDC_CLIENT_SECRET',
  'ACCESS_FILE',
  'UI_LANGUAGE',
] as const;

type Environment = Record<string, string | undefined>;

/** Leaves the settings of this installation for commands beside it. The file is for its owner alone. */
export function leaveSettings(home: string, env: Environment): void {
  const file = join(home, 'desk.env');
  const lines = names.flatMap((name) => (env[name] ? [`${name}=${quoted(env[name])}\n`] : []));
  writeFileSync(`${file}.new`, lines.join(''), { mode: 0o600 });
  renameSync(`${file}.new`, file); // a command that starts meanwhile never reads half of it
}

/** What has been left there; nothing where nobody has. */
export function leftSettings(home: string): Environment {
  const file = join(home, 'desk.env');
  return existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {};
}

/** Without quotes a "#" would begin a comment. */
function quoted(value: string): string {
  const quote = ["'", '"', '`'].find((one) => !value.includes(one)) ?? "'";
  return `${quote}${value}${quote}`;
}
