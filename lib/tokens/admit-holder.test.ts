import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { withDatabase } from '../../testing/database.ts';
import { everything } from '../audit/filter.ts';
import { maxInFull, tellCounted } from '../audit/record-refusal.ts';
import { pageOfEntries } from '../audit/store.ts';
import type { AuthConfig } from '../auth/auth-config.ts';
import type { Operator } from '../auth/store.ts';
import type { Database } from '../db/database.ts';
import { Refusal } from '../failures.ts';
import { asHolder } from './admit-holder.ts';
import { makeToken, revokeToken } from './keep-tokens.ts';
import { listTokens } from './store.ts';

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

async function withToken(run: (db: Database, token: string) => Promise<void>): Promise<void> {
  await withDatabase(async (db) => {
    await db
      .insertInto('operators')
      .values({ id: 'mona', username: 'mona.b', name: 'Mona Brandt', role: 'admin', password_hash: 'nobody signs in' })
      .execute();
    await run(db, await makeToken(db, mona, 'build server', randomUUID()));
  });
}

const use = (db: Database, token: string, run: () => Promise<void> = async () => undefined) =>
  asHolder(db, here, token, { needs: 'batches:run', accountId: 'nordwind', requestId: randomUUID() }, run);

const newest = async (db: Database) => (await pageOfEntries(db, everything)).entries[0];

test('a token that there is not is refused, and the audit has the attempt without the token', () =>
  withToken(async (db) => {
    await expect(use(db, 'carillon_made-up')).rejects.toMatchObject({ code: 'signed-out' });

    const entry = await newest(db);
    expect(entry).toMatchObject({
      action: 'denied',
      operator: null,
      accountId: 'nordwind',
      refused: { attempt: 'use-token', said: 'There is no such token.' },
    });
    expect(JSON.stringify(entry)).not.toContain('made-up');
  }));

test.each([
  [
    'revoked',
    'The token has been revoked.',
    async (db: Database) => {
      const [{ id } = { id: '' }] = await listTokens(db, 'mona');
      await revokeToken(db, mona, id, randomUUID());
    },
  ],
  [
    'over its time',
    'The token has expired.',
    async (db: Database) => {
      await db
        .updateTable('operator_tokens')
        .set({ expires_at: new Date(0) })
        .execute();
    },
  ],
  [
    'of somebody who is disabled',
    'The owner of the token has been disabled.',
    async (db: Database) => {
      await db.updateTable('operators').set({ disabled_at: new Date() }).execute();
    },
  ],
])('a token that is %s is refused, and the audit says whose it was and which', (_, said, spoil) =>
  withToken(async (db, token) => {
    await spoil(db);
    await expect(use(db, token)).rejects.toMatchObject({ code: 'signed-out' });

    const entry = await newest(db);
    expect(entry).toMatchObject({
      operator: { id: 'mona', login: 'mona.b' },
      token: 'build server',
      refused: { attempt: 'use-token', said },
    });
    expect(JSON.stringify(entry)).not.toContain(token);
  }),
);

test('what a use case refuses to the holder of a token is in the audit with the token', () =>
  withToken(async (db, token) => {
    const refuse = () => Promise.reject(new Refusal('invalid', 'Nobody was found in this list.'));
    await expect(use(db, token, refuse)).rejects.toMatchObject({ code: 'invalid' });

    expect(await newest(db)).toMatchObject({
      operator: { name: 'Mona Brandt' },
      token: 'build server',
      refused: { attempt: 'batches:run', said: 'Nobody was found in this list.' },
    });
  }));

test('tokens that are guessed do not fill the audit: beyond the first of a minute they are counted', () =>
  withToken(async (db) => {
    for (let guess = 0; guess < maxInFull + 3; guess += 1) {
      await expect(use(db, `carillon_guess-${guess}`)).rejects.toMatchObject({ code: 'signed-out' });
    }
    await db
      .updateTable('refusal_counts')
      .set({ minute: new Date(0) })
      .execute();
    await tellCounted(db);

    const { entries } = await pageOfEntries(db, everything);
    expect(entries.filter(({ refused }) => refused?.attempt === 'use-token')).toHaveLength(maxInFull + 1);
    expect(entries[0]?.refused?.more?.count).toBe(3);
  }));
