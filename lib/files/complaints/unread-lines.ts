import type { UnreadLine } from '../../lists/list.ts';
import type { Complaint } from '../../matching/complaint.ts';

/** The lines of a file that are not used, each once, with the beginning of the cell that is wrong and all that is wrong. */
export function unreadLines(complaints: Complaint[]): UnreadLine[] {
  const byLine = Map.groupBy(complaints, ({ line }) => line);
  return [...byLine].map(([line, all]) => ({
    line,
    text: all.find(({ value }) => value)?.value ?? '',
    complaints: all,
  }));
}
