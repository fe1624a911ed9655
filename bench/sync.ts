/**
 * A sync of a large account against a bare `paginateListUsers` loop over the same pages: the first one, which writes
 * everybody down, and the usual one, which finds nobody changed; on loopback and with Chime taking 50 ms a page. Sizes are
 * the arguments, 10,000 and 100,000 unless told. The sync runs in a process of its own, whose memory is read.
 */

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { paginateListUsers } from '@aws-sdk/client-chime';
import { sql } from 'kysely';
import { z } from 'zod';
import { type Desk, withDesk } from './tools/desk.ts';
import { timed } from './tools/measure.ts';
import { printLine, printNote } from './tools/report.ts';

const pageMs = 50;
const maxLoopback = 2.5;
const maxSlow = 1.1;

const reportShape = z.object({ ms: z.number(), peakMb: z.number() });

export async function run(sizes: number[]): Promise<void> {
  for (const people of sizes.length > 0 ? sizes : [10_000, 100_000]) {
    await withDesk(
      people,
      async (desk) => {
        const pages = Math.ceil(people / 200);
        const bare = await bareLoop(desk);
        const first = await syncOnce(desk);
        printSync(`first sync of ${people.toLocaleString('en')}, loopback`, first, bare, maxLoopback);
        const usual = await syncOnce(desk);
        printSync(`usual sync of ${people.toLocaleString('en')}, loopback`, usual, await bareLoop(desk), maxLoopback);
        if (people > 100_000) return; // at 50 ms a page the million says nothing more
        await desk.chime.control.delay('ListUsers', pageMs, { count: 0 });
        const slow = await syncOnce(desk);
        printSync(
          `usual sync of ${people.toLocaleString('en')}, ${pageMs} ms a page`,
          slow,
          await bareLoop(desk),
          maxSlow,
        );
        printNote(`${pages} pages`);
      },
      { isMirrored: false },
    );
  }
}

async function bareLoop({ client, accountId }: Desk): Promise<number> {
  const { time } = await timed(async () => {
    for await (const _ of paginateListUsers({ client, pageSize: 200 }, { AccountId: accountId }));
  });
  return time;
}

/** One sync of the large account, which alone is due. */
export async function syncOnce({ deps, accountId, databaseUrl, chime }: Desk) {
  await sql`update accounts set sync_wanted = id = ${accountId}, complete_as_of = coalesce(complete_as_of, case when id <> ${accountId} then clock_timestamp() end), sync_touched_at = clock_timestamp()`.execute(
    deps.db,
  );
  const child = fork(new URL('tools/sync-once.ts', import.meta.url), {
    env: {
      ...process.env,
      DATABASE_URL: databaseUrl,
      CHIME_ENDPOINT: chime.endpoint,
      AWS_ACCESS_KEY_ID: chime.keys.accessKeyId,
      AWS_SECRET_ACCESS_KEY: chime.keys.secretAccessKey,
      NEXTAUTH_SECRET: 'only-for-this-benchmark-and-long-enough',
    },
  });
  const [message]: unknown[] = await once(child, 'message');
  await once(child, 'exit');
  return reportShape.parse(message);
}

function printSync(what: string, ours: z.output<typeof reportShape>, bare: number, most: number): void {
  const ratio = ours.ms / bare;
  printLine({
    what,
    ours: `${seconds(ours.ms)}, ${ours.peakMb.toFixed(0)} MB at most`,
    reference: `bare loop ${seconds(bare)}`,
    ratio: `${ratio.toFixed(2)}x`,
    goal: { text: `<= ${most}x`, isReached: ratio <= most },
  });
}

const seconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`;

if (import.meta.main) await run(process.argv.slice(2).map(Number));
