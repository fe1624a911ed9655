import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import type { Call, CallLog } from '../call-log.ts';
import { ChimeException, refuse } from '../errors.ts';
import { distorted, type Outcome } from '../faults/distortion.ts';
import type { Fate, Faults } from '../faults/faults.ts';
import { InFlight } from '../faults/in-flight.ts';
import type { Throttle } from '../faults/throttle.ts';
import type { Context, Operation, Ready } from '../operations/operation.ts';
import type { Life } from '../people/life.ts';
import type { Store } from '../store.ts';
import type { PageTokens } from '../tokens.ts';
import { type Answer, answerTo, errorAnswer, htmlAnswer, jsonAnswer } from './answer.ts';
import { readBody } from './body.ts';
import { refuseOtherMediaTypes } from './media-types.ts';
import { decodeLabels, decodeQuery, type Route, routeOf } from './route.ts';
import { verifySignature } from './sigv4.ts';

export type Credentials = { accessKeyId: string; secretAccessKey: string };

/** What the API answers from, and what the control port changes about how it answers. */
export type Chime = {
  store: Store;
  tokens: PageTokens;
  credentials: Credentials;
  fullAnswers: boolean;
  now: () => number;
  faults: Faults;
  throttle: Throttle;
  life: Life;
  calls: CallLog;
  retired: boolean;
  /** How often the organisation was reset. A call that was delayed meanwhile is about people who are there no more. */
  resets: number;
  /** Ends waits that were planted when the service stops. */
  stopping: AbortSignal;
};

const bodyCap = 256 * 1024; // a batch of 20 is below 10 kB

/**
 * The API of Amazon Chime on plain HTTP; not listening yet. A request, head and body, has to be there within
 * `requestTimeout` milliseconds, else it gets 408.
 */
export function createChimeServer(chime: Chime, requestTimeout: number): { server: Server; inFlight: InFlight } {
  const answerRequest = (request: IncomingMessage, response: ServerResponse) => {
    serve(chime, request, response).catch(() => response.destroy());
  };
  const server = createServer({
    requestTimeout,
    headersTimeout: requestTimeout,
    connectionsCheckingInterval: Math.min(1000, requestTimeout),
    keepAliveTimeout: 65_000, // longer than clients keep an idle connection, so that they never write into a closing one
    requireHostHeader: false, // Node would refuse without the envelope; the check of the signature asks for a Host
  });
  const inFlight = new InFlight(server);
  server.on('request', answerRequest);
  server.on('checkExpectation', (request, response) => void server.emit('request', request, response));
  server.on('clientError', (error, socket) => refuseUnreadable(chime, inFlight, error, socket));
  return { server, inFlight };
}

async function serve(chime: Chime, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method = '', url: target = '' } = request;
  const requestId = randomUUID();
  const route = routeOf(method, target);
  const received = { request, requestId, route, labels: route.operation && decodeLabels(route.labels) };
  const call = chime.calls.add(describe(received, chime.now()));

  const body = await readBody(request, bodyCap);
  if (chime.retired) return send(chime, response, call, gone, {});
  const outcome = body ? await answer(chime, received, body) : tooLarge;
  if (outcome === 'drop') response.destroy();
  else send(chime, response, call, outcome, { 'x-amzn-RequestId': requestId });
}

/** A request whose route is known; `labels` is undefined where the path has no operation or cannot be decoded. */
type Received = {
  request: IncomingMessage;
  requestId: string;
  route: Route;
  labels: Record<string, string> | undefined;
};

/** A request as the call log keeps it. */
function describe({ request, requestId, route, labels }: Received, now: number): Omit<Call, 'seq'> {
  return {
    at: new Date(now).toISOString(),
    operation: (route.operation ?? route).name ?? null,
    accountId: labels?.AccountId ?? null,
    userId: labels?.UserId ?? null,
    status: null,
    requestId,
    invocationId: request.headers['amz-sdk-invocation-id']?.toString() ?? null,
  };
}

/** The order of the checks: signature, route, throttle, media types, input, planted faults, and only then the operation. */
async function answer(chime: Chime, { request, requestId, route, labels }: Received, body: Buffer): Promise<Outcome> {
  try {
    authenticate(chime, request, body);
    if (!route.operation) return nowhere(request, route.name);
    if (!chime.throttle.admits()) return throttled(chime);
    refuseOtherMediaTypes(request, route.operation.method === 'POST', body.length);
    if (!labels) return refuse('BadRequestException', 'An ID in the path is not percent-encoded UTF-8');
    const { operation, query } = route;
    const ready = operation.read({ labels, query: decodeQuery(query), body });
    const fate = chime.faults.take({ operation: operation.name, ...ready });
    if (fate.delay > 0 && !(await waited(fate.delay, chime))) return 'drop';
    return await distorted(fate.fault, () => run(chime, operation, ready, fate, requestId));
  } catch (error) {
    return answerTo(error);
  }
}

