import { hash, randomUUID, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { z } from 'zod';
import { log } from '../../lib/log/log.ts';
import { readBody } from '../http/body.ts';
import type { Chime } from '../http/server.ts';
import { id } from '../operations/fields.ts';
import { stillness } from '../people/life.ts';
import { userMembersShape } from '../people/user.ts';
import { plantShape } from './faults.ts';

/** What the control port works on. */
export type Control = {
  chime: Chime;
  token: string;
  endpoint: () => string;
  /** Fills the emptied store with the organisation that this Local Chime was started with. */
  organise: () => void;
};

type Reply = { status: number; members?: unknown };
type Input = { labels: string[]; after: number; body: unknown; control: Control };
type ControlRoute = { method: string; path: RegExp; reply: (input: Input) => Reply | Promise<Reply> };

const bodyCap = 1024 * 1024;

/** The control port: plants faults, shows what happened, changes things behind the API's back. Not listening yet. */
export function createControlServer(control: Control): Server {
  return createServer((request, response) => {
    answer(control, request)
      .catch(failure)
      .then(({ status, members }) => {
        const body = members === undefined ? '' : JSON.stringify(members);
        const type = members === undefined ? {} : { 'Content-Type': 'application/json' };
        response.writeHead(status, { ...type, 'Content-Length': Buffer.byteLength(body), 'Cache-Control': 'no-store' });
        response.end(body);
      });
  });
}

const routes: ControlRoute[] = [
  { method: 'GET', path: /^\/health$/, reply: health },
  { method: 'PUT', path: /^\/throttle$/, reply: setThrottle },
  { method: 'GET', path: /^\/faults$/, reply: listFaults },
  { method: 'POST', path: /^\/faults$/, reply: plantFault },
  { method: 'DELETE', path: /^\/faults$/, reply: clearFaults },
  { method: 'DELETE', path: /^\/faults\/([^/]+)$/, reply: removeFault },
  { method: 'PUT', path: /^\/retired$/, reply: setRetired },
  { method: 'GET', path: /^\/life$/, reply: ({ control: { chime } }) => ({ status: 200, members: chime.life.pace }) },
  { method: 'PUT', path: /^\/life$/, reply: setLife },
  { method: 'GET', path: /^\/journal$/, reply: readJournal },
  { method: 'GET', path: /^\/calls$/, reply: readCalls },
  { method: 'POST', path: /^\/accounts\/([^/]+)\/users$/, reply: addUser },
  { method: 'PUT', path: /^\/accounts\/([^/]+)\/users\/([^/]+)$/, reply: changeUser },
  { method: 'DELETE', path: /^\/accounts\/([^/]+)\/users\/([^/]+)$/, reply: removeUser },
  { method: 'POST', path: /^\/copy$/, reply: copyStore },
  { method: 'POST', path: /^\/reset$/, reply: reset },
];

async function answer(control: Control, request: IncomingMessage): Promise<Reply> {
  const body = await readBody(request, bodyCap);
  refuseStrangers(control, request);
  if (!body) throw new ControlError(413, `A body has at most ${bodyCap} bytes`);
  const [path = '', query = ''] = (request.url ?? '').split('?');
  const fitting = routes.filter((route) => route.path.test(path));
  if (fitting.length === 0) throw new ControlError(404, `The control port has no ${path}`);
  const route = fitting.find(({ method }) => method === request.method);
  if (!route) throw new ControlError(405, `${request.method} is not allowed on ${path}`);
  const labels = z.array(id).parse(route.path.exec(path)?.slice(1).map(decode) ?? []);
  return route.reply({ labels, after: afterOf(query), body: parse(body), control });
}

const loopback = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/;

/** A web page in the operator's browser must not reach this port, whatever name it gives it. */
function refuseStrangers({ token }: Control, { headers }: IncomingMessage): void {
  if (headers.origin !== undefined) throw new ControlError(403, 'Not for web pages');
  if (!loopback.test(headers.host ?? '')) throw new ControlError(403, 'The Host must be a loopback address');
  const given = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1] ?? '';
  // Hashed first: equal lengths, so that the comparison takes the same time for every token.
  if (!timingSafeEqual(hash('sha256', given, 'buffer'), hash('sha256', token, 'buffer'))) {
    throw new ControlError(401, 'The control token is missing or wrong');
  }
}

function health({ control: { chime, endpoint } }: Input): Reply {
  return {
    status: 200,
    members: { service: 'local-chime', endpoint: endpoint(), ...chime.store.size, retired: chime.retired },
  };
}

const throttleShape = z.strictObject({
  callsPerSecond: z.number().positive().nullable(),
  retryAfterSeconds: z.number().min(0).optional(),
});

