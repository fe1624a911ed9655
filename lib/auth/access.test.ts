import { mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { isInScope } from '../accounts/scope.ts';
import { accessOf, readAccessRules } from './access.ts';
import { followAccessFile, readAccessFile } from './access-file.ts';
import { readJson } from './json-places.ts';

const good = `{
  "groupsClaim": "roles",
  "help": "Ask the IT desk, it@nordwind.example.",
  "groups": {
    "license-admins": { "role": "admin", "accounts": ["nordwind"] },
    "Night shift": { "role": "helpdesk", "accounts": ["sudwind", "ostwind"] },
    "everybody": { "role": "viewer", "accounts": "all" }
  }
}
`;

describe('the access file', () => {
  test('gives each group a role and accounts', () => {
    const rules = readAccessRules(good);

    expect(rules.groupsClaim).toBe('roles');
    expect(accessOf(rules, ['Night shift'])).toEqual({ role: 'helpdesk', accounts: ['ostwind', 'sudwind'] });
  });

  test('gives who is in several groups the strongest role and the accounts of all of them', () => {
    const rules = readAccessRules(good);

    expect(accessOf(rules, ['Night shift', 'license-admins', 'x'])).toEqual({
      role: 'admin',
      accounts: ['nordwind', 'ostwind', 'sudwind'],
    });
    expect(accessOf(rules, ['everybody', 'license-admins'])).toEqual({ role: 'admin', accounts: 'all' });
  });

  test.each([[[]], [['unknown']], [['Everybody']], [['__proto__', 'constructor', 'toString']]])(
    'gives nothing to the groups %j',
    (groups) => {
      expect(accessOf(readAccessRules(good), groups)).toBeUndefined();
    },
  );

  test('takes the claim "groups" where it names no other', () => {
    const rules = readAccessRules('{"help": "Ask.", "groups": {"a": {"role": "viewer", "accounts": "all"}}}');
    expect(rules.groupsClaim).toBe('groups');
  });

  const mistakes: [what: string, text: string, complaint: string][] = [
    ['is empty', '', 'line 1: ends where a value should be'],
    ['is no object', '[]', 'line 1: the file: Invalid input: expected object, received array'],
    ['ends early', good.slice(0, good.indexOf('"Night')), 'line 6: ends where a name in double quotes should be'],
    ['misses a comma', good.replace('"roles",', '"roles"'), 'line 3: has "\\"help\\"" where "," or "}" should be'],
    [
      'has a comma too many',
      good.replace('"accounts": "all" }', '"accounts": "all" },'),
      'line 8: has "}" where a name in double quotes should be',
    ],
    ['has a comment', good.replace('{\n', '{ // who\n'), 'line 1: has "//" where a name in double quotes should be'],
    ['goes on after its end', `${good}{}`, 'line 10: has "{" where the end should be'],
    [
      'names a group twice',
      good.replace('"everybody"', '"Night shift"'),
      'line 7: "Night shift" stands here a second time',
    ],
    [
      'names a role there is not',
      good.replace('"helpdesk"', '"boss"'),
      'line 6: groups["Night shift"].role: Invalid option: expected one of "viewer"|"helpdesk"|"admin"',
    ],
    [
      'lists no account',
      good.replace('["nordwind"]', '[]'),
      'line 5: groups["license-admins"].accounts: lists no account',
    ],
    [
      'has an account ID that is none',
      good.replace('"sudwind"', '"../sudwind"'),
      'line 6: groups["Night shift"].accounts[0]: is not an account ID',
    ],
    [
      'leaves the accounts out',
      good.replace(', "accounts": "all"', ''),
      'line 7: groups.everybody.accounts: must be "all" or a list of account IDs',
    ],
    ['says nothing of whom to ask', good.replace(/ {2}"help".*\n/, ''), 'line 1: help: Invalid input: expected string'],
    ['has a name that is not known', good.replace('"groupsClaim"', '"groupClaim"'), 'line 2: groupClaim: is not known'],
    [
      'has a name in a group that is not known',
      good.replace('"accounts": "all"', '"accounts": "all", "rôle": "admin"'),
      'line 7: groups.everybody["rôle"]: is not known here',
    ],
    ['has no group', '{"help": "Ask.", "groups": {}}', 'line 1: groups: names no group: nobody could sign in'],
    ['is nested without end', '['.repeat(10_000), 'line 1: is nested too deeply'],
  ];
  test.each(mistakes)('that %s is refused, naming line and path', (_, text, complaint) => {
    expect(() => readAccessRules(text)).toThrow(complaint);
    expect(() => readAccessRules(text)).toThrow(/^[^\n]*$/);
  });

  test('names every mistake, not only the first', () => {
    const text = good.replace('"admin"', '"boss"').replace('"viewer"', '7');
    expect(() => readAccessRules(text)).toThrow(/line 5: .*; line 7: /);
  });

  test('reads any JSON as JSON.parse does', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), fc.constantFrom(0, 1, 2), (text, indent) => {
        const value: unknown = JSON.parse(text);
        expect(readJson(JSON.stringify(value, null, indent)).value).toEqual(value);
      }),
    );
  });

  test('never takes what JSON.parse refuses', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'{}[],:"\\ \n01ae.-tr') }), (text) => {
        const refuses = (read: (text: string) => unknown) => {
          try {
            read(text);
            return false;
          } catch {
            return true;
          }
        };
        if (refuses(JSON.parse)) expect(refuses(readJson)).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });
});

