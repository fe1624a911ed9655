import { expect, test } from 'vitest';
import { isOwnOrigin } from './origin.ts';

test('a site on a laptop is its own origin under every name of the loopback, on its own port only', () => {
  const own = ['http://localhost:3000', 'http://127.0.0.1:3000', 'http://[::1]:3000'];
  for (const origin of own) expect(isOwnOrigin(origin, 'http://localhost:3000')).toBe(true);
  const foreign = [
    'http://localhost:3001',
    'https://localhost:3000',
    'http://evil.example',
    'http://localhost.evil.example:3000',
    'null',
    '',
    null,
  ];
  for (const origin of foreign) expect(isOwnOrigin(origin, 'http://localhost:3000')).toBe(false);
});

test('a site with a name of its own has that origin alone', () => {
  expect(isOwnOrigin('https://desk.example', 'https://desk.example/')).toBe(true);
  for (const origin of [
    'http://desk.example',
    'https://desk.example:8443',
    'https://localhost',
    'https://a.desk.example',
  ]) {
    expect(isOwnOrigin(origin, 'https://desk.example')).toBe(false);
  }
});
