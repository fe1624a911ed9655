import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { root } from '../bootstrap.mjs';
import { type Environment, lastLines, type Program, type RunningProgram } from './processes.ts';
import type { SystemUser } from './system-user.ts';

/** The three programs of ours, as the commands and the tests start them. */

/** `user`: the system user to run as; only root may choose. */
type Surroundings = { logs: string; env: Environment; user?: SystemUser };
type ChimeChoices = { port: number; controlPort: number; data: string; users?: string; reset?: boolean };
type WebChoices = { port: number; dev?: boolean };

export function localChime({ logs, env }: Omit<Surroundings, 'user'>, choices: ChimeChoices): Program {
  const { port, controlPort, data, users, reset } = choices;
  const ports = ['--port', String(port), '--control-port', String(controlPort)];
  const organisation = [...(users === undefined ? [] : ['--users', users]), ...(reset ? ['--reset'] : [])];
  return node('chime', logs, env, ['local-chime/main.ts', ...ports, '--data', data, ...organisation]);
}

export function worker({ logs, env, user }: Surroundings, { dev = false } = {}): Program {
  const args = [...(dev ? ['--watch', '--watch-preserve-output'] : []), 'lib/worker/main.ts'];
  return { ...node('worker', logs, env, args), user };
}

export function web({ logs, env, user }: Surroundings, { port, dev = false }: WebChoices): Program {
  const args = dev ? [nextCommand, 'dev', '-H', '127.0.0.1', '-p', String(port)] : ['lib/web/main.ts'];
  return { ...node('web', logs, { ...env, PORT: String(port) }, args), user };
}

export const nextCommand = join('node_modules', 'next', 'dist', 'bin', 'next');

function node(name: string, logs: string, env: Environment, args: string[]): Program {
  return { name, command: process.execPath, args, env, cwd: root, logFile: join(logs, `${name}.log`) };
}

/** What Local Chime takes from its environment, and what its clients do. */
export type ChimeKeys = { accessKeyId: string; secretAccessKey: string; controlToken: string };

export function chimeServerEnv(keys: ChimeKeys) {
  return {
    LOCAL_CHIME_ACCESS_KEY_ID: keys.accessKeyId,
    LOCAL_CHIME_SECRET_ACCESS_KEY: keys.secretAccessKey,
    LOCAL_CHIME_CONTROL_TOKEN: keys.controlToken,
  };
}

export function chimeClientEnv(keys: ChimeKeys, port: number): Environment {
  return {
    CHIME_ENDPOINT: `http://127.0.0.1:${port}`,
    CHIME_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: keys.accessKeyId,
    AWS_SECRET_ACCESS_KEY: keys.secretAccessKey,
    // The AWS client would prefer these, left over from someone's real account.
    AWS_SESSION_TOKEN: undefined,
    AWS_PROFILE: undefined,
  };
}

export function chimeIsUp(chime: RunningProgram, controlPort: number, token: string): Promise<void> {
  return answers(chime, `http://127.0.0.1:${controlPort}/health`, { authorization: `Bearer ${token}` });
}

/** Up is also a web that answers to its public name alone (421): it knows all it needs to say so. */
export function webIsUp(program: RunningProgram, port: number): Promise<void> {
  return answers(program, `http://127.0.0.1:${port}/sign-in`, {}, [421]);
}

/** Waits until a program's address answers well; throws with the program's last words when it ends or never does. */
async function answers(
  program: RunningProgram,
  url: string,
  headers: Record<string, string>,
  alsoGood: number[] = [],
): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (program.isRunning() && Date.now() < deadline) {
    const response = await fetch(url, { headers, signal: AbortSignal.timeout(30_000) }).catch(() => undefined);
    await response?.body?.cancel();
    if (response?.ok || (response && alsoGood.includes(response.status))) return;
    await pause(25);
  }
  const what = program.isRunning() ? `did not answer well at ${url} for 60 s` : `ended: ${await program.ended}`;
  throw new Error(`${program.name} ${what}\n${lastWords(program)}`);
}

export function lastWords({ logFile }: { logFile: string }, count?: number): string {
  return `The last lines of ${logFile}:\n${lastLines(logFile, count).replaceAll(/^/gm, '    ')}`;
}
