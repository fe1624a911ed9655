import { z } from 'zod';
import { reasonShape } from '@/app/accounts/[accountId]/batches/reason.ts';
import { submitterFrom } from '@/app/accounts/[accountId]/batches/submitter.ts';
import { download } from '@/app/download.ts';
import { answer, operatorPost } from '@/app/guard/routes.ts';
import { untilShape } from '@/app/until.ts';
import { bodyOf, choicesFrom, uploadShape } from '@/app/upload-shape.ts';
import { deps } from '@/lib/deps.ts';
import { complaintReport } from '@/lib/files/complaints/complaint-report.ts';
import { unreadLines } from '@/lib/files/complaints/unread-lines.ts';
import { readPeopleFile } from '@/lib/files/people-file.ts';
import { FileRefusal } from '@/lib/files/refusal.ts';
import { requireAnswers } from '@/lib/files/require-answers.ts';
import { maxComplaints, type UploadAnswer } from '@/lib/files/upload.ts';
import { licenses } from '@/lib/licenses/license.ts';
import type { ReadingChoices } from '@/lib/lists/file.ts';
import { prepareBatch } from '@/lib/previews/prepare-batch.ts';

const shape = z.union([
  uploadShape.extend({
    prepare: z.literal('1'),
    to: z.enum(licenses).optional(),
    reason: reasonShape,
    until: untilShape.shape.wall.optional(),
    zone: untilShape.shape.zone.optional(),
  }),
  uploadShape.extend({ report: z.literal('1'), prepare: z.undefined().optional() }),
  uploadShape.extend({ report: z.undefined().optional(), prepare: z.undefined().optional() }),
]);

/**
 * Reads a file of people and tells how it was understood; with `prepare`, makes a preview of it, and with `report`, answers
 * everything that is wrong with its lines as CSV. Keeps no file.
 */
export const POST = operatorPost('batches:run', shape, async (input, { request, ...actor }) => {
  try {
    if (input.prepare === '1') {
      const { accountId, name, to = null, reason, until: wall, zone = 'UTC' } = input;
      const read = await readFrom(request, choicesOf(input, to !== null));
      requireAnswers(read, to);
      const until = wall === undefined ? undefined : { wall, zone };
      const people = { kind: 'file', name, rows: read.rows, unread: unreadLines(read.complaints) } as const;
      const wish = { accountId, people, to, reason, until };
      return told({ state: 'prepared', batchId: await prepareBatch(deps(), wish, submitterFrom(actor)) });
    }
    const { rows, complaints, ...understood } = await readFrom(request, choicesOf(input, false));
    if (input.report === '1') {
      return download(
        { ...actor, request },
        { chunks: complaintReport(complaints), name: 'problems.csv', type: 'text/csv', record: null },
      );
    }
    const few = { complaints: complaints.slice(0, maxComplaints), complaintCount: complaints.length };
    return told({ state: 'read', file: { ...understood, ...few, people: rows.length } });
  } catch (error) {
    if (!(error instanceof FileRefusal)) throw error;
    return told({
      state: 'refused',
      problem: error.problem,
      ...(error.line === undefined ? {} : { line: error.line }),
    });
  }
});

const readFrom = (request: Request, choices: ReadingChoices) => readPeopleFile(bodyOf(request), choices);

/** Where everybody gets one plan, no column of the file is used for plans. */
function choicesOf(input: z.infer<typeof uploadShape>, hasOnePlan: boolean): ReadingChoices {
  const choices = choicesFrom(input);
  return hasOnePlan ? { ...choices, columns: { ...choices.columns, license: null } } : choices;
}

const told = (told: UploadAnswer) => answer(told);
