import { randomUUID } from 'node:crypto';
import { freePort } from '../../scripts/processes/ports.ts';
import { rounds } from '../../testing/campaign.ts';
import type { Stack } from '../../testing/stack.ts';
import { account, type Caller, callAction, signedIn } from '../support/door.ts';
import { expect, test } from '../support/evidence.ts';
import { startRoundRobin } from '../support/round-robin.ts';

const callers = 4;
const rolls = rounds(1, 10);

/** What somebody chose, and how it was answered. */
type Clicked = { userId: string; to: string; status: number; state: string };

test.setTimeout(rounds(150_000, 3_600_000));

test('webs that are replaced one after the other lose no choice, double none, and answer none with a fault', async ({
  stack,
  evidence,
}) => {
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const webs = await Promise.all([oneWeb(stack, url), oneWeb(stack, url)]);
  await Promise.all(webs.map(({ start }) => start()));
  const proxy = await startRoundRobin(port, webs);
  const here = { ...stack, url };
  const caller = await signedIn(here, 'helpdesk');
  const clicked: Clicked[] = [];
  let isOver = false;
  const clicking = (await peopleOnBasic(stack)).map(async (userId) => {
    for (let from = 'Basic'; !isOver; from = from === 'Basic' ? 'Pro' : 'Basic') {
      clicked.push(await click(here, caller, userId, from, from === 'Basic' ? 'Pro' : 'Basic'));
    }
  });

  for (let round = 0; round < rolls; round += 1) {
    for (const web of webs) {
      await web.stop();
      await web.start();
      await expect.poll(() => proxy.serves(web)).toBe(true);
    }
  }
  isOver = true;
  await Promise.all(clicking);
  proxy.stop();

  const made = (await evidence.journal()).map(({ userId, to }) => `${userId} ${to}`).sort();
  const chosen = clicked.map(({ userId, to }) => `${userId} ${to}`).sort();
  const faults = clicked.filter(({ status, state }) => status >= 500 || state !== 'applied');
  const count = `${rolls * webs.length} restarts, ${chosen.length} choices`;
  test
    .info()
    .annotations.push({ type: 'numbers', description: `${count}, ${made.length} made, ${faults.length} faults` });
  expect(faults).toEqual([]);
  expect(made).toEqual(chosen);
  expect(chosen.length).toBeGreaterThan(callers);
});

/** One web of several at an address that is another's. */
async function oneWeb(stack: Stack, url: string) {
  const [port, opsPort] = [await freePort(), await freePort()];
  const web = await stack.anotherWeb({
    PORT: String(port),
    OPS_PORT: String(opsPort),
    DRAIN_SECONDS: '1',
    PUBLIC_URL: url,
    NEXTAUTH_URL: url,
    CHANGE_LIMITS: 'helpdesk=1000000,admin=1000000',
  });
  return { ...web, port, opsPort };
}

async function peopleOnBasic({ db }: Stack): Promise<string[]> {
  const people = db.selectFrom('users').select('id').where('account_id', '=', account).where('license', '=', 'Basic');
  return (await people.limit(callers).execute()).map(({ id }) => id);
}

/** Changes one person's plan as the page does, and asks for the outcome of what takes long. */
async function click(
  here: Pick<Stack, 'url' | 'db'>,
  caller: Caller,
  userId: string,
  from: string,
  to: string,
): Promise<Clicked> {
  const changeId = randomUUID();
  const choices = [{ userId, from, to, changeId }];
  const { status, result } = await callAction(here, 'changeLicenses', { accountId: account, choices }, caller);
  const outcome = result?.ok ? result.value?.[0] : undefined;
  if (outcome?.state !== 'pending') return { userId, to, status, state: outcome?.state ?? 'no answer' };
  const settled = here.db.selectFrom('changes').select('state').where('id', '=', changeId);
  await expect.poll(async () => (await settled.executeTakeFirst())?.state).not.toBe('pending');
  return { userId, to, status, state: (await settled.executeTakeFirstOrThrow()).state };
}
