import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { leaveSettings, leftSettings } from './left-settings.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'carillon-left-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

test('commands find what npm start runs with, and what it does not know stays its own', () => {
  const settings = {
    DATABASE_URL: 'postgresql://desk:a%23b@127.0.0.1:5432/carillon',
    BATCH_LIMITS: 'admin=10/50',
    OIDC_CLIENT_SECRET: `half a "quote" # and no comment`,
    ACCESS_FILE: "it's here.json",
  };
  leaveSettings(home, { ...settings, AUDIT_KEY: '', AWS_SECRET_ACCESS_KEY: 'not for commands' });

  expect(leftSettings(home)).toEqual(settings);
  expect(statSync(join(home, 'desk.env')).mode & 0o777).toBe(0o600);
});

test('settings of an earlier start are replaced', () => {
  leaveSettings(home, { BATCH_LIMITS: 'admin=10/50', PUBLIC_URL: 'http://localhost:3000' });
  leaveSettings(home, { PUBLIC_URL: 'http://localhost:3001' });

  expect(leftSettings(home)).toEqual({ PUBLIC_URL: 'http://localhost:3001' });
});

test('where nothing was left there is nothing', () => {
  expect(leftSettings(home)).toEqual({});
});
