/**
 * A batch of 30 people in a large account, with Chime taking 50 ms a call: from its submission to its first call and to its end,
 * against one plain SDK loop that reads and changes them, and against what listing the account would take.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { BatchUpdateUserCommand, GetUserCommand } from '@aws-sdk/client-chime';
import { findBatch } from '../lib/batches/store.ts';
import { maxTogether, pageSize } from '../lib/chime/chime.ts';
import { someUserIds, submitted, withWorker } from './tools/batch-work.ts';
import { type Desk, withDesk } from './tools/desk.ts';
import { timed } from './tools/measure.ts';
import { percentile, printLine } from './tools/report.ts';

const callMs = 50;
const few = 30;
const times = 10;

export async function run(sizes: number[]): Promise<void> {
  for (const people of sizes.length > 0 ? sizes : [100_000]) {
    await withDesk(people, (desk) => withWorker(desk, () => measure(desk, people)));
  }
}

async function measure(desk: Desk, people: number): Promise<void> {
  const userIds = await someUserIds(desk, few);
  await desk.chime.control.delay(undefined, callMs, { count: 0 });
  const ours: { first: number; all: number }[] = [];
  for (let time = 0; time < times; time += 1) {
    ours.push(await batchMs(desk, userIds, time % 2 === 0 ? 'Pro' : 'Basic'));
  }
  const { time: plain } = await timed(() => plainLoop(desk, userIds));
  const listing = (Math.ceil(people / pageSize) * callMs) / 1_000;
  const reference = `${(plain / 1_000).toFixed(2)} s for a plain SDK loop, ${listing.toFixed(0)} s for a listing (calculated)`;
  const what = `${few} people in an account of ${people.toLocaleString('en')}, ${callMs} ms a call, ${times} times`;
  const line = (name: string, ms: number[], most: number) => {
    const [p50, p95] = [percentile(ms, 50), percentile(ms, 95)];
    printLine({
      what: `${what}: ${name}`,
      ours: `p50 ${(p50 / 1_000).toFixed(2)} s, p95 ${(p95 / 1_000).toFixed(2)} s`,
      reference,
      ratio: `${(p95 / plain).toFixed(2)}x of the loop`,
      goal: { text: `p95 <= ${most} s`, isReached: p95 <= most * 1_000 },
    });
  };
  line(
    'to the first call',
    ours.map((one) => one.first),
    1,
  );
  line(
    'to the end',
    ours.map((one) => one.all),
    3,
  );
}

/** Milliseconds from the submission to the arrival of the first change at Chime, and to the end. */
async function batchMs(desk: Desk, userIds: string[], to: 'Pro' | 'Basic'): Promise<{ first: number; all: number }> {
  const before = (await desk.chime.control.calls()).at(-1)?.seq ?? 0;
  const id = await submitted(desk, userIds, to);
  const at = Number((await findBatch(desk.deps.db, desk.accountId, id))?.submitted_at);
  for (;;) {
    const batch = await findBatch(desk.deps.db, desk.accountId, id);
    if (batch?.ended_at) {
      if (batch.failed > 0) throw new Error(`${batch.failed} of ${batch.total} failed`);
      const calls = await desk.chime.control.calls(before);
      const first = calls.find(({ operation }) => operation === 'BatchUpdateUser');
      return { first: Date.parse(first?.at ?? '') - at, all: Number(batch.ended_at) - at };
    }
    await sleep(5);
  }
}

async function plainLoop({ client, accountId }: Desk, userIds: string[]): Promise<void> {
  for (const UserId of userIds) await client.send(new GetUserCommand({ AccountId: accountId, UserId }));
  for (let first = 0; first < userIds.length; first += maxTogether) {
    const items = userIds.slice(first, first + maxTogether).map((UserId) => ({ UserId, LicenseType: 'Plus' as const }));
    await client.send(new BatchUpdateUserCommand({ AccountId: accountId, UpdateUserRequestItems: items }));
  }
}

if (import.meta.main) await run(process.argv.slice(2).map(Number));
