import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../bootstrap.mjs';

/** A comparison with what a class is called in the program, which is shorter in a build; an error says what it is by its own `name`. */
const byClassName = /\.name [!=]== [A-Z]\w*\.name\b/g;

test('no error is recognised by the name of its class, which a build shortens', () => {
  const files = globSync('{app,components,lib}/**/*.{ts,tsx}', { cwd: root });
  const found = files.flatMap((file) =>
    [...readFileSync(join(root, file), 'utf8').matchAll(byClassName)].map(([text]) => `${file}: ${text}`),
  );

  expect(files.length).toBeGreaterThan(500);
  expect(found).toEqual([]);
  expect('error.name === NoPrimary.name'.match(byClassName)).toHaveLength(1);
});
