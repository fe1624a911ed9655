import { connect, createServer, type Socket } from 'node:net';

/**
 * A way to a database that fails as networks and machines do. cut: every connection is refused or breaks; freeze: connections are
 * taken, and nothing is ever said; halfOpen: those that stand go silent for good, new ones work. `mend` ends all of it.
 */
export async function startWay(databaseUrl: string) {
  const there = new URL(databaseUrl);
  const here = new URL(databaseUrl);
  here.hostname = '127.0.0.1';
  const pairs = new Set<{ incoming: Socket; onward: Socket }>();
  const silent = new Set<Socket>();
  let isFrozen = false;

  const server = createServer((incoming) => {
    const onward = connect(Number(there.port), there.hostname);
    const pair = { incoming, onward };
    pairs.add(pair);
    for (const [socket, other] of [
      [incoming, onward],
      [onward, incoming],
    ] as const) {
      socket.on('error', () => {});
      socket.on('data', (bytes) => other.write(bytes));
      socket.on('close', () => {
        if (!pairs.delete(pair)) return;
        other.destroy();
      });
    }
    if (isFrozen) silence(pair);
  });

  function silence({ incoming, onward }: { incoming: Socket; onward: Socket }) {
    for (const socket of [incoming, onward]) socket.removeAllListeners('data').pause();
  }

  const listen = (port: number) => new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  await listen(0);
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  here.port = String(port);

  function drop() {
    for (const { incoming, onward } of pairs) {
      incoming.destroy();
      onward.destroy();
    }
    for (const socket of silent) socket.destroy();
    pairs.clear();
    silent.clear();
  }

  return {
    url: here.href,
    async cut() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      drop();
      await closed;
    },
    freeze() {
      isFrozen = true;
      for (const pair of pairs) silence(pair);
    },
    halfOpen() {
      for (const pair of pairs) {
        silence(pair);
        pairs.delete(pair);
        silent.add(pair.incoming);
        pair.onward.destroy();
      }
    },
    async mend() {
      isFrozen = false;
      drop();
      if (!server.listening) await listen(port);
    },
    async close() {
      drop();
      if (server.listening) await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
