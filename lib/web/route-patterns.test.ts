import fc from 'fast-check';
import { expect, test } from 'vitest';
import { routePatterns } from './route-patterns.ts';

const pages = ['/', '/accounts', '/accounts/trend', '/accounts/[accountId]/users', '/api/auth/[...nextauth]'];
const routeOf = routePatterns(pages);

test.each([
  ['/', '/'],
  ['/accounts/', '/accounts'],
  ['/accounts/trend', '/accounts/trend'],
  ['/accounts/5e7d2c94/users', '/accounts/[accountId]/users'],
  ['/api/auth/callback/oidc', '/api/auth/[...nextauth]'],
  ['/api/auth', 'other'],
  ['/accounts/5e7d2c94', 'other'],
  ['/_next/static/chunks/a.js', '/_next'],
  ['/favicon.ico', '/public'],
])('%s is counted as %s', (path, route) => {
  expect(routeOf(path)).toBe(route);
});

test('no path makes a label of its own', () => {
  const few = new Set([...pages, 'other', '/_next', '/public']);
  const part = fc.oneof(fc.constantFrom('accounts', 'users', 'api', 'auth', '[accountId]', '..', ''), fc.string());
  fc.assert(
    fc.property(fc.array(part, { maxLength: 5 }), (parts) => {
      expect(few).toContain(routeOf(`/${parts.join('/')}`));
    }),
  );
});
