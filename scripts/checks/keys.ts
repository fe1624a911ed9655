import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { parseEnv } from 'node:util';

export type Keys = Record<keyof typeof makers, string>;

const secret = () => randomBytes(32).toString('base64url');

const makers = {
  NEXTAUTH_SECRET: secret,
  AUDIT_KEY: secret,
  LOCAL_CHIME_ACCESS_KEY_ID: () => `CARILLON${randomBytes(6).toString('hex').toUpperCase()}`,
  LOCAL_CHIME_SECRET_ACCESS_KEY: secret,
  LOCAL_CHIME_CONTROL_TOKEN: secret,
};

/** The keys that are there; nothing where no installation has made any. */
export function readKeys(file: string): Record<string, string | undefined> {
  return existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {};
}

/** Reads this installation's own keys, making those that are missing. The file is for its owner alone. */
export function provideKeys(file: string): { keys: Keys; made: boolean } {
  const kept = readKeys(file);
  const key = (name: keyof typeof makers) => kept[name] || makers[name]();
  const keys: Keys = {
    NEXTAUTH_SECRET: key('NEXTAUTH_SECRET'),
    AUDIT_KEY: key('AUDIT_KEY'),
    LOCAL_CHIME_ACCESS_KEY_ID: key('LOCAL_CHIME_ACCESS_KEY_ID'),
    LOCAL_CHIME_SECRET_ACCESS_KEY: key('LOCAL_CHIME_SECRET_ACCESS_KEY'),
    LOCAL_CHIME_CONTROL_TOKEN: key('LOCAL_CHIME_CONTROL_TOKEN'),
  };
  const lines = Object.entries(keys).map(([name, value]) => `${name}=${value}\n`);
  const made = Object.entries(keys).some(([name, value]) => kept[name] !== value);
  if (made) {
    writeFileSync(`${file}.new`, lines.join(''), { mode: 0o600 });
    renameSync(`${file}.new`, file); // never half a file: the audit log cannot be checked without its key
  }
  return { keys, made };
}
