import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Store } from '../store.ts';
import { type Blueprint, createOrganisation, exampleAccounts } from './organisation.ts';
import type { ChimeUser } from './user.ts';

async function organisation(changes: Partial<Blueprint> = {}): Promise<ChimeUser[]> {
  const folder = await mkdtemp(join(tmpdir(), 'organisation-'));
  const store = new Store(join(folder, 'chime.sqlite'));
  try {
    createOrganisation(store, { seed: 1, team: 60, enterprise: 5000, directory: 300, ...changes });
    return Object.values(exampleAccounts).flatMap((id) => store.users(id, {}, 0, 1_000_000).map(({ item }) => item));
  } finally {
    await store.close();
    await rm(folder, { recursive: true });
  }
}

const everyone = await organisation();
const from = (accountId: string) => everyone.filter((user) => user.AccountId === accountId);
const all = <Member extends keyof ChimeUser>(member: Member) => new Set(everyone.map((user) => user[member]));

test('the same seed makes the same people', async () => {
  expect(await organisation()).toEqual(everyone);
});

test('another seed makes others, in the same accounts', async () => {
  const others = await organisation({ seed: 2 });
  const known = all('UserId');

  expect(new Set(others.map((user) => user.AccountId))).toEqual(all('AccountId'));
  expect(others.filter((user) => known.has(user.UserId))).toEqual([]);
});

test('the size of the Enterprise account leaves the other accounts as they are', async () => {
  const smaller = await organisation({ enterprise: 10 });

  expect(smaller.filter((user) => user.AccountId === exampleAccounts.team)).toEqual(from(exampleAccounts.team));
  expect(smaller.filter((user) => user.AccountId === exampleAccounts.directory)).toEqual(
    from(exampleAccounts.directory),
  );
});

test('the accounts have 60, 5,000 and 300 people', () => {
  expect(Object.values(exampleAccounts).map((id) => from(id).length)).toEqual([60, 5000, 300]);
});

test('every ID and every e-mail address is there once', () => {
  expect(all('UserId').size).toBe(5360);
  expect(all('PrimaryEmail').size).toBe(5360);
});

test('e-mail addresses are plain and belong to nobody', () => {
  const odd = everyone.filter((user) => !/^[a-z0-9][a-z0-9.-]*@[a-z.]+\.example$/.test(user.PrimaryEmail ?? ''));

  expect(odd).toEqual([]);
});

test('Ana Silva is at Nordwind once, Registered with Basic', () => {
  const found = from(exampleAccounts.enterprise).filter((user) => user.DisplayName === 'Ana Silva');

  expect(found).toMatchObject([
    { LicenseType: 'Basic', UserRegistrationStatus: 'Registered', PrimaryEmail: 'ana.silva@nordwind.example' },
  ]);
});

test('Mona Brandt is at Harbour Books once', () => {
  expect(from(exampleAccounts.team).filter((user) => user.DisplayName === 'Mona Brandt')).toHaveLength(1);
});

test('every license, user type, registration and invitation is somewhere', () => {
  expect(all('LicenseType')).toEqual(new Set(['Basic', 'Plus', 'Pro', 'ProTrial']));
  expect(all('UserType')).toEqual(new Set(['PrivateUser', 'SharedDevice', undefined]));
  expect(all('UserRegistrationStatus')).toEqual(new Set(['Registered', 'Unregistered', 'Suspended']));
  expect(all('UserInvitationStatus')).toEqual(new Set(['Accepted', 'Pending', 'Failed', undefined]));
});

test('nobody who has yet to accept an invitation has details', () => {
  const invited = everyone.filter((user) => user.UserRegistrationStatus === 'Unregistered');

  expect(invited.length).toBeGreaterThan(0);
  expect(new Set(invited.map((user) => user.DisplayName ?? user.RegisteredOn ?? user.PersonalPIN))).toEqual(
    new Set([undefined]),
  );
});

test('some PINs begin with a zero, and every PIN has ten digits', () => {
  const pins = everyone.map((user) => user.PersonalPIN).filter((pin) => pin !== undefined);

  expect(pins.filter((pin) => !/^\d{10}$/.test(pin ?? ''))).toEqual([]);
  expect(pins.some((pin) => pin?.startsWith('0'))).toBe(true);
});

test.each([
  'Latin',
  'Cyrillic',
  'Greek',
  'Arabic',
  'Hebrew',
  'Han',
  'Hiragana',
  'Katakana',
  'Hangul',
  'Devanagari',
  'Thai',
])('some names are written in %s', (script) => {
  const written = new RegExp(`\\p{Script=${script}}`, 'u');

  expect(everyone.some((user) => written.test(user.DisplayName ?? ''))).toBe(true);
});

test.each(['ł', 'ğ', 'ı', 'İ', 'ễ', 'ß', 'ø', 'ñ', 'ű', 'ř', '’', '𠮷'])('some names have a %s in them', (letter) => {
  expect(everyone.some((user) => user.DisplayName?.normalize('NFC').includes(letter))).toBe(true);
});

test('IDs look like those of Chime', () => {
  const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

  expect(everyone.filter((user) => !uuid.test(user.UserId))).toEqual([]);
});
