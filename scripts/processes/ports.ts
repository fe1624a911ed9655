import { randomInt } from 'node:crypto';
import { connect, createServer } from 'node:net';

// Systems take the ports of outgoing connections from 32768 (Linux) or 49152 up: below, nobody takes one by chance
// before the program it is for has begun to listen, or while that program is down.
const [lowest, highest] = [20_000, 32_767];

/** A loopback port that nothing listens on at this moment. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < 100; tries += 1) {
    const port = randomInt(lowest, highest + 1);
    if (await isPortFree(port)) return port;
  }
  throw new Error('No loopback port seems to be free');
}

/** Whether a program of ours could listen there, and a browser that opens `localhost` would reach it and nobody else. */
export async function isPortFree(port: number): Promise<boolean> {
  if (!(await canListen(port))) return false;
  const answers = await Promise.all(['127.0.0.1', '::1'].map((host) => somethingAnswers(host, port)));
  return !answers.includes(true);
}

function canListen(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

function somethingAnswers(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 1_000 });
    const settle = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => settle(true));
    socket.once('timeout', () => settle(false));
    socket.once('error', () => settle(false));
  });
}
