/**
 * How long `npm start` takes on an installed and built tree until the sign-in page answers, with keys and data there
 * from an earlier run, against the web alone, which starts neither database, nor Chime, nor worker.
 */
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../scripts/bootstrap.mjs';
import { provideBuild } from '../scripts/build.ts';
import { freePort } from '../scripts/processes/ports.ts';
import { type Program, startProgram } from '../scripts/processes/processes.ts';
import { web, webIsUp } from '../scripts/processes/programs.ts';
import { interleave, series } from './tools/measure.ts';
import { printWithin } from './tools/report.ts';

const goalMs = 5_000;
const rounds = 5;

/** Prints what was measured, one line a number. */
export async function run(): Promise<void> {
  await provideBuild();
  const folder = await mkdtemp(join(tmpdir(), 'bench-start-up-'));
  await chmod(folder, 0o711); // as root, PostgreSQL's own user must pass through
  try {
    const everything = series(() => startEverything(folder));
    const webAlone = series(() => startWeb(folder));
    await interleave([everything, webAlone], { warmUp: 1, rounds });
    printWithin('npm start to the first page', everything.times, webAlone.times, goalMs, 50);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function startEverything(folder: string): Promise<number> {
  const port = await freePort();
  const env = {
    CARILLON_HOME: join(folder, 'home'),
    PORT: String(port),
    CHIME_PORT: String(await freePort()),
    CHIME_CONTROL_PORT: String(await freePort()),
    DATABASE_URL: undefined,
    CHIME_ENDPOINT: undefined,
  };
  const args = [join(root, 'scripts', 'start.mjs')];
  const program = { name: 'npm start', command: process.execPath, args, env, logFile: join(folder, 'start.log') };
  return untilUp({ ...program, cwd: root, deadlineMs: 30_000 }, port);
}

async function startWeb(folder: string): Promise<number> {
  const port = await freePort();
  const env = {
    DATABASE_URL: 'postgresql://127.0.0.1:1/none',
    NEXTAUTH_SECRET: 'only-the-sign-in-page-is-asked-for',
    AUDIT_KEY: 'and-nobody-does-anything-to-be-audited',
    PUBLIC_URL: `http://localhost:${port}`,
  };
  const logs = join(folder, 'logs');
  await mkdir(logs, { recursive: true });
  return untilUp(web({ logs, env }, { port }), port);
}

async function untilUp(program: Program, port: number): Promise<number> {
  const began = performance.now();
  const running = startProgram(program);
  try {
    await webIsUp(running, port);
    return performance.now() - began;
  } finally {
    await running.stop();
  }
}

if (import.meta.main) await run();
