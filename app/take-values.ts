import type { z } from 'zod';
import { answer } from '@/app/guard/routes.ts';
import { bodyOf, choicesFrom, type uploadShape } from '@/app/upload-shape.ts';
import { deps } from '@/lib/deps.ts';
import { type MatchedRows, matchRows, previewOf } from '@/lib/files/match-rows.ts';
import { readPeopleFile } from '@/lib/files/people-file.ts';
import { FileRefusal } from '@/lib/files/refusal.ts';
import { maxComplaints, type ValuesAnswer } from '@/lib/files/upload.ts';
import type { FileRow, FileUse } from '@/lib/lists/file.ts';

/** What is kept of a file: its people with their values, and of how many lines nothing is. */
export type Values = { matched: MatchedRows['matched']; lines: number; unmatched: number; unclear: number };

type Handed = z.infer<typeof uploadShape> & { keep?: string | undefined };

/**
 * Reads a file that says something of people, and tells how it was understood and which people it means. With `keep`, the fingerprint of what
 * was told before, it is kept if that is still so; else it is told anew. Keeps no file. `check` throws a `FileRefusal`.
 */
export async function takeValues(
  request: Request,
  input: Handed,
  use: Exclude<FileUse, 'plans'>,
  check: (rows: FileRow[]) => void,
  save: (values: Values) => Promise<void>,
): Promise<Response> {
  try {
    const read = await readPeopleFile(bodyOf(request), choicesFrom(input), use);
    const { rows, complaints, ...understood } = read;
    check(rows);
    const found = await matchRows(deps().db, input.accountId, rows);
    const preview = previewOf(found);
    const isReady = understood.questions.length === 0 && preview.matched > 0;
    if (isReady && input.keep === preview.fingerprint) {
      await save({
        matched: found.matched,
        lines: read.records,
        unmatched: found.unmatched.length,
        unclear: found.unclear.length + new Set(complaints.map(({ line }) => line)).size,
      });
      return told({ state: 'kept', people: preview.matched });
    }
    const few = { complaints: complaints.slice(0, maxComplaints), complaintCount: complaints.length };
    const file = { ...understood, ...few, people: rows.length };
    return told({ state: 'read', file, preview, isOther: input.keep !== undefined });
  } catch (error) {
    if (!(error instanceof FileRefusal)) throw error;
    const { problem, line } = error;
    return told({ state: 'refused', problem, ...(line === undefined ? {} : { line }) });
  }
}

const told = (told: ValuesAnswer) => answer(told);
