import { readdir } from 'node:fs/promises';
import { request } from 'node:http';
import { fileURLToPath } from 'node:url';
import { encode } from 'next-auth/jwt';
import { beginSession } from '../../lib/auth/session.ts';
import type { Role } from '../../lib/operators/roles.ts';
import type { Stack } from '../../testing/stack.ts';
import { account, callAction, personCalled, postSignIn, serverActions, signedIn } from '../support/door.ts';
import {
  actions,
  type CallerName,
  deskRoutes,
  openActions,
  openPages,
  openRoutes,
  pages,
  routes,
  type Verdict,
  verdictOnActions,
  verdictOnRoutes,
} from '../support/door-table.ts';
import { expect, test } from '../support/evidence.ts';

test.use({ keepsState: true });

type Headers = Record<string, string>;

/** How each kind of caller comes to the door. */
const callers: Record<CallerName, (stack: Stack) => Promise<Headers>> = {
  'a viewer': (stack) => signedIn(stack, 'viewer'),
  'a helpdesk operator': (stack) => signedIn(stack, 'helpdesk'),
  'an admin': (stack) => signedIn(stack, 'admin'),
  async 'a helpdesk operator made a viewer a moment ago'(stack) {
    const lowered = await anotherOperator(stack, 'lowered', 'helpdesk');
    await stack.db.updateTable('operators').set({ role: 'viewer' }).where('id', '=', 'lowered').execute();
    return lowered;
  },
  'nobody in particular': async ({ url }) => ({ origin: url }),
  async 'an operator who has been disabled'(stack) {
    const disabled = await anotherOperator(stack, 'disabled', 'admin');
    await stack.db.updateTable('operators').set({ disabled_at: new Date() }).where('id', '=', 'disabled').execute();
    return disabled;
  },
  'a session that has been revoked': (stack) => spoiled(stack, 'revoked', { revoked_at: new Date() }),
  'a session older than 12 hours': (stack) => spoiled(stack, 'old', { expires_at: new Date() }),
  'a session that nobody has used for half an hour': (stack) =>
    spoiled(stack, 'idle', { seen_at: new Date(Date.now() - 31 * 60_000) }),
  async 'a cookie made with another secret'({ db, url }) {
    const sessionId = await beginSession(db, 'example-admin');
    const cookie = await encode({ token: { sessionId }, secret: 'another secret, of the same length' });
    return { origin: url, cookie: `next-auth.session-token=${cookie}` };
  },
  async 'a cookie with its end changed'(stack) {
    const { cookie, origin } = await signedIn(stack, 'admin');
    return { origin, cookie: `${cookie.slice(0, -2)}${cookie.endsWith('AA') ? 'BB' : 'AA'}` };
  },
  async 'the cookie as a bearer token'(stack) {
    const { cookie, origin } = await signedIn(stack, 'admin');
    return { origin, authorization: `Bearer ${cookie.split('=')[1]}` };
  },
  async 'a page without an Origin'(stack) {
    const { cookie } = await signedIn(stack, 'admin');
    return { cookie };
  },
  async 'a page whose Origin is null'(stack) {
    const { cookie } = await signedIn(stack, 'admin');
    return { cookie, origin: 'null', 'sec-fetch-site': 'cross-site' };
  },
  async 'a page of another site'(stack) {
    const { cookie } = await signedIn(stack, 'admin');
    return { cookie, origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };
  },
  async 'a page of another site that forges X-Forwarded-Host'(stack) {
    const { cookie } = await signedIn(stack, 'admin');
    return { cookie, origin: 'http://evil.example', 'x-forwarded-host': 'evil.example' };
  },
  async 'a foreign Host'(stack) {
    const { cookie } = await signedIn(stack, 'admin');
    return { cookie, origin: 'http://evil.example', host: 'evil.example' };
  },
};

/** An operator of their own with the example helpdesk's password, so that what happens to them touches nobody else. */
async function anotherOperator(stack: Stack, id: string, role: Role): Promise<{ cookie: string; origin: string }> {
  const helpdesk = await stack.db
    .selectFrom('operators')
    .select('password_hash')
    .where('username', '=', stack.operators.helpdesk.username)
    .executeTakeFirstOrThrow();
  const facts = { name: id, role, disabled_at: null };
  await stack.db
    .insertInto('operators')
    .values({ id, username: id, password_hash: helpdesk.password_hash, ...facts })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(facts))
    .execute();
  const { cookies } = await postSignIn(stack.url, { username: id, password: stack.operators.helpdesk.password });
  const cookie = cookies.find((one) => one.startsWith('next-auth.session-token='));
  if (!cookie) throw new Error(`${id} was not let in`);
  return { cookie, origin: stack.url };
}

async function spoiled(stack: Stack, id: string, facts: { revoked_at?: Date; expires_at?: Date; seen_at?: Date }) {
  const caller = await anotherOperator(stack, id, 'admin');
  await stack.db.updateTable('sessions').set(facts).where('operator_id', '=', id).execute();
  return caller;
}

