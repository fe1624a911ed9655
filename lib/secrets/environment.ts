import { readFileSync } from 'node:fs';

export type Environment = Record<string, string | undefined>;

/** What is wrong with the settings, on one line. */
export class BadSettings extends Error {
  override name = 'BadSettings';
}

/** Settings that may stand in a file, which `<name>_FILE` names. */
const secretNames = [
  'DATABASE_URL',
  'DATABASE_LOGIN_URL',
  'DATABASE_READ_URL',
  'NEXTAUTH_SECRET',
  'NEXTAUTH_SECRET_PREVIOUS',
  'AUDIT_KEY',
  'AUDIT_KEY_PREVIOUS',
  'OIDC_CLIENT_SECRET',
] as const;

/**
 * The environment of this process. What stands in files is read at the first call and takes the place of the name of its file, so
 * that a file which is replaced later counts from the next start on. Throws `BadSettings` that names every file that will not do.
 */
export function environment(): Environment {
  takeSecretFiles(process.env);
  return process.env;
}

/** The same for any environment, which it changes. A line end behind the secret is none of it. */
export function takeSecretFiles(env: Environment): void {
  const complaints = secretNames.flatMap((name) => {
    const complaint = takeSecretFile(env, name);
    return complaint === undefined ? [] : [`${name}_FILE: ${complaint}`];
  });
  if (complaints.length > 0) throw new BadSettings(`Bad settings: ${complaints.join('; ')}`);
}

function takeSecretFile(env: Environment, name: string): string | undefined {
  const file = env[`${name}_FILE`];
  if (!file) return undefined;
  if (env[name]) return `must not be set together with ${name}`;
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    return code === 'EISDIR' ? 'is a folder, not a file' : `cannot be read (${code})`;
  }
  const secret = text.replace(/\r?\n$/, '');
  if (secret === '') return 'the file is empty';
  if (/[\r\n\0]/.test(secret)) return 'the file must have one line';
  delete env[`${name}_FILE`];
  env[name] = secret;
  return undefined;
}