/** Lets a planted delay pass; false when the service stopped, or the organisation was reset, meanwhile. */
async function waited(milliseconds: number, chime: Chime): Promise<boolean> {
  const { resets, stopping } = chime;
  await wait(milliseconds, undefined, { signal: stopping }).catch(() => undefined);
  return !stopping.aborted && chime.resets === resets;
}

function authenticate(chime: Chime, { method = '', url: target = '', rawHeaders }: IncomingMessage, body: Buffer) {
  const { accessKeyId, secretAccessKey } = chime.credentials;
  const verdict = verifySignature(
    { method, target, rawHeaders, body },
    { service: 'chime', now: chime.now(), secretOf: (id) => (id === accessKeyId ? secretAccessKey : undefined) },
  );
  if (!verdict.ok) refuse(verdict.exception, verdict.message);
}

function nowhere({ method, url }: IncomingMessage, name: string | undefined): Answer {
  const message = name ? `Local Chime does not offer ${name}` : `Amazon Chime has no operation ${method} ${url}`;
  return errorAnswer(new ChimeException('UnknownOperationException', message));
}

function throttled({ throttle }: Chime): Answer {
  const { retryAfterSeconds } = throttle.setting;
  const headers = retryAfterSeconds === undefined ? undefined : { 'Retry-After': `${retryAfterSeconds}` };
  return errorAnswer(new ChimeException('ThrottledClientException', 'Rate exceeded', { headers }));
}

/** Runs the operation; a POST is answered only when its commit is durable. */
async function run(chime: Chime, operation: Operation, ready: Ready, fate: Fate, requestId: string): Promise<Answer> {
  const context: Context = {
    store: chime.store,
    tokens: chime.tokens,
    fullAnswers: chime.fullAnswers,
    cause: { operation: operation.name, requestId },
    seen: (user) => chime.faults.seen(user),
    planted: (userId) => plantedFor(fate, userId),
  };
  try {
    if (operation.method === 'GET') return jsonAnswer(200, ready.run(context));
    const before = fate.fault?.kind === 'stale' ? subjectsOf(chime, ready) : [];
    const answered = await chime.store.write(() => ready.run(context));
    if (fate.fault?.kind === 'stale') for (const user of before) chime.faults.hide(user, fate.fault.ms);
    return jsonAnswer(200, answered);
  } catch (error) {
    return answerTo(error);
  }
}

function plantedFor({ byUser }: Fate, userId: string) {
  const fault = byUser.get(userId);
  return fault && { exception: fault.error, afterApplying: fault.afterApplying ?? false };
}

function subjectsOf({ store }: Chime, { accountId, userIds }: Ready) {
  return userIds.map((userId) => store.user(accountId ?? '', userId)).filter((user) => user !== undefined);
}

/** What a decommissioned endpoint behind a proxy looks like: no envelope, no request ID. */
const gone = htmlAnswer(410, '410 Gone');

const tooLarge = errorAnswer(
  new ChimeException('RequestEntityTooLargeException', `A body has at most ${bodyCap} bytes`, {
    headers: { Connection: 'close' },
  }),
);

function send(chime: Chime, response: ServerResponse, call: Call, answer: Answer, headers: Record<string, string>) {
  call.status = answer.status;
  response.writeHead(answer.status, { ...headers, ...framed(chime, answer) });
  response.end(answer.body);
}

function framed({ now }: Chime, { headers, body }: Answer): Record<string, string> {
  return {
    ...headers,
    'Content-Length': `${Buffer.byteLength(body)}`,
    Date: new Date(now()).toUTCString(), // clients correct their clocks by it: it follows the clock signatures are checked by
  };
}

/** Why Node could not read a request, by the code of its error; all else is a bad request. */
const unreadable: Record<string, ChimeException> = {
  HPE_HEADER_OVERFLOW: new ChimeException(
    'RequestHeaderFieldsTooLargeException',
    'The head of the request is too large',
  ),
  HPE_CHUNK_EXTENSIONS_OVERFLOW: new ChimeException('RequestEntityTooLargeException', 'A chunk extension is too large'),
  ERR_HTTP_REQUEST_TIMEOUT: new ChimeException('RequestTimeoutException', 'The request did not arrive in time'),
};
const notHttp = new ChimeException('BadRequestException', 'The request is not HTTP/1.1 that can be read');

/** Answers, in the envelope too, what no request came of, and closes the connection. */
function refuseUnreadable(chime: Chime, inFlight: InFlight, error: NodeJS.ErrnoException, socket: Duplex): void {
  // What comes after a whole request must not be answered in its place.
  if (!socket.writable || error.code === 'ECONNRESET' || inFlight.owesAnswer(socket)) return void socket.destroy();
  const answer = chime.retired ? gone : errorAnswer(unreadable[error.code ?? ''] ?? notHttp);
  const id = chime.retired ? {} : { 'x-amzn-RequestId': randomUUID() };
  const lines = Object.entries({ ...id, ...framed(chime, answer), Connection: 'close' }).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  );
  socket.end(`HTTP/1.1 ${answer.status} ${STATUS_CODES[answer.status]}\r\n${lines.join('')}\r\n${answer.body}`);
}
