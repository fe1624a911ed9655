import { z } from 'zod';
import { reasonShape } from '@/app/accounts/[accountId]/batches/reason.ts';
import { submitterFrom } from '@/app/accounts/[accountId]/batches/submitter.ts';
import { answer, operatorPost } from '@/app/guard.ts';
import { untilShape } from '@/app/until.ts';
import { prepareBatch } from '@/lib/batches/prepare-batch.ts';
import { deps } from '@/lib/deps.ts';
import { readPeopleFile } from '@/lib/files/people-file.ts';
import { FileRefusal } from '@/lib/files/refusal.ts';
import { columnsFrom, type UploadAnswer } from '@/lib/files/upload.ts';
import { chimeId } from '@/lib/id.ts';
import { licenses } from '@/lib/licenses/license.ts';
import { plainText } from '@/lib/plain-text.ts';

const file = z.object({
  accountId: chimeId,
  name: z
    .string()
    .max(1_000)
    .transform((name) => plainText(name).slice(0, 200).toWellFormed() || 'file'),
  columns: z
    .string()
    .max(200)
    .optional()
    .transform((text) => (text === undefined ? undefined : columnsFrom(text))),
});
const shape = z.union([
  file.extend({
    prepare: z.literal('1'),
    to: z.enum(licenses).optional(),
    reason: reasonShape,
    until: untilShape.shape.wall.optional(),
    zone: untilShape.shape.zone.optional(),
  }),
  file.extend({ prepare: z.undefined().optional() }),
]);

/** Reads a file of people and tells how it was understood; with `prepare`, makes a preview of it. Keeps no file. */
export const POST = operatorPost('batches:run', shape, async (input, { request, ...actor }) => {
  try {
    const { rows, ...understood } = await readPeopleFile(request.body ?? nothing(), { columns: input.columns });
    if (input.prepare === undefined) return told({ state: 'read', file: { ...understood, people: rows.length } });
    const { accountId, name, to = null, reason, until: wall, zone = 'UTC' } = input;
    const until = wall === undefined ? undefined : { wall, zone };
    const wish = { accountId, people: { kind: 'file', name, rows } as const, to, reason, until };
    return told({ state: 'prepared', batchId: await prepareBatch(deps(), wish, submitterFrom(actor)) });
  } catch (error) {
    if (!(error instanceof FileRefusal)) throw error;
    return told({
      state: 'refused',
      problem: error.problem,
      ...(error.line === undefined ? {} : { line: error.line }),
    });
  }
});

const told = (told: UploadAnswer) => answer(told);

async function* nothing(): AsyncGenerator<Uint8Array> {}
