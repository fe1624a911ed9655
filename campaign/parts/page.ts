import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { encode } from 'next-auth/jwt';
import { z } from 'zod';
import { beginSession, sessionCookie } from '../../lib/auth/session.ts';
import type { Database } from '../../lib/db/database.ts';
import { exampleAccounts } from '../../local-chime/people/organisation.ts';

export const account = exampleAccounts.enterprise;

const manifestShape = z.object({ node: z.record(z.string(), z.object({ exportedName: z.string() })) });
const resultShape = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({ ok: z.literal(false), failure: z.object({ code: z.string() }) }),
]);

/** `status` 0: the connection broke, and nothing is known. `result`: what the action itself said. */
export type Answer = { status: number; result?: z.output<typeof resultShape> };

/** What a page that was loaded from one build can ask the web for; every question and its answer are counted. */
export type Page = {
  /** A server action, from the page below the account's that has it. */
  act(name: string, input: object, at?: 'users' | 'batches/new'): Promise<Answer>;
  /** The JSON at an address below the account's; undefined where there was no good answer. */
  read<T>(address: string, shape: z.ZodType<T>): Promise<T | undefined>;
  /** Reads something large to its end; false where it did not come whole. */
  readAll(path: string): Promise<boolean>;
  /** Hears an event stream for so long, and goes away. */
  listen(path: string, ms: number): Promise<void>;
};

export type Place = { url: string; cookie: string };

/** What a browser sends once its operator, an example one, has signed in. */
export async function signedIn(db: Database, url: string, secret: string, operatorId: string): Promise<Place> {
  const token = await encode({ token: { sessionId: await beginSession(db, operatorId) }, secret });
  return { url, cookie: `${sessionCookie(url)}=${token}` };
}

/** `build`: the folder whose build the page was loaded from, which names the actions. */
export function openPage(
  { url, cookie }: Place,
  build: string,
  onAsk: () => (status: number, what: string) => void,
): Page {
  const file = join(build, '.next', 'server', 'server-reference-manifest.json');
  const { node } = manifestShape.parse(JSON.parse(readFileSync(file, 'utf8')));
  const actions = new Map(Object.entries(node).map(([id, { exportedName }]) => [exportedName, id]));

  async function ask<T>(path: string, init: RequestInit, take: (response: Response) => Promise<T>) {
    const onAnswer = onAsk();
    try {
      const response = await fetch(url + path, { redirect: 'manual', ...init, signal: AbortSignal.timeout(60_000) });
      const taken = await take(response);
      onAnswer(response.status, response.ok ? '' : `${path.slice(0, 60)} ${String(taken).slice(0, 120)}`);
      return { status: response.status, taken };
    } catch (error) {
      onAnswer(0, `${path.slice(0, 60)} ${error}`);
      return { status: 0, taken: undefined };
    }
  }

  return {
    async act(name, input, at = 'users') {
      const action = actions.get(name);
      if (action === undefined) throw new Error(`This build has no action ${name}`);
      const headers = { accept: 'text/x-component', 'content-type': 'text/plain;charset=UTF-8', cookie, origin: url };
      const init = {
        method: 'POST',
        headers: { ...headers, 'next-action': action },
        body: JSON.stringify([input]),
      };
      const { status, taken = '' } = await ask(`/accounts/${account}/${at}`, init, (response) => response.text());
      // An action answers in React's own format: one line each, a number before the JSON.
      const line = /^[0-9a-f]+:(\{"ok":.*)$/m.exec(taken)?.[1];
      return { status, result: line === undefined ? undefined : resultShape.parse(JSON.parse(line)) };
    },
    async read(address, shape) {
      const path = `/api/accounts/${account}/${address}`;
      const { status, taken } = await ask(path, { headers: { cookie } }, (response) => response.text());
      return status === 200 && taken ? shape.parse(JSON.parse(taken)) : undefined;
    },
    async readAll(path) {
      const { status } = await ask(path, { headers: { cookie } }, async (response) => {
        for await (const _ of response.body ?? []);
      });
      return status === 200;
    },
    async listen(path, ms) {
      const onAnswer = onAsk();
      const response = await fetch(url + path, { headers: { cookie }, signal: AbortSignal.timeout(ms) }).catch(
        () => null,
      );
      if (response) onAnswer(response.status, path);
      await response?.text().catch(() => undefined); // its time is over
    },
  };
}
