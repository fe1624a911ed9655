import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../bootstrap.mjs';
import { sourceFiles } from './imports.ts';

const directive = /^\s*['"]use server['"];?/m;

/** Server actions that take values along which the page does not send: Next would seal them with the key that names actions. */
const sealsValues = (text: string) =>
  (directive.test(text) && !/^['"]use server['"];?\n/.test(text)) || /\bactions?\.\w+\.bind\(/.test(text);

test('no server action takes a value along that Next would have to seal: its key names actions, and is no secret', () => {
  const files = sourceFiles().filter((file) => /^(app|components)\//.test(file));
  const texts = files.map((file) => [file, readFileSync(join(root, file), 'utf8')] as const);

  expect(texts.filter(([, text]) => directive.test(text)).length).toBeGreaterThan(2);
  expect(texts.filter(([, text]) => sealsValues(text)).map(([file]) => file)).toEqual([]);
});

test('an action inside a function, and one that is bound to a value, are found', () => {
  expect(sealsValues("export function Page() {\n  async function save() {\n    'use server';\n  }\n}")).toBe(true);
  expect(sealsValues('<form action={actions.save.bind(null, id)}>')).toBe(true);
  expect(sealsValues("'use server';\n\nexport async function save() {}")).toBe(false);
});
