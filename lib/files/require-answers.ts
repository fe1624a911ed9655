import type { License } from '../licenses/license.ts';
import type { FileRow, PeopleFile } from '../lists/file.ts';
import { fileQuestion } from '../texts/files.ts';
import { FileRefusal } from './refusal.ts';

/**
 * Throws a `FileRefusal`, which says what to choose, where a file cannot lead to a preview yet: a question about it is open, or
 * neither one plan for everybody (`to`) nor a column of plans was chosen.
 */
export function requireAnswers({ questions, columns, table }: PeopleFile, to: License | null): void {
  const [open] = questions;
  if (open) throw new FileRefusal('open-question', undefined, fileQuestion(open, table));
  if (to === null && columns.license === undefined) throw new FileRefusal('no-plan-column');
}

/** Throws a `FileRefusal` that names the line where somebody hosted on more days than a month has. */
export function requireDaysWithin(rows: FileRow[], daysInMonth: number): void {
  const over = rows.find(({ days = 0 }) => days > daysInMonth);
  if (over) throw new FileRefusal('too-many-days', over.line);
}
