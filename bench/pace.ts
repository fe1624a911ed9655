/**
 * The pace of calls, with Local Chime taking 100 ms a call, a worker of its own process, and operators beside it. For listings
 * alone, single changes alone, a batch alone, and all together: the pace without a throttle, and the pace 10 s after one of
 * 2 calls a second for 15 s has ended. Then quotas that nobody has told us of, all together: how much of each is reached in
 * 600 calls, but in a minute at the least, and how many calls are refused. The names of mixes, or quotas, that follow leave the others out.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { freshnessOf, wantSync } from '../lib/accounts/store.ts';
import { steerBatch } from '../lib/batches/steer-batch.ts';
import { findBatch } from '../lib/batches/store.ts';
import { applyChanges } from '../lib/changes/apply-changes.ts';
import { outcomesOf } from '../lib/changes/outcomes-store.ts';
import { exampleAccounts } from '../local-chime/people/organisation.ts';
import { admin, submitted, withWorker } from './tools/batch-work.ts';
import { type Desk, withDesk } from './tools/desk.ts';
import { printLine } from './tools/report.ts';
import type { Turn } from './tools/turns.ts';

/** Enough for a batch that is not over before its measurement is; without one, few are listed sooner. */
const people = { withBatch: 100_000, without: 10_000 };
const callMs = 100;
const operators = 6;
const changedSingly = 2_000;

const settleMs = 4_000;
const measuredMs = 3_000;
const throttledMs = 15_000;
const backWithinMs = 10_000;
/** Long enough for some hundred calls: the first refusals, from which a quota is learnt, are many of few. */
const quotaMs = (quota: number) => Math.max(60_000, 600_000 / quota);

type Mix = { lists: boolean; changes: boolean; batch: boolean };

const allTogether: Mix = { lists: true, changes: true, batch: true };
const mixes: Record<string, Mix> = {
  listings: { lists: true, changes: false, batch: false },
  changes: { lists: false, changes: true, batch: false },
  batch: { lists: false, changes: false, batch: true },
  all: allTogether,
};
const quotas = [2, 10, 50];

export async function run(only: string[]): Promise<void> {
  const isWanted = (name: string) => only.length === 0 || only.includes(name);
  const hasBatch = only.length === 0 || only.some((name) => mixes[name]?.batch ?? true);
  await withDesk(hasBatch ? people.withBatch : people.without, async (desk) => {
    await withWorker(desk, async () => {
      for (const [name, mix] of Object.entries(mixes)) {
        if (isWanted(name)) await atWork(desk, mix, () => comeBack(desk, name));
      }
      for (const quota of quotas) {
        if (isWanted(String(quota))) await atWork(desk, allTogether, () => meetQuota(desk, quota));
      }
    });
  });
}

async function comeBack(desk: Desk, name: string): Promise<void> {
  const { control } = desk.chime;
  await sleep(settleMs);
  const before = await callsWithin(desk, measuredMs);
  await control.throttle(2);
  await sleep(throttledMs);
  await control.throttle(null);
  await sleep(backWithinMs);
  const after = await callsWithin(desk, measuredMs);
  const ratio = after.made / before.made;
  printLine({
    what: `Pace of ${name === 'all' ? 'all together' : `${name} alone`}, 10 s after a throttle of 2 a second for 15 s`,
    ours: `${perSecond(after.made, measuredMs)} a second`,
    reference: `${perSecond(before.made, measuredMs)} a second before it`,
    ratio: ratio.toFixed(2),
    goal: { text: '>= 90 %', isReached: ratio >= 0.9 },
  });
}

async function meetQuota(desk: Desk, quota: number): Promise<void> {
  await desk.chime.control.throttle(quota);
  const ms = quotaMs(quota);
  const { made, refused } = await callsWithin(desk, ms);
  const reached = made / ((quota * ms) / 1_000);
  const what = `A quota of ${quota} calls a second, all together, ${ms / 1_000} s`;
  printLine({
    what: `${what}, share of it reached`,
    ours: `${(100 * reached).toFixed(1)} %`,
    reference: `${quota}/s`,
    ratio: reached.toFixed(2),
    goal: { text: '>= 90 %', isReached: reached >= 0.9 },
  });
  printLine({
    what: `${what}, calls refused`,
    ours: `${((100 * refused) / (made + refused)).toFixed(1)} % of ${made + refused}`,
    reference: '-',
    ratio: `${((made + refused) / made).toFixed(3)} attempts a success`,
    goal: { text: '<= 5 %', isReached: refused <= 0.05 * (made + refused) },
  });
}

const perSecond = (calls: number, ms: number) => ((1_000 * calls) / ms).toFixed(1);

/** The calls that reach Chime from now on for so long. */
async function callsWithin({ chime }: Desk, ms: number): Promise<{ made: number; refused: number }> {
  const from = Date.now();
  await sleep(ms);
  const calls = (await chime.control.calls()).filter(({ at }) => Date.parse(at) >= from && Date.parse(at) < from + ms);
  const refused = calls.filter(({ status }) => status === 429).length;
  return { made: calls.length - refused, refused };
}

