import { expect, test } from 'vitest';
import { isOwnHost, isOwnOrigin } from './origin.ts';

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

test('a request is meant for the site when it asks for its name, on a laptop for any name of the loopback', () => {
  for (const host of ['localhost:3000', '127.0.0.1:3000', '[::1]:3000', 'LOCALHOST:3000']) {
    expect(isOwnHost(host, 'http://localhost:3000')).toBe(true);
  }
  for (const host of [
    'localhost',
    'localhost:3001',
    'evil.example',
    'evil.example:3000',
    'localhost:3000.evil.example',
    'evil@localhost:3000',
    'localhost:3000/evil',
    'local host:3000',
    '',
    null,
  ]) {
    expect(isOwnHost(host, 'http://localhost:3000')).toBe(false);
  }
  expect(isOwnHost('desk.example', 'https://desk.example')).toBe(true);
  expect(isOwnHost('localhost', 'https://desk.example')).toBe(false);
});
