import { expect, test } from 'vitest';
import { type Manifest, refuseMisfit, toRemove } from './backup.ts';

const here = { postgres: '18.4.0', schemas: ['0041-a', '0042-b'], keyIds: ['now', 'before'] };
const manifest: Manifest = {
  form: 1,
  takenAt: '2026-11-28T10:00:00.000Z',
  carillon: '0.2.0',
  postgres: '18.4',
  schema: '0042-b',
  audit: { sequence: '7', hmac: 'seal', keyId: 'before' },
  people: 3,
  files: [{ name: 'base.tar', bytes: 1, sha256: '0'.repeat(64) }],
};

test('a backup that this program, its PostgreSQL and its keys fit is not refused', () => {
  expect(() => refuseMisfit(manifest, here)).not.toThrow();
  expect(() => refuseMisfit({ ...manifest, schema: '0041-a' }, here)).not.toThrow();
  expect(() => refuseMisfit({ ...manifest, audit: { ...manifest.audit, keyId: null } }, here)).not.toThrow();
});

test.each([
  ['another major version of PostgreSQL', { postgres: '19.1' }, 'of PostgreSQL 19, and PostgreSQL 18 comes along'],
  ['a newer schema', { schema: '0050-later' }, 'schema 0050-later, which is newer than this release'],
  ['another key', { audit: { ...manifest.audit, keyId: 'lost' } }, 'sealed with the key lost, and the key here is now'],
  ['no files', { files: [] }, 'holds a manifest alone'],
])('a backup of %s is refused in one line', (_, part, line) => {
  expect(() => refuseMisfit({ ...manifest, ...part }, here)).toThrow(line);
});

const at = (takenAt: string) => ({ takenAt });

test('the oldest backups go, and never the newest', () => {
  const three = [at('2026-11-27'), at('2026-11-29'), at('2026-11-28')];

  expect(toRemove(three, 2)).toEqual([at('2026-11-27')]);
  expect(toRemove(three, 3)).toEqual([]);
  expect(toRemove(three, 0)).toEqual([at('2026-11-28'), at('2026-11-27')]);
  expect(toRemove([], 1)).toEqual([]);
});
