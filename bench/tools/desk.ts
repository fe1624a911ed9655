import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ChimeClient, UpdateUserCommand } from '@aws-sdk/client-chime';
import { connectChime } from '../../lib/chime/chime.ts';
import type { Deps } from '../../lib/chime/deps.ts';
import { openDatabase } from '../../lib/db/database.ts';
import { migrate } from '../../lib/migrate.ts';
import { syncAccounts, syncDueAccount } from '../../lib/mirror/sync-mirror.ts';
import { ChimeControl } from '../../local-chime/faults/control-client.ts';
import { exampleAccounts } from '../../local-chime/people/organisation.ts';
import { startEmbedded } from '../../scripts/processes/embedded.ts';
import { freePort } from '../../scripts/processes/ports.ts';
import { startProgram } from '../../scripts/processes/processes.ts';
import { chimeIsUp, chimeServerEnv, localChime } from '../../scripts/processes/programs.ts';
import type { Turn } from './turns.ts';

/** What an operator's change needs: PostgreSQL as it is installed, Local Chime as a process, and a mirror of its people, or one that knows only the accounts yet. */
export type Desk = {
  deps: Deps;
  accountId: string;
  databaseUrl: string;
  chime: {
    endpoint: string;
    port: number;
    keys: { accessKeyId: string; secretAccessKey: string; controlToken: string };
    control: ChimeControl;
  };
  /** The plain SDK, with nothing of ours around it. */
  client: ChimeClient;
  /** UpdateUser by the plain SDK, with nothing of ours around it. */
  updateUser(turn: Turn): Promise<unknown>;
  /** A folder for logs and the like, gone afterwards. */
  folder: string;
};

const region = 'us-east-1';

/**
 * Runs a benchmark at a desk of its own: a durable PostgreSQL (fsync and synchronous_commit as by default) and a durable
 * Local Chime, each in its own process. No worker runs beside it.
 */
export async function withDesk(
  users: number,
  run: (desk: Desk) => Promise<void>,
  { isMirrored = true } = {},
): Promise<void> {
  const undo: (() => Promise<unknown>)[] = [];
  try {
    await run(await openDesk(users, undo, isMirrored));
  } finally {
    for (const step of undo.reverse()) await step();
  }
}

async function openDesk(users: number, undo: (() => Promise<unknown>)[], isMirrored: boolean): Promise<Desk> {
  const folder = await mkdtemp(join(tmpdir(), 'carillon-bench-'));
  undo.push(() => rm(folder, { recursive: true, force: true }));
  await chmod(folder, 0o711); // PostgreSQL's own user passes through
  const server = await startEmbedded({ dataDir: join(folder, 'postgres') });
  undo.push(() => server.stop());
  await migrate(server.url);

  const secret = () => randomBytes(32).toString('base64url');
  const keys = { accessKeyId: 'CARILLONBENCH', secretAccessKey: secret(), controlToken: secret() };
  process.env.AUDIT_KEY ??= `audit-${keys.secretAccessKey}`; // as the web has it that runs beside us
  const [port, controlPort] = [await freePort(), await freePort()];
  const choices = { port, controlPort, data: join(folder, 'chime.sqlite'), users: String(users) };
  const program = startProgram(localChime({ logs: folder, env: chimeServerEnv(keys) }, choices));
  undo.push(() => program.stop());
  await chimeIsUp(program, controlPort, keys.controlToken);

  const endpoint = `http://127.0.0.1:${port}`;
  const deps = {
    db: openDatabase(server.url),
    chime: connectChime({ endpoint, region, credentials: keys }),
  };
  undo.push(() => deps.db.destroy());
  undo.push(async () => deps.chime.disconnect());
  await syncAccounts(deps);
  while (isMirrored && (await syncDueAccount(deps)));

  const client = new ChimeClient({ endpoint, region, credentials: keys, maxAttempts: 1 });
  undo.push(async () => client.destroy());
  const accountId = exampleAccounts.enterprise;
  return {
    deps,
    accountId,
    databaseUrl: server.url,
    chime: { endpoint, port, keys, control: new ChimeControl(`http://127.0.0.1:${controlPort}`, keys.controlToken) },
    client,
    updateUser: ({ userId, to }) =>
      client.send(new UpdateUserCommand({ AccountId: accountId, UserId: userId, LicenseType: to })),
    folder,
  };
}

/**
 * Waits until Chime has been seen to show a change. That read goes on behind the answer: the next measurement begins
 * when it is over, so that it slows nothing that is measured down.
 */
export async function confirmed({ deps }: Desk, changeId: string): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (Date.now() < deadline) {
    const { confirmed_at } = await deps.db
      .selectFrom('changes')
      .select('confirmed_at')
      .where('id', '=', changeId)
      .executeTakeFirstOrThrow();
    if (confirmed_at) return;
    await sleep(2);
  }
  throw new Error(`Chime did not show the change ${changeId} for 10 s`);
}

/** Throws unless Local Chime's journal knows exactly this many changes, each of them to another license. */
export async function expectRealChanges({ chime }: Desk, count: number): Promise<void> {
  const journal = await chime.control.journal();
  const real = journal.filter(({ from, to }) => from !== to).length;
  if (journal.length !== count || real !== count) {
    throw new Error(`${count} changes were made, Chime knows of ${journal.length}, ${real} of them to another license`);
  }
}
