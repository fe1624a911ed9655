/**
 * Many changes as one batch, from its submission to its end in a worker of its own process: against a loop of
 * `aws chime update-user` (measured on a sample and extrapolated), and against one plain SDK loop of batches of 20; on loopback
 * and with Chime taking 50 ms a call. Then how long a page takes while a batch of 100,000 runs, against the same page before.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { BatchUpdateUserCommand } from '@aws-sdk/client-chime';
import { freshnessOf, wantSync } from '../lib/accounts/store.ts';
import { findBatch } from '../lib/batches/store.ts';
import type { License } from '../lib/licenses/license.ts';
import { findAwsCli } from '../scripts/tools.ts';
import { updateUser } from './aws-cli.ts';
import { type App, withApp } from './tools/app.ts';
import { batchSeconds, someUserIds, submitted, withWorker } from './tools/batch-work.ts';
import { type Desk, withDesk } from './tools/desk.ts';
import { timed } from './tools/measure.ts';
import { percentile, printLine } from './tools/report.ts';
import { signIn } from './tools/session.ts';
import { turnsFor } from './tools/turns.ts';

const callMs = 50;
const together = 20;
const cliSample = 15;

export async function run(sizes: number[]): Promise<void> {
  for (const people of sizes.length > 0 ? sizes : [1_000, 10_000]) await compareWithLoops(people);
  await showPagesMeanwhile(100_000);
}

async function compareWithLoops(people: number): Promise<void> {
  await withDesk(people * 4, async (desk) => {
    await withWorker(desk, async () => {
      for (const ms of [0, callMs]) {
        await desk.chime.control.clear();
        if (ms > 0) await desk.chime.control.delay(undefined, ms, { count: 0 });
        const cli = await cliSecondsPerChange(desk);
        await listed(desk);
        const userIds = await someUserIds(desk, people);
        const { all: ours, run } = await batchSeconds(desk, userIds, 'Pro');
        const plain = await plainSeconds(desk, userIds, 'Basic');
        const what = `${people.toLocaleString('en')} changes, ${ms === 0 ? 'loopback' : `${ms} ms a call`}`;
        if (cli !== undefined) {
          const times = (cli * people) / ours;
          printLine({
            what: `${what}, against a loop of aws`,
            ours: `${ours.toFixed(2)} s`,
            reference: `${(cli * people).toFixed(0)} s (${cliSample} measured, the rest extrapolated)`,
            ratio: `${times.toFixed(0)}x faster`,
            goal: { text: '>= 500x faster', isReached: times >= 500 },
          });
        }
        const perSecond = people / ours;
        printLine({
          what: `${what}, against one plain SDK loop of batches of ${together}`,
          ours: `${ours.toFixed(2)} s, ${perSecond.toFixed(0)} a second; ${(people / run).toFixed(0)} once listed`,
          reference: `${plain.toFixed(2)} s`,
          ratio: `${(ours / plain).toFixed(2)}x`,
          goal:
            ms === 0
              ? { text: '>= 1500 a second, audited', isReached: perSecond >= 1_500 }
              : { text: '<= 0.5x', isReached: ours <= 0.5 * plain },
        });
      }
    });
  });
}

async function cliSecondsPerChange(desk: Desk): Promise<number | undefined> {
  const aws = findAwsCli(2);
  if (!aws) return undefined;
  const [turns] = await turnsFor(desk, 1);
  if (!turns) throw new Error('There are too few people');
  const { time } = await timed(async () => {
    for (let count = 0; count < cliSample; count += 1) await updateUser(aws, desk, turns.next());
  });
  return time / 1_000 / cliSample;
}

async function plainSeconds({ client, accountId }: Desk, userIds: string[], to: License): Promise<number> {
  const { time } = await timed(async () => {
    for (let first = 0; first < userIds.length; first += together) {
      const items = userIds.slice(first, first + together).map((UserId) => ({ UserId, LicenseType: to }));
      await client.send(new BatchUpdateUserCommand({ AccountId: accountId, UpdateUserRequestItems: items }));
    }
  });
  return time / 1_000;
}

async function showPagesMeanwhile(people: number): Promise<void> {
  await withApp(people * 2, async (app) => {
    const cookie = await signIn(app);
    const idle = await pageTimes(app, cookie, async (count) => count >= 300);
    await app.chime.control.delay('BatchUpdateUser', callMs, { count: 0 });
    await withWorker(app, async () => {
      const userIds = await someUserIds(app, people);
      const id = await submitted(app, userIds, 'Pro');
      while ((await findBatch(app.deps.db, app.accountId, id))?.state === 'starting') await sleep(50);
      const busy = await pageTimes(app, cookie, async () => {
        const batch = await findBatch(app.deps.db, app.accountId, id);
        return batch?.state !== 'running';
      });
      const ratio = percentile(busy, 99) / percentile(idle, 99);
      printLine({
        what: `A page of people while a batch of ${people.toLocaleString('en')} runs, ${busy.length} times`,
        ours: `p50 ${percentile(busy, 50).toFixed(1)} ms, p99 ${percentile(busy, 99).toFixed(1)} ms`,
        reference: `p50 ${percentile(idle, 50).toFixed(1)} ms, p99 ${percentile(idle, 99).toFixed(1)} ms (no batch)`,
        ratio: ratio.toFixed(2),
        goal: { text: 'p99 <= 1.5x', isReached: ratio <= 1.5 },
      });
    });
  });
}

/** Milliseconds of one request after another for a page of people, found and sorted, with a pause as of somebody who reads. */
async function pageTimes(app: App, cookie: string, isOver: (count: number) => Promise<boolean>): Promise<number[]> {
  const times: number[] = [];
  const searches = ['ana', 'silva', 'ber', 'ok', 'maria'];
  while (!(await isOver(times.length))) {
    const address = `${app.url}/api/accounts/${app.accountId}/users?q=${searches[times.length % searches.length]}`;
    const { time } = await timed(async () => {
      const response = await fetch(address, { headers: { cookie } });
      if (!response.ok) throw new Error(`A page of people answered ${response.status}`);
      await response.arrayBuffer();
    });
    times.push(time);
    await sleep(20);
  }
  return times;
}

/** Until the mirror knows what was done beside it. */
async function listed({ deps, accountId }: Desk): Promise<void> {
  const since = (await freshnessOf(deps.db, accountId)).asOf;
  await wantSync(deps.db, accountId);
  while ((await freshnessOf(deps.db, accountId)).asOf === since) await sleep(50);
}

if (import.meta.main) await run(process.argv.slice(2).map(Number));
