import { isEmail, isUserId, licenseNamed, meaningOf, shown } from './cells.ts';
import { type Columns, type Complaint, type ComplaintCode, type FileRow, longestReason } from './file.ts';
import type { FileRecord } from './records.ts';

/** What a complaint says beside its code and its place. */
export type Facts = Pick<Complaint, 'value' | 'firstLine' | 'count'>;

export type Problem = Facts & { code: ComplaintCode };

/** Whom a record names and what it wants for them, or everything that is wrong with it. */
export function rowFrom(record: FileRecord, columns: Columns): { row?: FileRow; problems: Problem[] } {
  const cell = (index: number | undefined) => (index === undefined ? '' : meaningOf(record.cells[index]));
  const userId = cell(columns.userId);
  const email = cell(columns.email);
  const plan = cell(columns.license);
  const reason = cell(columns.reason);
  const license = licenseNamed(plan);

  const unreadable = [userId, email, plan, reason].find((text) => text.includes('\uFFFD'));
  if (unreadable !== undefined) return { problems: [{ code: 'unreadable-letters', value: shown(unreadable) }] };
  const problems = personProblems(userId, email);
  if (plan !== '' && !license) problems.push({ code: 'unknown-license', value: shown(plan) });
  if (reason.length > longestReason) {
    problems.push({ code: 'long-reason', count: { is: reason.length, expected: longestReason } });
  }
  if (problems.length > 0) return { problems };
  return {
    problems,
    row: {
      line: record.line,
      ref: { userId: userId || null, email: email || null, upn: null },
      license: license ?? null,
      reason: reason || null,
    },
  };
}

function personProblems(userId: string, email: string): Problem[] {
  if (userId !== '') return isUserId(userId) ? [] : [{ code: 'not-an-id', value: shown(userId) }];
  if (email === '') return [{ code: 'no-person' }];
  return isEmail(email) ? [] : [{ code: 'not-an-email', value: shown(email) }];
}
