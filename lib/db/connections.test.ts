import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../../scripts/bootstrap.mjs';

/** Where connections to PostgreSQL are made; the last two speak to a server of our own, the one to copy it and the other to begin with it. */
const makers = ['lib/db/connections.ts', 'lib/db/pool.ts', 'lib/db/base-backup.ts', 'scripts/processes/embedded.ts'];

test('connections to the database are made in one place, which knows its hosts and how long to wait', () => {
  const files = globSync(['{lib,app,components,scripts,bench}/**/*.{ts,tsx}', '*.ts'], { cwd: root });
  const making = files.filter(
    (file) =>
      !file.endsWith('.test.ts') && /new pg\.|new \w*Pool\(|new Client\(/.test(readFileSync(join(root, file), 'utf8')),
  );
  expect(making.sort()).toEqual(makers.sort());
});
