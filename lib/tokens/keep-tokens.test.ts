import { createHash, randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { withDatabase } from '../../testing/database.ts';
import { everything } from '../audit/filter.ts';
import { pageOfEntries } from '../audit/store.ts';
import type { AccessRules } from '../auth/access.ts';
import type { AuthConfig } from '../auth/auth-config.ts';
import { signInByProvider } from '../auth/provider/sign-in-by-provider.ts';
import { SignInRefused } from '../auth/sign-in-failure.ts';
import type { Operator } from '../auth/store.ts';
import type { Database } from '../db/database.ts';
import { holderWith, makeToken, revokeToken } from './keep-tokens.ts';
import { listTokens } from './store.ts';
import { maxTokens } from './token.ts';

const here: AuthConfig = {
  secrets: ['a-secret-that-seals-nothing-in-these-tests'],
  provider: undefined,
  accounts: 'all',
};
const mona: Operator = {
  id: 'mona',
  name: 'Mona Brandt',
  role: 'admin',
  accounts: 'all',
  isForAll: true,
  groups: null,
};
const otto: Operator = { ...mona, id: 'otto', name: 'Otto Lind' };

const makeFor = (db: Database, operator: Operator, name = 'a script') => makeToken(db, operator, name, randomUUID());

async function withMonaAndOtto(run: (db: Database) => Promise<void>): Promise<void> {
  await withDatabase(async (db) => {
    for (const { id, name } of [mona, otto]) {
      await db
        .insertInto('operators')
        .values({ id, username: id, name, role: 'admin', password_hash: 'nobody signs in' })
        .execute();
    }
    await run(db);
  });
}

test('a token lets its holder in, is kept by its hash alone, and ends after 90 days', () =>
  withMonaAndOtto(async (db) => {
    const token = await makeFor(db, mona);

    expect((await holderWith(db, here, token))?.operator).toEqual(mona);
    const row = await db.selectFrom('operator_tokens').selectAll().executeTakeFirstOrThrow();
    expect(JSON.stringify(row)).not.toContain(token);
    expect(row.hash).toBe(createHash('sha256').update(token).digest('hex'));
    expect(Buffer.from(token.replace('carillon_', ''), 'base64url')).toHaveLength(32);
    expect(row.expires_at.getTime() - row.created_at.getTime()).toBeLessThanOrEqual(90 * 86_400_000 + 3_600_000);
    expect(row.last_used_at).not.toBeNull();
  }));

test('nobody ends a token of somebody else', () =>
  withMonaAndOtto(async (db) => {
    const token = await makeFor(db, mona);
    const [{ id } = { id: '' }] = await listTokens(db, mona.id);

    await revokeToken(db, otto, id, randomUUID());
    expect((await holderWith(db, here, token))?.operator).toEqual(mona);
    await revokeToken(db, mona, id, randomUUID());
    expect(await holderWith(db, here, token)).toBeUndefined();
  }));

test('the audit says who made and who revoked which token, and never the token', () =>
  withMonaAndOtto(async (db) => {
    const token = await makeFor(db, mona, 'build server');
    const [{ id } = { id: '' }] = await listTokens(db, mona.id);
    await revokeToken(db, mona, id, randomUUID());
    await revokeToken(db, mona, id, randomUUID());

    const { entries } = await pageOfEntries(db, everything, undefined);
    expect(entries.map(({ action, operator, why }) => [action, operator?.name, why])).toEqual([
      ['token-revoke', 'Mona Brandt', 'build server'],
      ['token-make', 'Mona Brandt', 'build server'],
    ]);
    expect(JSON.stringify(entries)).not.toContain(token);
  }));

test('an operator has so many tokens and no more', () =>
  withMonaAndOtto(async (db) => {
    for (let count = 0; count < maxTokens; count += 1) await makeFor(db, mona);

    await expect(makeFor(db, mona)).rejects.toMatchObject({ code: 'invalid' });
    await expect(makeFor(db, otto)).resolves.toContain('carillon_');
  }));

const nordwind = '5e7d2c94-88b1-4f6a-a3d8-6c0b9e41f225';
const issuer = 'https://provider.example';

test.each([
  ['other groups', ['owners', 'all']],
  ['no group that counts', ['visitors']],
])('a token ends when the provider names %s at the next sign-in, and not before', (_, groups) =>
  withDatabase(async (db) => {
    const rules: AccessRules = {
      groupsClaim: 'groups',
      scope: 'openid',
      help: 'Ask the IT desk',
      groups: {
        owners: { role: 'admin', accounts: [nordwind] },
        all: { role: 'viewer', accounts: 'all' },
      },
    };
    const provider = { issuer, clientId: 'carillon', clientSecret: 'unused', rules: () => rules };
    const authConfig: AuthConfig = { ...here, provider };
    const signIn = (named: string[]) => {
      const visit = { requestId: randomUUID(), session: undefined };
      return signInByProvider(db, authConfig, provider, { sub: 'mona', name: 'Mona', groups: named }, visit);
    };
    await signIn(['owners']);
    const { id } = await db.selectFrom('operators').select('id').executeTakeFirstOrThrow();
    const operator: Operator = {
      id,
      name: 'Mona',
      role: 'admin',
      accounts: [nordwind],
      isForAll: false,
      groups: ['owners'],
    };
    const token = await makeFor(db, operator);

    await signIn(['owners']);
    expect((await holderWith(db, authConfig, token))?.operator).toEqual(operator);

    await signIn(groups).catch((error) => expect(error).toBeInstanceOf(SignInRefused));
    expect(await holderWith(db, authConfig, token)).toBeUndefined();
  }),
);

test('a token opens nothing once the access file names another claim, until its holder signs in again', () =>
  withDatabase(async (db) => {
    let rules: AccessRules = {
      groupsClaim: 'department',
      scope: 'openid',
      help: 'Ask the IT desk',
      groups: { owners: { role: 'admin', accounts: [nordwind] } },
    };
    const provider = { issuer, clientId: 'carillon', clientSecret: 'unused', rules: () => rules };
    const authConfig: AuthConfig = { ...here, provider };
    const claims = { sub: 'mona', name: 'Mona', department: 'owners', groups: ['owners'] };
    const signIn = () =>
      signInByProvider(db, authConfig, provider, claims, { requestId: randomUUID(), session: undefined });
    await signIn();
    const { id } = await db.selectFrom('operators').select('id').executeTakeFirstOrThrow();
    const operator: Operator = {
      id,
      name: 'Mona',
      role: 'admin',
      accounts: [nordwind],
      isForAll: false,
      groups: ['owners'],
    };
    const token = await makeFor(db, operator);
    expect((await holderWith(db, authConfig, token))?.operator).toEqual(operator);

    rules = { ...rules, groupsClaim: 'groups' };
    expect(await holderWith(db, authConfig, token)).toBeUndefined();

    await signIn();
    expect((await holderWith(db, authConfig, token))?.operator).toEqual(operator);
  }));
