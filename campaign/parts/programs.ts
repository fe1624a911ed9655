import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../../scripts/processes/ports.ts';
import {
  type Environment,
  type Program,
  type RunningProgram,
  startProgram,
} from '../../scripts/processes/processes.ts';
import { lastWords, web, webIsUp, worker } from '../../scripts/processes/programs.ts';
import type { Version } from './versions.ts';

/** One web or one worker of several: a place where the program of one version runs, and then that of another. */
export type Place = {
  name: string;
  port: number;
  opsPort: number;
  /** Stops the program as an upgrade does, and starts that of a version; with other settings where given; resolves when it says that it is ready. */
  replaceBy(version: Version, more?: Environment): Promise<void>;
  stop(): Promise<void>;
  pid(): number;
  /** Where Node's inspector listens. */
  inspectorPort: number;
};

/** Longer than the web serves on and waits for what is under way. */
const deadlineMs = 40_000;

type Setting = { logs: string; env: Environment };

export const webPlace = (name: string, setting: Setting): Promise<Place> =>
  openPlace(name, setting, (logs, env, port) => web({ logs, env }, { port }), webIsUp);

export const workerPlace = (name: string, setting: Setting): Promise<Place> =>
  openPlace(
    name,
    setting,
    (logs, env) => worker({ logs, env }),
    async () => {},
  );

async function openPlace(
  name: string,
  { logs, env }: Setting,
  programOf: (logs: string, env: Environment, port: number) => Program,
  isUp: (running: RunningProgram, port: number) => Promise<void>,
): Promise<Place> {
  const [port, opsPort, inspectorPort] = [await freePort(), await freePort(), await freePort()];
  const own = join(logs, name);
  mkdirSync(own);
  const ports = { OPS_PORT: String(opsPort), NODE_OPTIONS: `--inspect=127.0.0.1:${inspectorPort}` };
  const program = { ...programOf(own, { ...env, ...ports }, port), deadlineMs };
  let running: RunningProgram | undefined;
  return {
    name,
    port,
    opsPort,
    inspectorPort,
    async replaceBy({ folder }, more = {}) {
      await running?.stop();
      running = startProgram({ ...program, cwd: folder, env: { ...program.env, ...more } });
      await isUp(running, port);
      await untilReady(running, opsPort);
    },
    async stop() {
      await running?.stop();
    },
    pid: () => running?.pid ?? 0,
  };
}

async function untilReady(running: RunningProgram, opsPort: number): Promise<void> {
  while (running.isRunning()) {
    const answer = await fetch(`http://127.0.0.1:${opsPort}/readyz`).catch(() => undefined);
    await answer?.text();
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${running.name} ended: ${await running.ended}\n${lastWords(running)}`);
}
