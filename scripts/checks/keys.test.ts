import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { provideKeys } from './keys.ts';

let file: string;

beforeEach(async () => {
  file = join(await mkdtemp(join(tmpdir(), 'carillon-keys-')), 'keys.env');
});

afterEach(() => rm(join(file, '..'), { recursive: true }));

test('keys are made once, are long, and are for their owner alone', async () => {
  const first = provideKeys(file);
  const second = provideKeys(file);

  expect(second).toEqual({ keys: first.keys, made: false });
  expect(first.keys.NEXTAUTH_SECRET.length).toBeGreaterThanOrEqual(32);
  expect(new Set(Object.values(first.keys)).size).toBe(5);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
});

test('a missing key is added, those that are there stay', async () => {
  await writeFile(file, 'AUDIT_KEY=the-one-that-seals-the-audit-log\n');

  const { keys, made } = provideKeys(file);

  expect(made).toBe(true);
  expect(keys.AUDIT_KEY).toBe('the-one-that-seals-the-audit-log');
  expect(provideKeys(file).keys).toEqual(keys);
});
