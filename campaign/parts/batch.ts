import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { type Answer, account, type Page } from './page.ts';

const preparedShape = z.object({ batchId: z.string() });
const reportShape = z.object({
  batch: z.object({
    state: z.string(),
    fingerprint: z.string(),
    total: z.number(),
    changed: z.number(),
    failed: z.number(),
  }),
});

const at = 'batches/new';

/** Prepares and submits a batch as an admin's page does. `report` reads it; undefined where the web did not answer well. */
export async function submitBatch(page: Page, userIds: string[], to: 'Basic' | 'Pro') {
  const people = { kind: 'people', userIds };
  const wish = { accountId: account, people, to, reason: 'Campaign' };
  const { batchId } = preparedShape.parse(await again(() => page.act('prepareBatch', wish, at)));
  const report = async () => (await page.read(`batches/${batchId}`, reportShape))?.batch;
  await again(async () => {
    const batch = await report();
    if (!batch) return { status: 0 }; // nothing is known of it just now
    if (batch.state !== 'draft') return { status: 200, result: { ok: true, value: null } }; // sent before, and its answer was lost
    const seen = { accountId: account, batchId, fingerprint: batch.fingerprint, startAt: null };
    return page.act('submitBatch', seen, at);
  });

  const until = async (isThere: (batch: z.output<typeof reportShape>['batch']) => boolean) => {
    for (;;) {
      const batch = await report();
      if (batch && isThere(batch)) return batch;
      await pause(200);
    }
  };
  return {
    batchId,
    people: userIds.length,
    /** Waits until at least so many people of it are changed. */
    changed: (count: number) => until((batch) => batch.changed >= count || batch.state === 'done'),
    over: () => until(({ state }) => ['done', 'stopped', 'paused'].includes(state)),
  };
}

/** Does it again, as an admin would, as long as the web or its database are away; the answer is what the action gave. */
async function again(act: () => Promise<Answer>): Promise<unknown> {
  for (;;) {
    const { status, result } = await act();
    if (result?.ok) return result.value;
    if (status === 200 && result && result.failure.code !== 'no-database')
      throw new Error(`No batch: ${result.failure.code}`);
    await pause(500);
  }
}
