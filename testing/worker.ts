import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startProgram } from '../scripts/processes/processes.ts';
import type { Desk } from './desk.ts';

/**
 * Starts a worker of its own process at a desk; `kill` is kill -9, and resolves when it is gone. `stop` is SIGTERM, and answers with what
 * ended it.
 */
export async function startWorker({ databaseUrl, chimeService }: Pick<Desk, 'databaseUrl' | 'chimeService'>) {
  const logs = await mkdtemp(join(tmpdir(), 'carillon-worker-'));
  const worker = startProgram({
    name: 'worker',
    command: process.execPath,
    args: ['lib/worker/main.ts'],
    logFile: join(logs, 'worker.log'),
    env: {
      DATABASE_URL: databaseUrl,
      CHIME_ENDPOINT: chimeService.endpoint,
      CHIME_REGION: chimeService.region,
      AWS_ACCESS_KEY_ID: chimeService.credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: chimeService.credentials.secretAccessKey,
      NEXTAUTH_SECRET: 'only-for-this-test-and-long-enough-for-it',
      AUDIT_CHECKPOINTS: join(logs, 'checkpoints.jsonl'),
      NODE_ENV: undefined,
    },
  });
  return {
    async stop() {
      await worker.stop();
      await rm(logs, { recursive: true, force: true });
      return worker.ended;
    },
    async kill() {
      worker.kill();
      await worker.ended;
      await rm(logs, { recursive: true, force: true });
    },
  };
}
