import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

/** What keeps a refusal from being forgotten by the audit: everything comes in by the one door that writes it down. */

const app = fileURLToPath(new URL('../../app', import.meta.url));
const files = readdirSync(app, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.tsx?$/.test(path) && !path.includes('.test.'))
  .map((path) => ({ path, text: readFileSync(`${app}/${path}`, 'utf8') }));

/** Ends nothing but the caller's own session, and asks nobody who they are. */
const openActions = ['signOut'];

/** The library that signs people in, which audits by itself, and the way of somebody who is signed out already. */
const openRoutes = ['api/auth/[...nextauth]/route.ts', 'api/signed-out/route.ts'];

const exportsOf = (text: string) =>
  [...text.matchAll(/^export (?:async )?(?:const|function) (\w+)(?: = (\w+)\()?/gm)].map(([, name, by]) => ({
    name,
    by,
  }));

test('every server action goes through the door', () => {
  const actions = files.filter(({ text }) => text.startsWith("'use server'")).flatMap(({ text }) => exportsOf(text));
  expect(actions.length).toBeGreaterThan(15);
  for (const { name, by } of actions) {
    if (!openActions.includes(name ?? '')) expect({ name, by }).toEqual({ name, by: 'operatorAction' });
  }
});

test('every route goes through the door', () => {
  const routes = files.filter(({ path }) => path.endsWith('route.ts') && !openRoutes.includes(path));
  expect(routes.length).toBeGreaterThan(15);
  for (const { path, text } of routes) {
    const exported = exportsOf(text);
    expect(exported.length, path).toBeGreaterThan(0);
    for (const { by } of exported) expect(['operatorRoute', 'operatorPost'], path).toContain(by);
  }
});

test('nothing but the doors catches a refusal', () => {
  const catchers = files
    .filter(({ text }) => /instanceof Refusal\b/.test(text))
    .map(({ path }) => path)
    .toSorted();
  expect(catchers).toEqual(['guard/checks.ts', 'guard/pages.ts']);
});
