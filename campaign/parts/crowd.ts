import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { account, type Page } from './page.ts';

/** What an operator chose for one person, how often it had to be sent, and what became of it. */
type Choice = {
  changeId: string;
  userId: string;
  from: string;
  to: string;
  sent: number;
  state: string;
  code?: string;
};

/** As the page does: what is not written down so long after it was sent has not arrived, and may be sent again. */
const certainAfterMs = 5_000;

const outcomesShape = z.array(
  z
    .object({ state: z.string(), failure: z.object({ code: z.string() }).nullish() })
    .transform(({ state, failure }) => ({ state, code: failure?.code })),
);
type Outcome = z.output<typeof outcomesShape>[number];
const changesShape = z.object({ changes: outcomesShape });

/** Operators who change one person's plan to and fro, as their pages do it, until they are told to stop; between two choices they wait so long. */
export function startCrowd(people: string[], pageOf: (caller: number) => Page, pauseMs = 0) {
  const choices: Choice[] = [];
  let done = 0;
  let isOver = false;

  async function click(caller: number, userId: string) {
    for (let from: 'Basic' | 'Pro' = 'Basic'; !isOver; ) {
      const to: 'Basic' | 'Pro' = from === 'Basic' ? 'Pro' : 'Basic';
      const choice = { changeId: randomUUID(), userId, from, to, sent: 0, state: 'not sent' };
      choices.push(choice);
      await choose(choice, () => pageOf(caller));
      done += 1;
      if (choice.state === 'applied') from = to;
      if (pauseMs > 0) await pause(pauseMs);
    }
  }
  const all = Promise.all(people.map((userId, caller) => click(caller, userId)));
  all.catch(() => {}); // `more` and `stop` tell of it

  return {
    choices,
    /** Waits until so many more choices have been answered for good. */
    async more(count: number) {
      const goal = done + count;
      while (done < goal) await Promise.race([pause(50), all]);
    },
    async stop() {
      isOver = true;
      await all;
    },
  };
}

/** Sends one choice, and follows it until its outcome is known; an answer that was lost is asked for by the choice's ID. */
async function choose(choice: Choice, page: () => Page): Promise<void> {
  const { changeId, userId, from, to } = choice;
  for (;;) {
    choice.sent += 1;
    const sentAt = performance.now();
    const input = { accountId: account, choices: [{ userId, from, to, changeId }] };
    const { result } = await page().act('changeLicenses', input);
    const [first] = result?.ok ? outcomesShape.parse(result.value) : [];
    if (first && isFinal(first.state)) {
      Object.assign(choice, first);
      return;
    }
    const found = await follow(changeId, sentAt, page);
    if (found) {
      Object.assign(choice, found);
      return;
    }
  }
}

const isFinal = (state: string) => state === 'applied' || state === 'failed';

/** The outcome as the server has it written down, or undefined where it certainly never arrived. */
async function follow(changeId: string, sentAt: number, page: () => Page): Promise<Outcome | undefined> {
  for (let wait = 100; ; wait = Math.min(wait * 2, 2_000)) {
    await pause(wait);
    const askedAt = performance.now();
    const known = await page().read(`changes?ids=${changeId}`, changesShape);
    const [now] = known?.changes ?? [];
    if (now && isFinal(now.state)) return now;
    if (known && !now && askedAt - sentAt > certainAfterMs) return undefined;
  }
}
