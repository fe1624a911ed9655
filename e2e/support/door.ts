import { readFile } from 'node:fs/promises';
import type { BrowserContext } from '@playwright/test';
import { encode } from 'next-auth/jwt';
import { z } from 'zod';
import { beginSession, sessionCookie } from '../../lib/auth/session.ts';
import type { Role } from '../../lib/operators/roles.ts';
import { exampleAccounts } from '../../local-chime/people/organisation.ts';
import type { SignIn, Stack } from '../../testing/stack.ts';

/** Calls at the product's door without its pages, as anybody on the network can make them. */

export const account = exampleAccounts.enterprise;
const usersPage = `/accounts/${account}/users`;

type Headers = Record<string, string>;

const manifestShape = z.object({ node: z.record(z.string(), z.object({ exportedName: z.string() })) });

/** The ID of every server action of the build, by the name it is exported under. */
export async function serverActions(): Promise<Map<string, string>> {
  const file = new URL('../../.next/server/server-reference-manifest.json', import.meta.url);
  const { node } = manifestShape.parse(JSON.parse(await readFile(file, 'utf8')));
  return new Map(Object.entries(node).map(([id, { exportedName }]) => [exportedName, id]));
}

const outcomeShape = z.object({ state: z.string(), failure: z.object({ code: z.string() }).optional() });
const resultShape = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), value: z.array(outcomeShape).nullable().catch(null) }),
  z.object({ ok: z.literal(false), failure: z.object({ code: z.string(), requestId: z.string() }) }),
]);

export type ActionAnswer = {
  status: number;
  headers: globalThis.Headers;
  text: string;
  result: z.output<typeof resultShape> | undefined;
};

/** Posts to a server action as the browser does; a text goes as it is, anything else as the action's one argument. */
export async function callAction(
  { url }: Pick<Stack, 'url'>,
  name: string,
  input: unknown,
  headers: Headers,
): Promise<ActionAnswer> {
  const id = (await serverActions()).get(name);
  if (!id) throw new Error(`The build has no server action ${name}`);
  const response = await fetch(url + usersPage, {
    method: 'POST',
    redirect: 'manual',
    headers: { accept: 'text/x-component', 'content-type': 'text/plain;charset=UTF-8', 'next-action': id, ...headers },
    body: typeof input === 'string' ? input : JSON.stringify([input]),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, result: resultIn(text) };
}

/** An action answers in React's own format: one line each, a number before the JSON. */
function resultIn(text: string) {
  const line = /^[0-9a-f]+:(\{"ok":.*)$/m.exec(text)?.[1];
  return line === undefined ? undefined : resultShape.parse(JSON.parse(line));
}

export type Caller = { cookie: string; origin: string };

/** What the browser sends with every request of an operator who is signed in, in a session that no other test has. */
export function signedIn(stack: Stack, role: Role): Promise<Caller> {
  return signedInAs(stack, stack.operators[role]);
}

/** Begins the session without the password, which takes a third of a second to check. */
async function signedInAs({ db, url, cookieSecret }: Stack, { username }: SignIn): Promise<Caller> {
  const { id } = await db
    .selectFrom('operators')
    .select('id')
    .where('username', '=', username)
    .executeTakeFirstOrThrow();
  const token = await encode({ token: { sessionId: await beginSession(db, id) }, secret: cookieSecret });
  return { cookie: `${sessionCookie(url)}=${token}`, origin: url };
}

/** Gives the browser a session of that operator. */
export async function arriveAs(context: BrowserContext, stack: Stack, operator: SignIn): Promise<void> {
  const { cookie } = await signedInAs(stack, operator);
  const [name = '', value = ''] = cookie.split('=');
  await context.addCookies([{ name, value, url: stack.url, httpOnly: true }]);
}

export const arrive = (context: BrowserContext, stack: Stack, role: Role) =>
  arriveAs(context, stack, stack.operators[role]);

/** Signs in as next-auth's own client does. */
export async function postSignIn(url: string, { username, password }: SignIn, callbackUrl = url) {
  return postToNextAuth(url, '/callback/credentials', '', { username, password, callbackUrl });
}

/** Posts to one of next-auth's own addresses, with the token it asks for. */
export async function postToNextAuth(url: string, address: string, cookie: string, fields: Record<string, string>) {
  const asked = await fetch(`${url}/api/auth/csrf`);
  const { csrfToken } = z.object({ csrfToken: z.string() }).parse(await asked.json());
  const response = await fetch(`${url}/api/auth${address}`, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie: [cookie, ...cookiesOf(asked)].join('; ') },
    body: new URLSearchParams({ ...fields, csrfToken, json: 'true' }),
  });
  const { status, headers } = response;
  return { status, headers, text: await response.text(), cookies: cookiesOf(response) };
}

const cookiesOf = ({ headers }: Response) => headers.getSetCookie().map((cookie) => cookie.replace(/;.*/s, ''));

export async function personCalled({ db }: Stack, name: string): Promise<{ id: string; license: string | null }> {
  return db
    .selectFrom('users')
    .select(['id', 'license'])
    .where('account_id', '=', account)
    .where('name', '=', name)
    .executeTakeFirstOrThrow();
}