function setThrottle({ body, control: { chime } }: Input): Reply {
  const setting = throttleShape.parse(body);
  chime.throttle.set(setting);
  return { status: 200, members: setting };
}

function listFaults({ control: { chime } }: Input): Reply {
  return { status: 200, members: { faults: chime.faults.list() } };
}

function plantFault({ body, control: { chime } }: Input): Reply {
  return { status: 201, members: { id: chime.faults.plant(plantShape.parse(body)).id } };
}

function clearFaults({ control: { chime } }: Input): Reply {
  chime.faults.clear();
  return { status: 204 };
}

function removeFault({ labels: [id = ''], control: { chime } }: Input): Reply {
  if (!chime.faults.remove(id)) throw new ControlError(404, `No fault ${id}`);
  return { status: 204 };
}

function setRetired({ body, control: { chime } }: Input): Reply {
  const { retired } = z.strictObject({ retired: z.boolean() }).parse(body);
  chime.retired = retired;
  return { status: 200, members: { retired } };
}

const perMinute = z.number().min(0).max(6_000).default(0);
const lifeShape = z.strictObject({ joins: perMinute, leaves: perMinute, changes: perMinute });

function setLife({ body, control: { chime } }: Input): Reply {
  const pace = lifeShape.parse(body);
  chime.life.set(pace);
  return { status: 200, members: pace };
}

function readJournal({ after, control: { chime } }: Input): Reply {
  return { status: 200, members: { entries: chime.store.journal(after) } };
}

function readCalls({ after, control: { chime } }: Input): Reply {
  return { status: 200, members: { calls: chime.calls.after(after) } };
}

const newUserShape = userMembersShape.extend({ UserId: id.optional() });

async function addUser({ labels: [accountId = ''], body, control: { chime } }: Input): Promise<Reply> {
  const { UserId = randomUUID(), ...members } = newUserShape.parse(body);
  const user = { UserId, AccountId: accountId, ...members };
  await chime.store.write(() => {
    if (!chime.store.account(accountId)) throw new ControlError(404, `No account ${accountId}`);
    if (chime.store.user(accountId, UserId)) throw new ControlError(409, `User ${UserId} is there already`);
    chime.store.addUser(user, outside());
  });
  return { status: 201, members: { User: user } };
}

async function changeUser({ labels, body, control: { chime } }: Input): Promise<Reply> {
  const members = userMembersShape.parse(body);
  const user = await chime.store.write(() => chime.store.changeUser(userOf(chime, labels), members, outside()));
  return { status: 200, members: { User: user } };
}

async function removeUser({ labels, control: { chime } }: Input): Promise<Reply> {
  await chime.store.write(() => chime.store.removeUser(userOf(chime, labels), outside()));
  return { status: 204 };
}

function userOf({ store }: Chime, [accountId = '', userId = '']: string[]) {
  const user = store.user(accountId, userId);
  if (!user) throw new ControlError(404, `No user ${userId} in account ${accountId}`);
  return user;
}

/** A change that somebody made without the API, as administrators do in a console. */
function outside() {
  return { operation: 'Outside', requestId: randomUUID() };
}

function reset({ control: { chime, organise } }: Input): Reply {
  chime.faults.clear();
  chime.throttle.set({ callsPerSecond: null });
  chime.retired = false;
  chime.life.set(stillness);
  chime.calls.clear();
  chime.resets += 1;
  organise();
  return { status: 204 };
}

/** A copy of people and journal for a backup; the file is written by this process. */
function copyStore({ body, control: { chime } }: Input): Reply {
  const { file } = z.strictObject({ file: z.string().min(1) }).parse(body);
  try {
    chime.store.copyTo(file);
  } catch (error) {
    throw new ControlError(409, `${file} cannot be written: ${error instanceof Error ? error.message : error}`);
  }
  return { status: 204 };
}

class ControlError extends Error {
  override name = 'ControlError';
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

function failure(error: unknown): Reply {
  if (error instanceof ControlError) return { status: error.status, members: { error: error.message } };
  if (error instanceof z.ZodError) return { status: 400, members: { error: z.prettifyError(error) } };
  log.error({ err: error }, 'A request failed on our side');
  return { status: 500, members: { error: 'Unexpected failure' } };
}

function decode(label: string): string {
  try {
    return decodeURIComponent(label);
  } catch {
    throw new ControlError(400, `${label} is not percent-encoded UTF-8`);
  }
}

function parse(body: Buffer): unknown {
  if (body.length === 0) return undefined;
  try {
    return JSON.parse(body.toString());
  } catch {
    throw new ControlError(400, 'The body is not JSON');
  }
}

function afterOf(query: string): number {
  const after = new URLSearchParams(query).get('after') ?? '0';
  if (!/^\d{1,15}$/.test(after)) throw new ControlError(400, 'after must be a whole number');
  return Number(after);
}
