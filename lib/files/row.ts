import {
  type Columns,
  columnRoles,
  type FileRow,
  longestCell,
  longestDepartment,
  longestReason,
  personRoles,
  shown,
} from '../lists/file.ts';
import { cleanPerson } from '../matching/clean-person.ts';
import type { Complaint, ComplaintCode } from '../matching/complaint.ts';
import { type PersonRef, uuidFrom } from '../matching/person-ref.ts';
import { licenseNamed, meaningOf } from './cells.ts';
import type { FileRecord } from './records.ts';

/** What a complaint says beside its code and its place. */
export type Facts = Pick<Complaint, 'value' | 'otherLine' | 'count'>;

export type Problem = Facts & { code: ComplaintCode };

/** Who a record names and what it wants for them, or everything that is wrong with it. */
export function rowFrom(record: FileRecord, columns: Columns): { row: FileRow } | { problems: Problem[] } {
  const used = columnRoles.map((role) => cellAt(record, columns[role]));
  const long = used.find((text) => text.length > longestCell);
  if (long !== undefined)
    return { problems: [{ code: 'long-cell', count: { is: long.length, expected: longestCell } }] };
  const unreadable = used.find((text) => text.includes('\uFFFD'));
  if (unreadable !== undefined) {
    return { problems: [{ code: 'unreadable-letters', value: shown(meaningOf(unreadable)) }] };
  }
  const plan = meaningOf(cellAt(record, columns.license));
  const reason = meaningOf(cellAt(record, columns.reason));
  const license = licenseNamed(plan);
  const person = personFrom(record, columns);

  const problems = 'problem' in person ? [person.problem] : [];
  if (columns.license !== undefined && plan === '') problems.push({ code: 'no-plan' });
  else if (columns.license !== undefined && !license) problems.push({ code: 'unknown-license', value: shown(plan) });
  if (reason.length > longestReason) {
    problems.push({ code: 'long-reason', count: { is: reason.length, expected: longestReason } });
  }
  const value = factOf(record, columns);
  if ('code' in value) problems.push(value);
  if (problems.length > 0 || 'problem' in person || 'code' in value) return { problems };
  return { row: { line: record.line, ref: person.ref, license: license ?? null, reason: reason || null, ...value } };
}

/** The department or the days of a line, in a file of these. */
function factOf(record: FileRecord, columns: Columns): Pick<FileRow, 'department' | 'days'> | Problem {
  if (columns.department !== undefined) {
    const department = meaningOf(cellAt(record, columns.department)).normalize('NFC').toWellFormed();
    if (department === '') return { code: 'no-department' };
    const count = { is: department.length, expected: longestDepartment };
    return department.length > longestDepartment ? { code: 'long-department', count } : { department };
  }
  if (columns.days === undefined) return {};
  const days = meaningOf(cellAt(record, columns.days));
  if (days === '') return { code: 'no-days' };
  return isDays(days) ? { days: Number(days) } : { code: 'not-days', value: shown(days) };
}

/** Days of a month, written in digits. */
const isDays = (text: string): boolean => /^\d{1,2}$/.test(text) && Number(text) <= 31;

/** What stands in a column; a line may end before its last cells. */
const cellAt = ({ cells }: FileRecord, index: number | undefined): string =>
  index === undefined ? '' : (cells[index] ?? '');

/**
 * Puts together what the cells of a line say of a person. An ID of another system that Chime cannot have is left out where the
 * line has an address.
 */
function personFrom(record: FileRecord, columns: Columns): { ref: PersonRef } | { problem: Problem } {
  const ref: PersonRef = { userId: null, email: null, upn: null };
  let problem: Problem | undefined;
  for (const role of personRoles) {
    const text = meaningOf(cellAt(record, columns[role]));
    const cleaned = cleanPerson(text, role === 'userId' ? 'userId' : 'any');
    const value = shown(text);
    if ('unreadable' in cleaned) {
      if (cleaned.unreadable === 'several') problem ??= { code: 'several-people', value };
      else if (cleaned.unreadable !== 'empty')
        problem ??= { code: role === 'userId' ? 'not-an-id' : 'not-an-email', value };
      continue;
    }
    const { email } = cleaned.ref;
    const userId = role === 'userId' ? cleaned.ref.userId : (uuidFrom(cleaned.ref.userId ?? '') ?? null);
    if (email === null && userId === null) problem ??= { code: 'not-an-email', value };
    if (!add(ref, 'userId', userId) || !addAddress(ref, role === 'email' ? 'email' : 'upn', email)) {
      problem ??= { code: 'several-people', value };
    }
  }
  if (problem && !(problem.code === 'not-an-id' && (ref.email ?? ref.upn) !== null)) return { problem };
  return (ref.userId ?? ref.email ?? ref.upn) ? { ref } : { problem: { code: 'no-person' } };
}

/** Adds an address where it does not repeat one that is there. */
function addAddress(ref: PersonRef, role: 'email' | 'upn', address: string | null): boolean {
  const isThere = [ref.email, ref.upn].some((one) => one?.toLowerCase() === address?.toLowerCase());
  return isThere || add(ref, role, address);
}

/** Whether what is there is the same, or there was nothing. */
function add(ref: PersonRef, role: keyof PersonRef, text: string | null): boolean {
  if (text === null) return true;
  if (ref[role] !== null && ref[role].toLowerCase() !== text.toLowerCase()) return false;
  ref[role] ??= text;
  return true;
}
