/** Batches at a bench's desk: a worker in a process of its own, the admin who submits, and people to change. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { submitBatch } from '../../lib/batches/steer-batch.ts';
import { findBatch } from '../../lib/batches/store.ts';
import { isAnyWorkerThere } from '../../lib/events/heartbeat-store.ts';
import type { License } from '../../lib/licenses/license.ts';
import { prepareBatch } from '../../lib/previews/prepare-batch.ts';
import { startProgram } from '../../scripts/processes/processes.ts';
import { chimeClientEnv, worker } from '../../scripts/processes/programs.ts';
import type { Desk } from './desk.ts';
import { timed } from './measure.ts';

export const admin = {
  operatorId: 'bench-admin',
  operatorName: 'Bench Admin',
  operatorRole: 'admin' as const,
  groups: null,
  token: null,
  requestId: randomUUID(),
};
const limits = { admin: { people: 1_000_000, perDay: 1_000_000_000 } };

/** Runs something while a worker runs beside it; its start is no part of that. */
export async function withWorker(desk: Desk, work: () => Promise<void>): Promise<void> {
  const operator = { id: admin.operatorId, username: 'bench', name: admin.operatorName, role: admin.operatorRole };
  await desk.deps.db
    .insertInto('operators')
    .values({ ...operator, password_hash: 'nobody signs in' })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
  const env = {
    ...chimeClientEnv(desk.chime.keys, desk.chime.port),
    DATABASE_URL: desk.databaseUrl,
    NEXTAUTH_SECRET: desk.chime.keys.secretAccessKey,
    AUDIT_KEY: process.env.AUDIT_KEY,
    AUDIT_CHECKPOINTS: `${desk.folder}/checkpoints.jsonl`,
  };
  const program = startProgram(worker({ logs: desk.folder, env }));
  try {
    while (!(await isAnyWorkerThere(desk.deps.db))) await sleep(20);
    await work();
  } finally {
    await program.stop();
  }
}

/** A batch that is on its way, about these people. */
export async function submitted({ deps, accountId }: Desk, userIds: string[], to: License): Promise<string> {
  const wish = { accountId, people: { kind: 'people' as const, userIds }, to, reason: 'a benchmark' };
  const batchId = await prepareBatch(deps, wish, admin);
  const fingerprint = (await findBatch(deps.db, accountId, batchId))?.fingerprint ?? '';
  await submitBatch(deps, { accountId, batchId, fingerprint, startAt: null }, admin, limits);
  return batchId;
}

/** From the submission to the end, the listing before it included; and from the end of the listing. */
export async function batchSeconds(desk: Desk, userIds: string[], to: License): Promise<{ all: number; run: number }> {
  const { deps, accountId } = desk;
  const id = await submitted(desk, userIds, to);
  const { time } = await timed(() => ended(desk, id));
  const batch = await findBatch(deps.db, accountId, id);
  if (batch?.state !== 'done' || batch.failed > 0) {
    throw new Error(`The batch ended as ${batch?.state} with ${batch?.failed} failed of ${batch?.total}`);
  }
  const run = Number(batch.ended_at) - Number(batch.started_at);
  return { all: time / 1_000, run: run / 1_000 };
}

async function ended({ deps, accountId }: Desk, id: string): Promise<void> {
  for (;;) {
    const batch = await findBatch(deps.db, accountId, id);
    if (batch?.ended_at || batch?.state === 'paused') return;
    await sleep(25);
  }
}

/** So many people with Basic. */
export async function someUserIds({ deps, accountId }: Desk, count: number): Promise<string[]> {
  const rows = await deps.db
    .selectFrom('users')
    .select('id')
    .where('account_id', '=', accountId)
    .where('license', '=', 'Basic')
    .orderBy('id')
    .limit(count)
    .execute();
  if (rows.length < count) throw new Error(`Only ${rows.length} people have Basic`);
  return rows.map(({ id }) => id);
}
