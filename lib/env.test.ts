import { expect, test } from 'vitest';
import { readSettings } from './env.ts';

const good = {
  DATABASE_URL: 'postgres://localhost/carillon',
  NEXTAUTH_SECRET: 'a-secret-of-more-than-thirty-two-bytes',
};

test('good settings are taken, with defaults for what is not set', () => {
  expect(readSettings({ ...good, CHIME_ACCOUNTS: 'a, b,' })).toMatchObject({
    CHIME_REGION: 'us-east-1',
    PUBLIC_URL: 'http://localhost:3000',
    CHIME_ACCOUNTS: ['a', 'b'],
  });
});

const bad: [Record<string, string>, RegExp][] = [
  [{ DATABASE_URL: '' }, /DATABASE_URL: is missing/],
  [{ DATABASE_URL: 'mysql://localhost' }, /DATABASE_URL: must be an address beginning with postgres:/],
  [{ CHIME_ENDPOINT: 'localhost:4620' }, /CHIME_ENDPOINT: must be/],
  [{ PUBLIC_URL: 'desk.example' }, /PUBLIC_URL: must be/],
  [{ NEXTAUTH_SECRET: 'short' }, /NEXTAUTH_SECRET: must have at least 32 bytes/],
];
for (const [settings, complaint] of bad) {
  test(`${Object.entries(settings).join()} is named in one line`, () => {
    expect(() => readSettings({ ...good, ...settings })).toThrow(complaint);
  });
}
