import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { type Environment, takeSecretFiles } from './environment.ts';

const folder = mkdtempSync(join(tmpdir(), 'carillon-secrets-'));
afterAll(() => rmSync(folder, { recursive: true }));

function fileWith(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

function taken(env: Environment): Environment {
  takeSecretFiles(env);
  return env;
}

test.each(['a secret of its own', 'a secret of its own\n', 'a secret of its own\r\n'])(
  'a secret in a file counts as if it were set, without the line end behind it: %j',
  (text) => {
    const env = taken({
      NEXTAUTH_SECRET_FILE: fileWith('secret', text),
      AUDIT_KEY: 'set',
      OIDC_CLIENT_SECRET_FILE: '',
    });
    expect(env).toEqual({ NEXTAUTH_SECRET: 'a secret of its own', AUDIT_KEY: 'set', OIDC_CLIENT_SECRET_FILE: '' });
    expect(taken({ ...env })).toEqual(env);
  },
);

test.each<[string, Environment, RegExp]>([
  [
    'both forms',
    { AUDIT_KEY: 'x', AUDIT_KEY_FILE: '/x' },
    /: AUDIT_KEY_FILE: must not be set together with AUDIT_KEY$/,
  ],
  ['a file that is not there', { DATABASE_URL_FILE: '/no/such' }, /: DATABASE_URL_FILE: cannot be read \(ENOENT\)$/],
  ['a folder', { AUDIT_KEY_PREVIOUS_FILE: folder }, /: AUDIT_KEY_PREVIOUS_FILE: is a folder, not a file$/],
  [
    'an empty file',
    { OIDC_CLIENT_SECRET_FILE: fileWith('empty', '\n') },
    /: OIDC_CLIENT_SECRET_FILE: the file is empty$/,
  ],
  [
    'two lines',
    { AUDIT_KEY_FILE: fileWith('two', 'hidden-one\nhidden-two\n') },
    /: AUDIT_KEY_FILE: the file must have one line$/,
  ],
  [
    'several at once',
    { NEXTAUTH_SECRET_FILE: '/no/such', NEXTAUTH_SECRET_PREVIOUS_FILE: folder },
    /: NEXTAUTH_SECRET_FILE: .*; NEXTAUTH_SECRET_PREVIOUS_FILE: /,
  ],
])('%s: refused in one line that names the setting and no secret', (_, env, complaint) => {
  expect(() => takeSecretFiles(env)).toThrow(complaint);
  expect(() => takeSecretFiles(env)).toThrow(/^Bad settings: (?!.*hidden)[^\n]*$/);
});
