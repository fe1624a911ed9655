import { setImmediate as othersTurn } from 'node:timers/promises';
import { csvLine } from '../../csv.ts';
import type { Complaint } from '../../matching/complaint.ts';
import { fileComplaint, fileForm } from '../../texts/files.ts';

const atOnce = 500;

/** All complaints about a file as CSV (RFC 4180, with a mark for Excel), a piece at a time. */
export async function* complaintReport(complaints: Complaint[]): AsyncGenerator<string> {
  yield `\uFEFF${csvLine(fileForm.reportHeadings)}`;
  for (let first = 0; first < complaints.length; first += atOnce) {
    const some = complaints.slice(first, first + atOnce);
    yield some.map((complaint) => csvLine([String(complaint.line), fileComplaint(complaint)])).join('');
    await othersTurn();
  }
}
