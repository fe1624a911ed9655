/**
 * An installation at rest, one web and one worker: transactions a second at PostgreSQL and the CPU of all its processes together, over
 * 30 seconds in which nobody asks for anything. The reference is what the same worker would ask if each of its loops looked for its
 * own work as often as they used to.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { type Stack, startStack } from '../testing/stack.ts';
import { printLine } from './tools/report.ts';

const seconds = 30;
const formerly = 49;

async function run(): Promise<void> {
  const stack = await startStack({ users: 5_000 });
  try {
    await stack.refreshMirror();
    await sleep(20_000); // what follows a start and a first listing is over
    const [transactions, before] = [await transactionsOf(stack), cpuSeconds()];
    await sleep(seconds * 1_000);
    const perSecond = ((await transactionsOf(stack)) - transactions - 1) / seconds; // one is our own question
    const after = cpuSeconds();
    const spent = [...after].reduce((sum, [pid, cpu]) => sum + cpu - (before.get(pid) ?? 0), 0);
    const share = (spent / seconds) * 100;
    printLine({
      what: 'At rest: transactions a second',
      ours: perSecond.toFixed(2),
      reference: `${formerly} (each loop looking for its own work, November 2026)`,
      ratio: (perSecond / formerly).toFixed(3),
      goal: { text: '<= 2', isReached: perSecond <= 2 },
    });
    printLine({
      what: 'At rest: CPU of web, worker, PostgreSQL and Local Chime together, of one core',
      ours: `${share.toFixed(2)} %`,
      reference: '2.4 % (November 2026)',
      ratio: (share / 2.4).toFixed(2),
      goal: { text: '<= 0.5 %', isReached: share <= 0.5 },
    });
  } finally {
    await stack.stop();
  }
}

async function transactionsOf({ db }: Stack): Promise<number> {
  await sql`select pg_stat_clear_snapshot()`.execute(db);
  const { rows } = await sql<{ all: string }>`
    select xact_commit + xact_rollback as all from pg_stat_database where datname = current_database()`.execute(db);
  return Number(rows[0]?.all);
}

/** By process, of those that live: this process's children and theirs. A connection of PostgreSQL may end meanwhile. */
function cpuSeconds(): Map<number, number> {
  const all = readdirSync('/proc').flatMap((pid) => {
    if (!/^\d+$/.test(pid)) return [];
    try {
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
      return [{ pid: Number(pid), parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) }];
    } catch {
      return []; // it has ended meanwhile
    }
  });
  const ours = new Set([process.pid]);
  for (let size = 0; size !== ours.size; ) {
    size = ours.size;
    for (const { pid, parent } of all) if (ours.has(parent)) ours.add(pid);
  }
  const children = all.filter(({ pid }) => pid !== process.pid && ours.has(pid));
  return new Map(children.map(({ pid, ticks }) => [pid, ticks / 100])); // USER_HZ
}

if (import.meta.main) await run();
