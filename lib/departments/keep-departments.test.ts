import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { readText } from '../../testing/files.ts';
import { accountId, person, withPeople } from '../../testing/people.ts';
import { auditFilterFrom } from '../audit/filter.ts';
import { pageOfEntries } from '../audit/store.ts';
import { exportDepartments } from '../exports/export-departments.ts';
import { matchRows } from '../files/match-rows.ts';
import { auditSentence } from '../texts/history.ts';
import { breakdownOf } from './department.ts';
import { keepDepartments } from './keep-departments.ts';
import { countDepartments, findDepartmentFiles } from './store.ts';

const dana = () => ({ operator: { id: 'dana', name: 'Dana Reyes', role: 'admin' }, requestId: randomUUID() });

const named = (number: number) => person(`p${number}`, `Person ${number}`, { license: number % 2 ? 'Pro' : 'Basic' });

test('departments replace the ones before as a whole, "not known" is one of them, and the audit says who replaced them', () =>
  withPeople([named(1), named(2), named(3)], async (db) => {
    const keep = (name: string, people: { userId: string; department: string }[]) =>
      keepDepartments(db, { accountId, name, lines: 4, unmatched: 1, unclear: 0, people }, dana());
    await keep('first.csv', [
      { userId: 'p1', department: 'Sales' },
      { userId: 'p2', department: 'Sales' },
    ]);
    await keep('second.csv', [
      { userId: 'p3', department: 'Legal' },
      { userId: 'gone', department: 'Legal' },
    ]);

    expect(breakdownOf(await countDepartments(db, accountId), 20)).toEqual({
      licenses: ['Basic', 'Pro'],
      rows: [
        { department: null, people: 2, licenses: { Basic: 1, Pro: 1 } },
        { department: 'Legal', people: 1, licenses: { Pro: 1 } },
      ],
      others: null,
    });
    expect(await findDepartmentFiles(db, [accountId])).toMatchObject([
      { name: 'second.csv', uploadedBy: 'Dana Reyes' },
    ]);
    const { entries } = await pageOfEntries(db, auditFilterFrom(new URLSearchParams(), accountId));
    expect(entries.map((entry) => auditSentence(entry))).toEqual([
      '**Dana Reyes** uploaded departments: “second.csv, 4 lines, 2 found, 1 not found, 0 not clear”',
      '**Dana Reyes** uploaded departments: “first.csv, 4 lines, 2 found, 1 not found, 0 not clear”',
    ]);
  }));

test('of 10,000 departments the 20 largest are shown and the others as one; the file has all of them', () =>
  withPeople(
    Array.from({ length: 10_050 }, (_, number) => named(number)),
    async (db) => {
      const people = Array.from({ length: 10_050 }, (_, number) => ({
        userId: `p${number}`,
        department: `=Department ${number % 10_000}`,
      }));
      await keepDepartments(db, { accountId, name: 'a.csv', lines: 10_050, unmatched: 0, unclear: 0, people }, dana());
      const { rows, others } = breakdownOf(await countDepartments(db, accountId), 20);
      expect(rows).toHaveLength(20);
      expect(rows.every((row) => row.people === 2)).toBe(true);
      expect(others).toMatchObject({ departments: 9_980, people: 10_010 });
      let file = '';
      for await (const chunk of exportDepartments(db, accountId)) file += chunk;
      const [, ...lines] = file.trimEnd().split('\r\n');
      expect(lines).toHaveLength(10_000);
      expect(lines.every((line) => line.startsWith("'=Department "))).toBe(true);
      expect(lines.reduce((sum, line) => sum + Number(line.split(',')[1]), 0)).toBe(10_050);
    },
  ));

test('a file of 100,000 lines with doubles, contradictions and strangers is read, matched and kept', () =>
  withPeople(
    Array.from({ length: 2_000 }, (_, number) => named(number)),
    async (db) => {
      const line = (number: number) => {
        if (number < 2_000) return `p${number}@nordwind.example,Department ${number % 50}`;
        if (number < 3_000) return `P${number - 2_000}@Nordwind.example,Department ${(number - 2_000) % 50}`;
        if (number < 3_010) return `p${number - 1_010}@nordwind.example,Elsewhere`;
        return `stranger${number}@other.example,Department 1`;
      };
      const text = `Email,Department\n${Array.from({ length: 100_000 }, (_, number) => line(number)).join('\n')}\n`;
      const file = await readText(text, {}, 'departments');
      expect(file).toMatchObject({ records: 100_000, duplicates: 1_000 });
      expect(file.complaints).toHaveLength(20);
      expect(file.complaints.every(({ code }) => code === 'two-values')).toBe(true);

      const { matched, unmatched, unclear } = await matchRows(db, accountId, file.rows);
      expect([matched.length, unmatched.length, unclear.length]).toEqual([1_990, 96_990, 0]);
      const people = matched.map(({ userId, row }) => ({ userId, department: row.department ?? '' }));
      await keepDepartments(db, { accountId, name: 'a.csv', lines: 100_000, unmatched: 1, unclear: 1, people }, dana());
      const { rows } = breakdownOf(await countDepartments(db, accountId), 100);
      expect(rows).toHaveLength(51);
      expect(rows.find(({ department }) => department === null)?.people).toBe(10);
    },
  ));