/** Measures while a mix of work goes on that does not come to its end by itself; nothing is known of the pace at first. */
async function atWork(desk: Desk, mix: Mix, measure: () => Promise<void>): Promise<void> {
  const { control } = desk.chime;
  const stopping = new AbortController();
  const { singly, together } = await peopleOf(desk);
  const batchId = mix.batch ? await runningBatch(desk, together) : undefined;
  await control.delay(undefined, callMs, { count: 0 });
  await desk.deps.db.deleteFrom('chime_pace').execute();
  const loops = [
    ...(mix.lists ? [keepListing(desk, stopping.signal)] : []),
    ...(mix.changes ? Array.from({ length: operators }, () => keepChanging(desk, singly, stopping.signal)) : []),
  ];
  try {
    await Promise.race([measure(), ...loops]); // a loop ends before that only with an error
    await expectRunning(desk, batchId);
  } finally {
    stopping.abort();
    await control.clear();
    await Promise.all(loops);
    await atRest(desk, batchId);
  }
}

/** Some of the people on Basic and Pro to be changed one by one, and those of the others who have the plan that more have. */
async function peopleOf({ deps, accountId }: Desk): Promise<{ singly: Turn[]; together: Turn[] }> {
  const rows = await deps.db
    .selectFrom('users')
    .select(['id', 'license'])
    .where('account_id', '=', accountId)
    .where('license', 'in', ['Basic', 'Pro'])
    .orderBy('id')
    .execute();
  const turns = rows.map(({ id, license }): Turn => {
    return license === 'Basic' ? { userId: id, from: 'Basic', to: 'Pro' } : { userId: id, from: 'Pro', to: 'Basic' };
  });
  const others = turns.slice(changedSingly);
  const upwards = others.filter(({ to }) => to === 'Pro');
  const downwards = others.filter(({ to }) => to === 'Basic');
  return {
    singly: turns.slice(0, changedSingly),
    together: upwards.length > downwards.length ? upwards : downwards,
  };
}

/** A batch about these people, which are listed already. */
async function runningBatch(desk: Desk, turns: Turn[]): Promise<string> {
  const { deps, accountId } = desk;
  const ids = turns.map(({ userId }) => userId);
  const id = await submitted(desk, ids, turns[0]?.to ?? 'Pro');
  while ((await findBatch(deps.db, accountId, id))?.state === 'starting') await sleep(20);
  return id;
}

async function expectRunning({ deps, accountId }: Desk, batchId: string | undefined): Promise<void> {
  const batch = batchId === undefined ? undefined : await findBatch(deps.db, accountId, batchId);
  if (batch && batch.state !== 'running') throw new Error(`The batch was ${batch.state} too early`);
}

/** Lists every account again as soon as it has been listed. */
async function keepListing({ deps }: Desk, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    for (const accountId of Object.values(exampleAccounts)) {
      if ((await freshnessOf(deps.db, accountId)).syncing === null) await wantSync(deps.db, accountId);
    }
    await sleep(50);
  }
}

/** An operator who makes one change after another. Who was changed comes last in the queue, to be changed back. */
async function keepChanging({ deps, accountId }: Desk, queue: Turn[], signal: AbortSignal): Promise<void> {
  const by = { operatorId: 'bench', operatorName: 'Bench', operatorRole: 'helpdesk', requestId: randomUUID() };
  while (!signal.aborted) {
    const turn = queue.shift();
    if (!turn) throw new Error('There is nobody left to change');
    let [outcome] = await applyChanges(deps, accountId, [turn], by);
    while (outcome?.state === 'pending') {
      await sleep(50);
      [outcome] = await outcomesOf(deps.db, accountId, [outcome.changeId]);
    }
    if (outcome?.state === 'applied') queue.push({ userId: turn.userId, from: turn.to, to: turn.from });
  }
}

/** Stops the batch, and waits until nothing is under way any more. */
async function atRest({ deps, accountId }: Desk, batchId: string | undefined): Promise<void> {
  if (batchId !== undefined) await steerBatch(deps, { accountId, batchId, steer: 'stop' }, admin);
  while (await isAtWork(deps.db)) await sleep(50);
}

async function isAtWork(db: Desk['deps']['db']): Promise<boolean> {
  const { rows } = await sql<{ isAtWork: boolean }>`
    select exists (select from batch_chunks)
      or exists (select from accounts where sync_wanted or sync_started_at is not null)
      or exists (select from changes where state = 'pending')
      or exists (select from changes where state = 'applied' and confirmed_at is null and batch_id is null
        and settled_at > clock_timestamp() - interval '10 seconds') as "isAtWork"`.execute(db);
  return rows[0]?.isAtWork ?? false;
}

if (import.meta.main) await run(process.argv.slice(2));