const gates = new Set(['signed-out', 'not-allowed', 'wrong-origin']);

const names = Object.keys(verdictOnActions).filter((name): name is CallerName => name in callers);

test('every server action of the build is in the table', async () => {
  const built = [...(await serverActions()).keys()];
  expect(built.sort()).toEqual([...Object.keys(actions), ...openActions].sort());
});

test('every route of the source is in the table', async () => {
  expect(await foldersWith('../../app/api', 'route.ts')).toEqual(
    [...Object.keys(routes), ...Object.keys(deskRoutes), ...openRoutes].sort(),
  );
});

test('every page of the source is in the table', async () => {
  expect(await foldersWith('../../app', 'page.tsx')).toEqual([...Object.keys(pages), ...openPages].sort());
});

for (const name of names) {
  test(`each action tells ${name} what the table says, and nothing reaches Chime that must not`, async ({
    stack,
    evidence,
  }) => {
    const headers = await callers[name](stack);
    const before = (await evidence.changes()).length;

    const verdicts = new Map<string, Verdict>();
    for (const [action, { input }] of Object.entries(actions)) {
      const host = headers.host;
      verdicts.set(
        action,
        host ? await verdictAtHost(stack, host) : await verdictOfPost(stack, action, input, headers),
      );
    }

    const expected = Object.entries(actions).map(([action, { needs }]) => [action, verdictOnActions[name][needs]]);
    expect([...verdicts]).toEqual(expected);
    expect(await evidence.updates()).toEqual([]); // the good input names nobody who is there
    expect((await evidence.changes()).length).toBe(before);
  });

  test(`each route tells ${name} what the table says`, async ({ stack }) => {
    const headers = await callers[name](stack);
    const { id } = await personCalled(stack, 'Ana Silva');

    const verdicts = new Map<string, Verdict>();
    for (const [route, { address, method }] of Object.entries(routes)) {
      verdicts.set(route, await verdictOfRead(stack, address(account, id), headers, method));
    }

    for (const [route, { address }] of Object.entries(deskRoutes)) {
      verdicts.set(route, await verdictOfRead(stack, address, headers));
    }

    const expected = [
      ...Object.entries(routes).map(([route, { needs, method }]) => [
        route,
        (method === 'POST' ? verdictOnActions : verdictOnRoutes)[name][needs],
      ]),
      ...Object.entries(deskRoutes).map(([route, { needs }]) => [route, verdictOnRoutes[name][needs]]),
    ];
    expect([...verdicts]).toEqual(expected);
  });
}

/** Whoever is turned away before the body has been read may find the connection closed. */
async function verdictOfPost(stack: Stack, action: string, input: object, headers: Headers): Promise<Verdict> {
  const answer = await callAction(stack, action, input, headers).catch(() => undefined);
  if (!answer) return 'unanswered';
  const { status, result } = answer;
  if (!result) return status >= 400 ? 'unanswered' : 'let in';
  return result.ok ? 'let in' : gateOf(result.failure.code);
}

const gateOf = (code: string): Verdict =>
  code === 'signed-out' || code === 'not-allowed' || code === 'wrong-origin' ? code : 'let in';

/** `fetch` sets the Host by itself. */
async function verdictAtHost({ url }: Stack, host: string): Promise<Verdict> {
  return (await statusAtHost(url, host)) === 421 ? 'unanswered' : 'let in';
}

function statusAtHost(url: string, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const asked = request(`${url}/accounts/${account}/users`, { method: 'POST', headers: { host } }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    });
    asked.once('error', reject);
    asked.end();
  });
}

async function verdictOfRead(stack: Stack, path: string, headers: Headers, method?: 'POST'): Promise<Verdict> {
  if (headers.host) return verdictAtHost(stack, headers.host);
  const body = method === 'POST' ? 'email\nnobody@nordwind.example\n' : undefined;
  const response = await fetch(stack.url + path, { headers, method: method ?? 'GET', body }).catch((error: unknown) => {
    if (method === 'POST') return undefined; // turned away before the body has been read
    throw error;
  });
  if (!response) return 'unanswered';
  if (response.ok) {
    await response.body?.cancel(); // events go on for as long as somebody listens
    return 'let in';
  }
  const text = await response.text();
  if (!response.headers.get('content-type')?.startsWith('application/json')) return 'unanswered'; // by proxy.ts
  const { failure }: { failure?: { code: string } } = JSON.parse(text);
  return gates.has(failure?.code ?? '') ? gateOf(failure?.code ?? '') : 'let in';
}

/** The folders below one that hold a file of this name, sorted. */
async function foldersWith(folder: string, file: string): Promise<string[]> {
  const root = fileURLToPath(new URL(folder, import.meta.url));
  const paths = await readdir(root, { recursive: true });
  return paths
    .filter((path) => path === file || path.endsWith(`/${file}`))
    .map((path) => path.slice(0, -file.length - 1) || '.')
    .sort();
}
