import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { chimeName } from '../chime/chime.ts';
import { ownSchema } from '../db/schema-fit.ts';
import type { Settings } from '../env.ts';
import { isLoopbackHost } from '../origin.ts';
import { type Build, openMetrics } from './metrics.ts';
import { openWatch, type Watched } from './watch.ts';

/** A turn of the event loop that takes longer means that nobody is served in time. */
const livelyMs = 1_000;

export type Ops = {
  /** From now on the process is not ready. */
  drain(): void;
  close(): Promise<void>;
};

type Asked = Pick<
  Settings,
  'DATABASE_URL' | 'OPS_PORT' | 'OPS_ADDRESS' | 'CHIME_ENDPOINT' | 'CHIME_REGION' | 'CHIME_ACCOUNTS'
>;

/**
 * Opens the port on which a process says how it is: `/livez`, `/readyz` and `/metrics`. Without `OPS_PORT` none is opened. Where the port
 * cannot be opened the program ends with one line.
 */
export async function openOps(program: Build['program'], settings: Asked): Promise<Ops> {
  const { OPS_PORT: port, OPS_ADDRESS: address } = settings;
  if (port === undefined) return { drain() {}, async close() {} };
  const { answer, ...ops } = answersOf(program, settings);
  const server = createServer({ headersTimeout: 5_000, requestTimeout: 10_000 }, (request, response) => {
    answer(request).then(
      ({ status, type, body }) => send(response, status, body, type),
      () => send(response, 500, 'no\n'),
    );
  });
  server.listen(port, address);
  await once(server, 'listening').catch((error: unknown) => {
    process.stderr.write(`OPS_PORT cannot be opened: ${error instanceof Error ? error.message : error}\n`);
    process.exit(1);
  });
  return {
    drain: ops.drain,
    async close() {
      server.close();
      server.closeAllConnections();
      await ops.close();
    },
  };
}

type Answer = { status: number; body: string; type?: string };

function answersOf(program: Build['program'], settings: Asked) {
  const { CHIME_ENDPOINT: endpoint, CHIME_REGION: region, CHIME_ACCOUNTS: accounts = 'all' } = settings;
  const metrics = openMetrics({ program, version, schema: String(ownSchema) });
  const watch = openWatch(settings.DATABASE_URL, { accounts, endpoint: chimeName({ endpoint, region }) });
  const isLocal = isLoopbackHost(settings.OPS_ADDRESS);
  let isDraining = false;

  async function answer({ method, url: path = '', headers }: IncomingMessage): Promise<Answer> {
    // A page of another site whose name leads here could read it in the browser of somebody at this machine.
    if (isLocal && !isLoopbackHost(hostOf(headers.host))) return { status: 421, body: 'no\n' };
    if (method !== 'GET' && method !== 'HEAD') return { status: 405, body: 'no\n' };
    switch (path.split('?', 1)[0]) {
      case '/livez':
        return yesOrNo(await isLively());
      case '/readyz':
        return yesOrNo(!isDraining && isReady(await watch.lookNow()) && !isDraining);
      case '/metrics':
        return { status: 200, body: await metrics.text(await watch.look()), type: 'text/plain; version=0.0.4' };
      default:
        return { status: 404, body: 'no\n' };
    }
  }

  return {
    answer,
    drain() {
      isDraining = true;
    },
    close: () => watch.close(),
  };
}

/** Chime being away does not count: what the mirror knows is still of use. */
const isReady = (watched: Watched): boolean =>
  watched.state === 'up' && watched.figures.isWritable && watched.figures.isFitting;

async function isLively(): Promise<boolean> {
  const begun = performance.now();
  await sleep(0);
  return performance.now() - begun < livelyMs;
}

const yesOrNo = (isYes: boolean): Answer => (isYes ? { status: 200, body: 'yes\n' } : { status: 503, body: 'no\n' });

function send(response: ServerResponse, status: number, body: string, type = 'text/plain'): void {
  const headers = { 'Content-Type': `${type}; charset=utf-8`, 'Cache-Control': 'no-store' };
  response.writeHead(status, { ...headers, 'X-Content-Type-Options': 'nosniff' });
  response.end(body);
}

const hostOf = (host = ''): string => (URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname : '');

const packageFile = new URL('../../package.json', import.meta.url);
const { version } = z.object({ version: z.string() }).parse(JSON.parse(readFileSync(packageFile, 'utf8')));
