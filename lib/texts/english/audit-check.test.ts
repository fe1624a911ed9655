import { expect, test } from 'vitest';
import { auditCheck } from './terminal/audit-check.ts';

test('an export that does not begin with the first entry is not called broken, because a filtered one does not', () => {
  const said = auditCheck.broken({ kind: 'missing', sequence: '4', expected: '1', line: 1 });

  expect(said).toMatch(/^Not checked: this export begins with entry 4/);
  expect(said).not.toContain('Broken');
});

test('an entry that is missing further down is a break', () => {
  expect(auditCheck.broken({ kind: 'missing', sequence: '9', expected: '7', line: 7 })).toBe(
    'Broken at entry 9 (line 7): entry 7 should come here. Only an export of everything can be checked.',
  );
});
