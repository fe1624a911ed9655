/**
 * Sessions that end while they are in use: races between an end and requests to two web processes, by default 1,000, or as many
 * as the first argument says. A request that began after the end had been committed must be refused.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { encode } from 'next-auth/jwt';
import { beginSession } from '../lib/auth/session.ts';
import { exampleAccounts } from '../local-chime/people/organisation.ts';
import { provideBuild } from '../scripts/build.ts';
import { type Stack, startStack } from '../testing/stack.ts';
import { printLine } from './tools/report.ts';

const sideBySide = 4;
const lateRequests = 3;

type Way = (stack: Stack, id: string, cookie: string) => Promise<unknown>;

const ways: Way[] = [
  ({ db }, id) => db.updateTable('sessions').set({ revoked_at: new Date() }).where('operator_id', '=', id).execute(),
  ({ db }, id) => db.updateTable('operators').set({ disabled_at: new Date() }).where('id', '=', id).execute(),
  ({ url }, _, cookie) => signOut(url, cookie),
];

export async function run(races = 1_000): Promise<void> {
  await provideBuild();
  const stack = await startStack();
  try {
    const sites = [stack.url, await stack.startAnotherWeb()];
    await stack.refreshMirror();
    let accepted = 0;
    let refused = 0;
    for (let race = 0; race < races; race += 1) {
      const [late, early] = await raceOnce(stack, sites, ways[race % ways.length] ?? signOutNobody, race);
      accepted += late;
      refused += early;
    }
    printLine({
      what: `${races} races between the end of a session and requests to two web processes`,
      ours: `${accepted} requests let in after it`,
      reference: `${refused} refused`,
      ratio: '-',
      goal: { text: '0 let in', isReached: accepted === 0 && refused > 0 },
    });
  } finally {
    await stack.stop();
  }
}

const signOutNobody: Way = async () => undefined;

async function raceOnce(stack: Stack, sites: string[], end: Way, race: number): Promise<[number, number]> {
  const id = `racer-${race}`;
  await stack.db
    .insertInto('operators')
    .values({ id, username: id, name: id, role: 'viewer', password_hash: 'none' })
    .execute();
  const sessionId = await beginSession(stack.db, id);
  const cookie = `next-auth.session-token=${await encode({ token: { sessionId }, secret: stack.cookieSecret })}`;
  const counts = { accepted: 0, refused: 0 };
  let endedAt = Number.POSITIVE_INFINITY;

  async function ask(site: string) {
    for (let late = 0; late < lateRequests; ) {
      const beganAt = performance.now();
      const { status } = await askOnce(site, cookie);
      if (beganAt <= endedAt) continue;
      late += 1;
      if (status === 401) counts.refused += 1;
      else counts.accepted += 1;
    }
  }

  const asking = Promise.all(Array.from({ length: sideBySide }, (_, at) => ask(sites[at % sites.length] ?? stack.url)));
  await pause(Math.random() * 20);
  await end(stack, id, cookie);
  endedAt = performance.now();
  await asking;
  return [counts.accepted, counts.refused];
}

async function askOnce(site: string, cookie: string): Promise<Response> {
  const response = await fetch(`${site}/api/accounts/${exampleAccounts.team}/connection`, { headers: { cookie } });
  await response.arrayBuffer();
  return response;
}

/** At next-auth's own address, as its own client does. */
async function signOut(site: string, cookie: string): Promise<void> {
  const asked = await fetch(`${site}/api/auth/csrf`);
  const { csrfToken }: { csrfToken: string } = await asked.json();
  const csrf = asked.headers.getSetCookie().map((one) => one.split(';')[0]);
  const body = new URLSearchParams({ csrfToken, json: 'true' });
  const response = await fetch(`${site}/api/auth/signout`, {
    method: 'POST',
    headers: { cookie: [cookie, ...csrf].join('; ') },
    body,
  });
  await response.arrayBuffer();
  if (!response.ok) throw new Error(`Signing out was answered with ${response.status}`);
}

if (import.meta.main) await run(Number(process.argv[2] ?? 1_000));
