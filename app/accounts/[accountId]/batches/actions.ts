'use server';

import { z } from 'zod';
import { operatorAction } from '@/app/guard/actions.ts';
import { untilShape } from '@/app/until.ts';
import { traits } from '@/lib/batches/batch.ts';
import { moveStart as move } from '@/lib/batches/move-start.ts';
import { approveBatch as approve, steerBatch as steer, submitBatch as submit } from '@/lib/batches/steer-batch.ts';
import { deps } from '@/lib/deps.ts';
import { failureCodes } from '@/lib/failures.ts';
import { chimeId } from '@/lib/id.ts';
import { licenses } from '@/lib/licenses/license.ts';
import { longestList } from '@/lib/lists/list.ts';
import { editDraft as edit } from '@/lib/previews/edit-draft.ts';
import { prepareBatch as prepare } from '@/lib/previews/prepare-batch.ts';
import { reasonShape } from './reason.ts';
import { submitterFrom } from './submitter.ts';

/** People handed over one by one; more of them are chosen by a filter. */
const maxIds = 10_000;

const people = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('people'), userIds: z.array(chimeId).max(maxIds) }),
  z.object({ kind: z.literal('everybody') }),
  z.object({ kind: z.literal('filter'), params: z.string().max(4_000) }),
  z.object({ kind: z.literal('list'), text: z.string().max(longestList) }),
  z.object({
    kind: z.literal('retry'),
    batchId: z.uuid(),
    only: z.enum([...failureCodes, 'left']).optional(),
  }),
  z.object({ kind: z.literal('no-return'), batchId: z.uuid() }),
  z.object({ kind: z.literal('undo'), batchId: z.uuid() }),
]);
const wish = z.object({
  accountId: chimeId,
  people,
  to: z.enum(licenses).nullable(),
  reason: reasonShape,
  until: untilShape.optional(),
});
const target = z.object({ accountId: chimeId, batchId: z.uuid() });
const seen = target.extend({ fingerprint: z.string().regex(/^[0-9a-f]{64}$/) });

export const prepareBatch = operatorAction('prepare-batch', 'batches:run', wish, async (input, actor) => ({
  batchId: await prepare(deps(), input, submitterFrom(actor)),
}));

const position = z.number().int().min(1).max(2_000_000_000);
const positions = z.array(position).min(1).max(1_000);
const draftEdit = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('leave-out'), positions }),
  z.object({ kind: z.literal('leave-out-all'), trait: z.enum(traits) }),
  z.object({ kind: z.literal('put-back'), positions }),
  z.object({ kind: z.literal('choose'), position, userId: chimeId }),
  z.object({ kind: z.literal('unchoose'), position }),
]);

export const editDraft = operatorAction(
  'edit-draft',
  'batches:run',
  target.extend({ edit: draftEdit }),
  async ({ edit: change, ...draft }, actor) => {
    await edit(deps(), draft, change, submitterFrom(actor));
    return null;
  },
);

const startAt = z.iso.datetime().nullable();
const momentOf = (at: string | null) => (at === null ? null : new Date(at));

export const submitBatch = operatorAction(
  'submit-batch',
  'batches:run',
  seen.extend({ startAt }),
  ({ startAt: at, ...batch }, actor) =>
    submit(
      deps(),
      { ...batch, startAt: momentOf(at) },
      { ...submitterFrom(actor), operatorRole: actor.operator.role },
      deps().settings.BATCH_LIMITS,
    ),
);

export const moveStart = operatorAction(
  'move-start',
  'batches:run',
  target.extend({ startAt }),
  ({ startAt: at, ...batch }, actor) =>
    move(
      deps(),
      { ...batch, startAt: momentOf(at) },
      { ...submitterFrom(actor), operatorRole: actor.operator.role },
      deps().settings.BATCH_LIMITS,
    ),
);

export const approveBatch = operatorAction('approve-batch', 'batches:run', seen, (input, actor) =>
  approve(deps(), input, submitterFrom(actor)),
);

export const steerBatch = operatorAction(
  'steer-batch',
  'batches:run',
  target.extend({ steer: z.enum(['pause', 'resume', 'stop', 'discard']) }),
  (input, actor) => steer(deps(), input, submitterFrom(actor)),
);
