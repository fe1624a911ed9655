import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../bootstrap.mjs';

const inPixels = /\b(?:text|leading)-\[[\d.]+px\]|(?:font-size|line-height|\bfont):[^;]*\dpx/g;

test('every size of text grows with the font size of the browser: none is in pixels', () => {
  const files = globSync('{app,components}/**/*.{ts,tsx,css}', { cwd: root });
  const found = files.flatMap((file) =>
    [...readFileSync(join(root, file), 'utf8').matchAll(inPixels)].map(([size]) => `${file}: ${size}`),
  );

  expect(files.length).toBeGreaterThan(100);
  expect(found).toEqual([]);
});
