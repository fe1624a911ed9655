/**
 * 1. How many signed UpdateUser calls Local Chime makes durable in a second, against a bare `node:http` server that
 * checks the same signatures with the same code, stores nothing, and answers the same 441 bytes.
 *
 * Each server is a process of its own. The caller is this process: raw sockets that are kept alive, one request at a
 * time on each, the requests signed by the AWS SDK beforehand, so that what is measured is the server. There are enough
 * of them that calls which wait for the disk wait together. Rounds of the two alternate, and the median of each counts.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { ChimeClient, ListAccountsCommand, ListUsersCommand, UpdateUserCommand } from '@aws-sdk/client-chime';
import { readBody } from '../local-chime/http/body.ts';
import { verifySignature } from '../local-chime/http/sigv4.ts';
import { exampleAccounts } from '../local-chime/people/organisation.ts';
import { sampleUser } from '../local-chime/people/user.ts';

const goal = 0.5;
const connections = 256;
const rounds = 8;
const warmUpRounds = 2; // until the code of both is compiled
const roundSeconds = 1;
const credentials = { accessKeyId: 'AKIDBENCH', secretAccessKey: 'a-secret-for-the-bench' };
const region = 'us-east-1';

type Bench = { process: ChildProcess; endpoint: string };

/** Prints what was measured, one line a number. */
export async function run(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-local-chime-'));
  const ours = await startOurs(join(folder, 'chime.sqlite'));
  const reference = await start([fileURLToPath(import.meta.url), '--reference']);
  try {
    const userIds = await someUsers(ours.endpoint);
    const forOurs = await signedRequests(ours.endpoint, userIds);
    const forReference = await signedRequests(reference.endpoint, userIds);
    const rates: { ours: number; reference: number }[] = [];
    for (let round = 0; round < warmUpRounds + rounds; round += 1) {
      const referenceRate = await rateOf(reference.endpoint, forReference);
      rates.push({ ours: await rateOf(ours.endpoint, forOurs), reference: referenceRate });
    }
    const counted = rates.slice(warmUpRounds);
    report(
      'Local Chime: durable signed UpdateUser a second',
      median(counted.map((rate) => rate.ours)),
      median(counted.map((rate) => rate.reference)),
    );
    await compareAddresses(ours.endpoint);
  } finally {
    await Promise.all([stop(ours), stop(reference)]);
    await rm(folder, { recursive: true, force: true });
  }
}

function report(what: string, ours: number, reference: number): void {
  const ratio = (ours / reference).toFixed(2);
  console.log(
    `${what} | ours ${ours.toFixed(0)} | reference ${reference.toFixed(0)} | ratio ${ratio} | goal >= ${goal}`,
  );
}

const hardest = '@'.repeat(15_000);
const ordinary = 'ana.silva@nordwind.example';
const maxTimes = 2;
const turns = 500;

async function compareAddresses(endpoint: string): Promise<void> {
  const { hostname, port } = new URL(endpoint);
  const requests = await Promise.all([hardest, ordinary].map((address) => signedLookUp(endpoint, address)));
  const socket = await dial(hostname, Number(port));
  const times: [number[], number[]] = [[], []];
  for (let turn = 0; turn < turns; turn += 1) {
    times[0].push(await timeOf(socket, requests[0], 400));
    times[1].push(await timeOf(socket, requests[1], 200));
  }
  socket.destroy();
  const [ours, reference] = [median(times[0]), median(times[1])];
  const what = `Local Chime: ListAccounts for ${hardest.length} at-signs, against an ordinary address, ms`;
  const ratio = (ours / reference).toFixed(2);
  console.log(
    `${what} | ours ${ours.toFixed(3)} | reference ${reference.toFixed(3)} | ratio ${ratio} | goal <= ${maxTimes}`,
  );
}

/** Milliseconds until a request on a socket is answered, with the status it has to have. */
async function timeOf(socket: Socket, request: Buffer | undefined, status: number): Promise<number> {
  const began = performance.now();
  socket.write(request ?? '');
  let received = '';
  while (!isWhole(received)) {
    const [chunk] = await once(socket, 'data');
    received += chunk;
  }
  if (!received.startsWith(`HTTP/1.1 ${status} `)) throw new Error(received);
  return performance.now() - began;
}

/** ListAccounts for an address as the SDK signs it, with its at-signs as they are: encoded, they would not fit. */
async function signedLookUp(endpoint: string, address: string): Promise<Buffer> {
  const [request] = await captured(endpoint, [new ListAccountsCommand({ UserEmail: address })]);
  if (!request) throw new Error('Nothing was sent');
  return asSent({ ...request, path: `${request.path}?user-email=${address}`, body: Buffer.alloc(0) });
}

function startOurs(file: string): Promise<Bench> {
  const main = fileURLToPath(new URL('../local-chime/main.ts', import.meta.url));
  return start([main, '--port', '0', '--control-port', '0', '--data', file]);
}

