import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbedded } from '../../scripts/processes/embedded.ts';
import { startPooler } from '../../testing/pooler.ts';
import { childrenOf, startTwoServers } from '../../testing/two-servers.ts';
import { runNode } from './run-node.ts';
import type { Version } from './versions.ts';

/** Addresses for the owner of the tables, and for web and worker: `listen` goes past a pooler. */
export type Databases = { owner: string; desk: string; listen: string };

/** Makes the schema and the login of web and worker with the command of a version; the answer is a server's address for that login. */
async function prepare(version: Version, owner: string, password: string): Promise<string> {
  const desk = Object.assign(new URL(owner), { username: 'carillon_desk', password }).href;
  await runNode(version, ['lib/migrate.ts'], { DATABASE_URL: owner, DATABASE_LOGIN_URL: desk });
  return desk;
}

/** A primary and its synchronous standby, with PgBouncer in transaction mode before each. */
export async function twoServersBehindPoolers(version: Version) {
  const password = randomBytes(24).toString('hex');
  let desk = '';
  const two = await startTwoServers(async (url) => {
    desk = await prepare(version, url, password);
  });
  const hosts = [two.primary, two.standby].map(({ port }) =>
    Object.assign(new URL(desk), { hostname: '127.0.0.1', port }),
  );
  const poolers = await Promise.all(hosts.map(({ href }) => startPooler(href, [{ name: 'carillon_desk', password }])));
  return {
    two,
    poolers,
    owner: two.url('campaign'),
    desk: severalHosts(poolers.map((pooler) => pooler.through(desk))),
    listen: severalHosts(hosts.map(({ href }) => href)),
    async stop() {
      for (const pooler of poolers) await pooler.stop();
      await two.stop();
    },
  };
}

/** One server, as `npm start` has it. */
export async function oneServer(version: Version) {
  const dataDir = mkdtempSync(join(tmpdir(), 'carillon-one-'));
  chmodSync(dataDir, 0o711); // PostgreSQL's own user passes through, where root runs this
  let server = await startEmbedded({ dataDir });
  const { port } = server;
  const desk = await prepare(version, server.url, randomBytes(24).toString('hex'));
  return {
    owner: server.url,
    desk,
    listen: desk,
    halt: () => server.stop(),
    async start() {
      server = await startEmbedded({ dataDir, port });
    },
    /** To every process of the server. */
    signal(name: NodeJS.Signals) {
      for (const pid of [server.pid, ...childrenOf(server.pid)]) process.kill(pid, name);
    },
    async stop() {
      await server.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** One address that names the hosts of several. */
function severalHosts(urls: string[]): string {
  const [first = ''] = urls;
  return first.replace(new URL(first).host, urls.map((one) => new URL(one).host).join(','));
}
