/**
 * Strangers who guess: 300 wrong passwords a second, for 10 s or as many as the first argument says (the goal is meant for 60).
 * Meanwhile one who is signed in opens a page, and others sign in with the right password: in a browser they have used before or,
 * in the first storm, in one that nobody has seen yet.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { exampleAccounts } from '../local-chime/people/organisation.ts';
import { provideBuild } from '../scripts/build.ts';
import { type SignIn, type Stack, startStack } from '../testing/stack.ts';
import { percentile, printLine, printNote } from './tools/report.ts';

const guessesASecond = 300;
const deadlineMs = 3_000;

type Storm = { name: string; guess: (at: number) => { username: string; address: string }; isNewBrowser: boolean };

const address = (at: number) => `10.${(at >> 16) % 256}.${(at >> 8) % 256}.${at % 256}`;

const storms: Storm[] = [
  {
    name: 'from 50 addresses, at the helpdesk and at names that nobody has',
    guess: (at) => ({ username: at % 2 === 0 ? 'helpdesk' : `name${at}`, address: address(at % 50) }),
    isNewBrowser: true,
  },
  {
    name: 'each from a new address, at the helpdesk alone',
    guess: (at) => ({ username: 'helpdesk', address: address(at) }),
    isNewBrowser: true,
  },
  {
    name: 'each from a new address, at a new name',
    guess: (at) => ({ username: `name${at}`, address: address(at) }),
    isNewBrowser: false,
  },
];

export async function run(seconds = 10): Promise<void> {
  await provideBuild();
  for (const storm of storms) {
    const stack = await startStack({ env: { TRUST_PROXY: '1' } });
    try {
      await stack.refreshMirror();
      await measure(stack, storm, seconds);
    } finally {
      await stack.stop();
    }
  }
}

async function measure(stack: Stack, storm: Storm, seconds: number): Promise<void> {
  const reader = await signIn(stack, stack.operators.viewer, '172.16.0.1');
  const known = await signIn(stack, stack.operators.admin, '172.16.0.2');
  const until = performance.now() + seconds * 1_000;
  const isOn = () => performance.now() < until;

  const [guesses, pages, logins] = await Promise.all([
    guessOn(stack, storm, isOn),
    readOn(stack, reader.cookies, isOn),
    signInOn(stack, storm.isNewBrowser ? undefined : known.cookies, isOn),
  ]);

  const answers = [...guesses.answers].map(([status, count]) => `${status}: ${count}`).join(', ');
  printNote(`${guesses.sent} wrong passwords in ${seconds} s ${storm.name}; answers ${answers}`);
  const inTime = logins.filter(({ status, ms }) => status === 200 && ms <= deadlineMs).length;
  const share = (100 * inTime) / logins.length;
  const p99 = percentile(pages, 99);
  printLine({
    what: 'a signed-in page meanwhile',
    ours: `p99 ${p99.toFixed(0)} ms of ${pages.length}`,
    reference: '-',
    ratio: '-',
    goal: { text: 'p99 <= 1000 ms', isReached: p99 <= 1_000 },
  });
  printLine({
    what: `right passwords of others, in browsers ${storm.isNewBrowser ? 'that nobody has seen' : 'used before'}`,
    ours: `${share.toFixed(1)} % of ${logins.length} within 3 s, slowest ${Math.max(...logins.map(({ ms }) => ms)).toFixed(0)} ms`,
    reference: '-',
    ratio: '-',
    goal: { text: '>= 99 %', isReached: share >= 99 },
  });
}

/** At an even pace, whatever the answers take. */
async function guessOn(stack: Stack, { guess }: Storm, isOn: () => boolean) {
  const answers = new Map<number, number>();
  const csrf = await askCsrf(stack);
  const pending = new Set<Promise<void>>();
  const began = performance.now();
  let sent = 0;
  while (isOn()) {
    const due = ((performance.now() - began) / 1_000) * guessesASecond;
    for (; sent < due; sent += 1) {
      const one = post(stack, csrf, { ...guess(sent), password: 'wrong' }).then(
        ({ status }) => void answers.set(status, (answers.get(status) ?? 0) + 1),
        () => void answers.set(0, (answers.get(0) ?? 0) + 1),
      );
      pending.add(one);
      void one.finally(() => pending.delete(one));
    }
    await pause(10);
  }
  await Promise.all(pending);
  return { sent, answers };
}

async function readOn(stack: Stack, cookie: string, isOn: () => boolean): Promise<number[]> {
  const times: number[] = [];
  while (isOn()) {
    const began = performance.now();
    const page = await readPage(stack, cookie).catch(() => undefined);
    times.push(page?.includes('Nordwind Group') ? performance.now() - began : Number.POSITIVE_INFINITY);
    await pause(100);
  }
  return times;
}

async function readPage({ url }: Stack, cookie: string): Promise<string> {
  const response = await fetch(`${url}/accounts/${exampleAccounts.enterprise}/users`, { headers: { cookie } });
  return response.text();
}

/** One after the other, each from an address of its own; one that is asked to wait has failed. */
async function signInOn(stack: Stack, browser: string | undefined, isOn: () => boolean) {
  const logins: { status: number; ms: number }[] = [];
  while (isOn()) {
    const began = performance.now();
    const from = `172.17.${logins.length >> 8}.${logins.length % 256}`;
    const { status } = await signIn(stack, stack.operators.admin, from, browser).catch(() => ({ status: 0 }));
    logins.push({ status, ms: performance.now() - began });
    await pause(250);
  }
  return logins;
}

type Csrf = { token: string; cookie: string };

async function askCsrf({ url }: Stack): Promise<Csrf> {
  const response = await fetch(`${url}/api/auth/csrf`);
  const { csrfToken } = z.object({ csrfToken: z.string() }).parse(await response.json());
  return { token: csrfToken, cookie: cookiesOf(response) };
}

async function signIn(stack: Stack, credentials: SignIn, from: string, browser = '') {
  const csrf = await askCsrf(stack);
  return post(stack, { ...csrf, cookie: [csrf.cookie, browser].join('; ') }, { ...credentials, address: from });
}

async function post(
  { url }: Stack,
  { token, cookie }: Csrf,
  { address: from, ...fields }: SignIn & { address: string },
) {
  const response = await fetch(`${url}/api/auth/callback/credentials`, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie, 'x-forwarded-for': from },
    body: new URLSearchParams({ ...fields, csrfToken: token, json: 'true' }),
  });
  await response.arrayBuffer();
  return { status: response.status, cookies: cookiesOf(response) };
}

const cookiesOf = ({ headers }: Response) =>
  headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');

if (import.meta.main) await run(Number(process.argv[2] ?? 10));