/** Starts a server as a process of its own, and waits for the line that tells its address. */
async function start(args: string[]): Promise<Bench> {
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      LOCAL_CHIME_ACCESS_KEY_ID: credentials.accessKeyId,
      LOCAL_CHIME_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      LOCAL_CHIME_CONTROL_TOKEN: 'a-control-token-for-the-bench',
    },
  });
  for await (const line of createInterface({ input: child.stdout })) {
    const endpoint = /listens on (http:\/\/\S+)/.exec(line)?.[1];
    if (endpoint) return { process: child, endpoint };
  }
  throw new Error(`${args.join(' ')} ended without listening`);
}

async function stop({ process: child }: Bench): Promise<void> {
  if (child.exitCode !== null) return;
  const exited = once(child, 'exit');
  child.kill();
  await exited;
}

async function someUsers(endpoint: string): Promise<string[]> {
  const client = new ChimeClient({ endpoint, region, credentials });
  const page = await client.send(new ListUsersCommand({ AccountId: exampleAccounts.enterprise, MaxResults: 200 }));
  client.destroy();
  return (page.Users ?? []).map((user) => user.UserId ?? '');
}

/** Calls answered with 200 in a second, over one round. */
async function rateOf(endpoint: string, requests: Buffer[]): Promise<number> {
  const { hostname, port } = new URL(endpoint);
  const sockets = await Promise.all(Array.from({ length: connections }, () => dial(hostname, Number(port))));
  const until = performance.now() + roundSeconds * 1000;
  const began = performance.now();
  const counts = await Promise.all(sockets.map((socket, index) => callUntil(until, socket, requests, index)));
  const seconds = (performance.now() - began) / 1000;
  for (const socket of sockets) socket.destroy();
  return counts.reduce((sum, count) => sum + count, 0) / seconds;
}

async function dial(hostname: string, port: number): Promise<Socket> {
  const socket = connect(port, hostname);
  socket.setNoDelay(true);
  await once(socket, 'connect');
  return socket;
}

/** Sends one request after another on a socket until the time is up; the number of answers. */
function callUntil(until: number, socket: Socket, requests: Buffer[], first: number): Promise<number> {
  return new Promise((resolve, reject) => {
    let answered = 0;
    let received = '';
    const send = () => socket.write(requests[(first + answered * connections) % requests.length] ?? '');
    socket.on('error', reject);
    socket.on('close', () => reject(new Error('The server closed the connection')));
    socket.on('data', (chunk) => {
      received += chunk.toString('latin1');
      if (!isWhole(received)) return;
      if (!received.startsWith('HTTP/1.1 200')) reject(new Error(received));
      received = '';
      answered += 1;
      if (performance.now() < until) send();
      else resolve(answered);
    });
    send();
  });
}

function isWhole(received: string): boolean {
  const headEnd = received.indexOf('\r\n\r\n');
  if (headEnd < 0) return false;
  const length = Number(/content-length: (\d+)/i.exec(received)?.[1]);
  return received.length >= headEnd + 4 + length;
}

/** UpdateUser for every user, to Basic and to Pro, as the SDK puts it on the wire. */
async function signedRequests(endpoint: string, userIds: string[]): Promise<Buffer[]> {
  const { enterprise: AccountId } = exampleAccounts;
  const commands = (['Basic', 'Pro'] as const).flatMap((LicenseType) =>
    userIds.map((UserId) => new UpdateUserCommand({ AccountId, UserId, LicenseType })),
  );
  return (await captured(endpoint, commands)).map(asSent);
}

/** What the SDK would send for these commands. */
async function captured(endpoint: string, commands: (UpdateUserCommand | ListAccountsCommand)[]) {
  const requests: SignedRequest[] = [];
  const client = new ChimeClient({
    endpoint,
    region,
    credentials,
    requestHandler: {
      async handle(request: SignedRequest) {
        requests.push(request);
        return { response: { statusCode: 204, headers: {} } };
      },
    },
  });
  for (const command of commands) {
    if (command instanceof ListAccountsCommand) await client.send(command);
    else await client.send(command);
  }
  return requests;
}

type SignedRequest = { method: string; path: string; headers: Record<string, string>; body?: unknown };

function asSent({ method, path, headers, body }: SignedRequest): Buffer {
  if (!(body instanceof Uint8Array)) throw new Error('A request has a body, be it empty');
  const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.concat([Buffer.from(`${method} ${path} HTTP/1.1\r\n${head.join('')}\r\n`), body]);
}

function median(numbers: number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
}

/** The reference: reads the request, checks its signature, and answers as UpdateUser does, from nothing. */
function serveReference(): void {
  const server = createServer(async (request, response) => {
    const { method = '', url: target = '', rawHeaders } = request;
    const body = (await readBody(request, 1024 * 1024)) ?? Buffer.alloc(0);
    const verdict = verifySignature(
      { method, target, rawHeaders, body },
      { service: 'chime', now: Date.now(), secretOf: () => credentials.secretAccessKey },
    );
    const answer = JSON.stringify({ User: sampleUser(target.slice(target.lastIndexOf('/') + 1)) });
    response.writeHead(verdict.ok ? 200 : 403, {
      'Content-Type': 'application/json',
      'Content-Length': Buffer.byteLength(answer),
    });
    response.end(answer);
  });
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    if (address && typeof address === 'object') console.log(`Reference listens on http://127.0.0.1:${address.port}`);
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (process.argv.includes('--reference')) serveReference();
  else await run();
}
