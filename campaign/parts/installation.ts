import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startRoundRobin } from '../../e2e/support/round-robin.ts';
import { openDatabase } from '../../lib/db/database.ts';
import { ChimeControl } from '../../local-chime/faults/control-client.ts';
import { freePort } from '../../scripts/processes/ports.ts';
import { type Environment, startProgram } from '../../scripts/processes/processes.ts';
import { chimeClientEnv, chimeIsUp, chimeServerEnv, localChime } from '../../scripts/processes/programs.ts';
import type { Databases } from './databases.ts';
import { type Place, webPlace, workerPlace } from './programs.ts';
import { runNode } from './run-node.ts';
import type { Version } from './versions.ts';

/** `each`: how many webs and how many workers; `env`: settings on top of the usual ones. */
type Size = { people: number; each: number; env?: Environment };

const secret = () => randomBytes(24).toString('hex');

/** Carillon on a database: webs behind a proxy that asks whether they are ready, workers, and Local Chime, all with the programs of one version. */
export async function startInstallation(version: Version, databases: Databases, size: Size) {
  const undo: (() => unknown)[] = [];
  const stop = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    return { ...(await start(version, databases, size, undo)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function start(
  version: Version,
  databases: Databases,
  { people, each, env: more }: Size,
  undo: (() => unknown)[],
) {
  const folder = mkdtempSync(join(tmpdir(), 'carillon-run-'));
  undo.push(() => rmSync(folder, { recursive: true, force: true }));
  const logs = join(folder, 'logs');
  mkdirSync(logs);
  const db = openDatabase(databases.owner, 4);
  undo.push(() => db.destroy());
  await runNode(version, ['lib/auth/example-operators.ts'], { DATABASE_URL: databases.owner });
  const chime = await startChime(folder, logs, people);
  undo.push(chime.stop);

  const port = await freePort();
  const url = `http://localhost:${port}`;
  const keys = { cookieSecret: secret(), auditKey: secret() };
  const env = {
    ...chime.env,
    DATABASE_URL: databases.desk,
    DATABASE_LISTEN_URL: databases.listen,
    NEXTAUTH_SECRET: keys.cookieSecret,
    AUDIT_KEY: keys.auditKey,
    PUBLIC_URL: url,
    NEXTAUTH_URL: url,
    NODE_ENV: undefined,
    NEXT_TELEMETRY_DISABLED: '1',
    REQUEST_LIMITS: 'operator=1000000',
    CHANGE_LIMITS: 'helpdesk=1000000,admin=1000000',
    BATCH_LIMITS: 'admin=100000/1000000',
  };
  const webs: Place[] = [];
  const workers: Place[] = [];
  for (let one = 1; one <= each; one += 1) {
    const checkpoints = join(folder, `checkpoints-${one}`, 'audit-checkpoints.jsonl');
    workers.push(
      await workerPlace(`worker-${one}`, { logs, env: { ...env, AUDIT_CHECKPOINTS: checkpoints, ...more } }),
    );
    webs.push(await webPlace(`web-${one}`, { logs, env }));
  }
  for (const place of [...workers, ...webs]) undo.push(place.stop);
  await Promise.all([...workers, ...webs].map((place) => place.replaceBy(version)));
  const proxy = await startRoundRobin(port, webs);
  undo.push(proxy.stop);
  return { url, db, chime, webs, workers, proxy, folder, logs, env, ...keys };
}

/** Local Chime with the example organisation; `kill` and `start` are for a service that is away for a while. */
async function startChime(folder: string, logs: string, people: number) {
  const [port, controlPort] = [await freePort(), await freePort()];
  const keys = { accessKeyId: 'CARILLONCAMPAIGN', secretAccessKey: secret(), controlToken: secret() };
  const choices = { port, controlPort, data: join(folder, 'chime.sqlite'), users: String(people) };
  const begin = () => startProgram(localChime({ logs, env: chimeServerEnv(keys) }, choices));
  let running = begin();
  await chimeIsUp(running, controlPort, keys.controlToken);
  return {
    env: chimeClientEnv(keys, port),
    control: new ChimeControl(`http://127.0.0.1:${controlPort}`, keys.controlToken),
    stop: () => running.stop(),
    async start() {
      running = begin();
      await chimeIsUp(running, controlPort, keys.controlToken);
    },
  };
}