test('all accounts, or those that are listed, are in scope', () => {
  expect(isInScope('all', 'x')).toBe(true);
  expect(isInScope(['a', 'b'], 'b')).toBe(true);
  expect(isInScope(['a', 'b'], 'x')).toBe(false);
});

describe('an access file that is followed', () => {
  const onlyViewers = '{"help": "Ask.", "groups": {"a": {"role": "viewer", "accounts": "all"}}}';
  const onlyAdmins = '{"help": "Ask.", "groups": {"a": {"role": "admin",  "accounts": "all"}}}';

  function file(text: string): string {
    const folder = mkdtempSync(join(tmpdir(), 'access-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    writeFileSync(join(folder, 'access.json'), text);
    return join(folder, 'access.json');
  }
  const roleIn = (rules: () => ReturnType<typeof readAccessRules>) => accessOf(rules(), ['a'])?.role;

  test('counts at the next look after an edit, be it written over, moved into place, or of the same length', () => {
    const path = file(onlyViewers);
    const rules = followAccessFile(path);
    expect(roleIn(rules)).toBe('viewer');

    writeFileSync(path, onlyAdmins);
    expect(roleIn(rules)).toBe('admin');
    writeFileSync(path, onlyViewers);
    expect(roleIn(rules)).toBe('viewer');
    writeFileSync(`${path}.new`, onlyAdmins);
    renameSync(`${path}.new`, path);
    expect(roleIn(rules)).toBe('admin');
  });

  test('counts after an edit that keeps the time of the one before', () => {
    const path = file(onlyViewers);
    const longAgo = new Date('2026-01-01');
    utimesSync(path, longAgo, longAgo);
    const rules = followAccessFile(path);
    expect(roleIn(rules)).toBe('viewer');

    writeFileSync(path, `${onlyAdmins}`);
    utimesSync(path, longAgo, longAgo);

    expect(roleIn(rules)).toBe('admin');
  });

  test('keeps its last good rules while it is broken or gone, and goes on when it is good again', () => {
    const path = file(onlyViewers);
    const rules = followAccessFile(path);

    writeFileSync(path, onlyAdmins.slice(0, -3));
    expect(roleIn(rules)).toBe('viewer');
    rmSync(path);
    expect(roleIn(rules)).toBe('viewer');
    writeFileSync(path, onlyAdmins);
    expect(roleIn(rules)).toBe('admin');
  });

  test('must be good at the start', () => {
    expect(() => followAccessFile(file('{'))).toThrow(/^ACCESS_FILE .*access\.json: line 1: ends/);
    expect(() => readAccessFile(join(tmpdir(), 'none', 'access.json'))).toThrow(/access\.json: there is no such file$/);
    expect(() => readAccessFile(tmpdir())).toThrow(/: cannot be read \(EISDIR\)$/);
  });
});
