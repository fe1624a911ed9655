import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../bootstrap.mjs';

/** Where connections to PostgreSQL are made; the other one speaks to a server that it has just started itself. */
const makers = ['lib/db/connections.ts', 'lib/db/pool.ts', 'scripts/processes/embedded.ts'];

test('connections to the database are made in one place, which knows its hosts and how long to wait', () => {
  const files = globSync(['{lib,app,components,scripts,bench}/**/*.{ts,tsx}', '*.ts'], { cwd: root });
  const making = files.filter(
    (file) =>
      !file.endsWith('.test.ts') && /new pg\.|new \w*Pool\(|new Client\(/.test(readFileSync(join(root, file), 'utf8')),
  );
  expect(making.sort()).toEqual(makers);
});
