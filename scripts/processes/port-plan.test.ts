import { createServer, type Server } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterEach, expect, test } from 'vitest';
import { planOpsPorts, planPort, refuseTakenPorts } from './port-plan.ts';
import { freePort } from './ports.ts';

const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function occupy(host: string): Promise<number> {
  const port = await freePort();
  const server = createServer();
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(port, host, resolve));
  return port;
}

const addresses = Object.values(networkInterfaces()).flatMap((list = []) => list.map(({ address }) => address));
const hosts = ['127.0.0.1', '0.0.0.0', '::1'].filter((host) => host !== '::1' || addresses.includes(host));

test.each(hosts)('a port taken on %s is named, with its part and its setting', async (host) => {
  const port = await occupy(host);
  const free = await freePort();

  const refusal = refuseTakenPorts([
    { setting: 'CHIME_PORT', what: 'Local Chime', port: free },
    { setting: 'PORT', what: 'web', port },
  ]);

  await expect(refusal).rejects.toThrow(
    new RegExp(`^Port ${port} \\(web, PORT\\) is in use\\nFree it, or choose another: PORT=\\d+ npm start$`),
  );
});

test('all that are taken are named at once', async () => {
  const [one, two] = [await occupy('127.0.0.1'), await occupy('127.0.0.1')];

  const refusal = refuseTakenPorts([
    { setting: 'PORT', what: 'web', port: one },
    { setting: 'CHIME_PORT', what: 'Local Chime', port: two },
  ]);

  await expect(refusal).rejects.toThrow(/web, PORT\) is in use[\s\S]*Local Chime, CHIME_PORT\) is in use/);
});

test('one port for two parts is refused', async () => {
  const port = await freePort();

  const refusal = refuseTakenPorts([
    { setting: 'PORT', what: 'web', port },
    { setting: 'CHIME_PORT', what: 'Local Chime', port },
  ]);

  await expect(refusal).rejects.toThrow(`Port ${port} is given twice: to web (PORT) and to Local Chime (CHIME_PORT)`);
});

test('a port comes from its setting, else it is the usual one', () => {
  expect(planPort('PORT', 'web', 3000, {}).port).toBe(3000);
  expect(planPort('PORT', 'web', 3000, { PORT: '3100' }).port).toBe(3100);
});

test.each(['http', '0', '65536', '-1', '3000.5'])('PORT=%s is refused in one line', (text) => {
  expect(() => planPort('PORT', 'web', 3000, { PORT: text })).toThrow(
    `PORT=${text} is not a port: give a number from 1 to 65535`,
  );
});

test('web and worker say how they are at two ports of one setting, and nowhere without it', () => {
  expect(planOpsPorts({}).map(({ port }) => port)).toEqual([]);
  expect(planOpsPorts({ OPS_PORT: '9464' }).map(({ port }) => port)).toEqual([9464, 9465]);
  expect(() => planOpsPorts({ OPS_PORT: '65535' })).toThrow('OPS_PORT=65535 leaves no port for the worker');
});
