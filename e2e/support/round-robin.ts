import { Agent, createServer, request } from 'node:http';

/** Where a web answers, and where it says whether it is ready. */
type Backend = { port: number; opsPort: number };

/** How often a backend is asked whether it is ready. */
const lookMs = 100;

/** A proxy as stands in front of several webs: in turn to those that say they are ready, and again to another only where nobody listened. */
export async function startRoundRobin(port: number, backends: Backend[]) {
  const agent = new Agent({ keepAlive: false }); // as the proxy of docs/production.md does it
  const ready = new Set<Backend>();
  let turn = 0;

  async function look(): Promise<void> {
    await Promise.all(
      backends.map(async (backend) => {
        const answer = await fetch(`http://127.0.0.1:${backend.opsPort}/readyz`).catch(() => undefined);
        await answer?.text();
        if (answer?.ok) ready.add(backend);
        else ready.delete(backend);
      }),
    );
  }
  await look();
  const looking = setInterval(look, lookMs);

  const server = createServer(async (incoming, outgoing) => {
    const parts = await incoming.toArray().catch(() => undefined);
    if (!parts) return; // the caller has gone
    const body = Buffer.concat(parts);
    turn += 1;
    const candidates = ready.size > 0 ? [...ready] : backends; // where none is ready, one may be all the same
    const inTurn = candidates.map((_, at) => candidates[(turn + at) % candidates.length]);

    function tryNext(): void {
      const backend = inTurn.shift();
      if (!backend) return void outgoing.writeHead(503).end();
      const { method, url: path, headers } = incoming;
      const onward = request({ host: '127.0.0.1', port: backend.port, method, path, headers, agent }, (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      });
      outgoing.once('close', () => onward.destroy());
      onward.on('error', (error) => {
        if (outgoing.headersSent) outgoing.destroy();
        else if ('code' in error && error.code === 'ECONNREFUSED') tryNext();
        else outgoing.writeHead(502).end(`${error}`);
      });
      onward.end(body);
    }
    tryNext();
  });
  await new Promise<void>((listening) => server.listen(port, listening));
  return {
    /** Whether this web is sent requests. */
    serves: (backend: Backend) => ready.has(backend),
    stop() {
      clearInterval(looking);
      server.closeAllConnections();
      server.close();
      agent.destroy();
    },
  };
}
