import { beforeEach, expect, test, vi } from 'vitest';
import type { Choice, Outcome } from '@/lib/changes/change.ts';
import type { Result } from '@/lib/result.ts';
import type { AttemptEvent } from './attempt.ts';
import { createChangeQueue } from './change-queue.ts';

const reported: unknown[] = [];

beforeEach(() => {
  reported.length = 0;
  vi.stubGlobal('requestAnimationFrame', (draw: () => void) => setTimeout(draw));
  vi.stubGlobal('reportError', (error: unknown) => reported.push(error));
  return () => vi.unstubAllGlobals();
});

const choiceFor = (userId: string, to: Choice['to'] = 'Pro'): Choice => ({ userId, from: 'Basic', to });
const appliedTo = (choice: Choice): Outcome => ({
  ...choice,
  state: 'applied',
  changeId: choice.changeId ?? '',
  appliedAt: '2026-11-28T10:00:00.000Z',
  confirmation: 'awaited',
});

type Call = { choices: Choice[]; answer(outcomes?: Outcome[]): void; refuse(): void; fail(): void };

/** A queue whose calls answer when told to, and what it dispatched. */
function open(listen: (userId: string, event: AttemptEvent) => void = () => undefined) {
  const calls: Call[] = [];
  const events: string[] = [];
  const queue = createChangeQueue({
    accountId: 'account',
    actions: {
      changeLicenses: ({ choices }) =>
        new Promise<Result<Outcome[]>>((resolve, reject) => {
          calls.push({
            choices,
            answer: (outcomes = choices.map(appliedTo)) => resolve({ ok: true, value: outcomes }),
            refuse: () => resolve({ ok: false, failure: { code: 'signed-out', at: '2026-11-28T10:00:00.000Z' } }),
            fail: () => reject(new TypeError('Failed to fetch')),
          });
        }),
    },
    dispatch(userId, event) {
      events.push(`${userId} ${event.type}`);
      listen(userId, event);
    },
  });
  const call = (index: number) =>
    vi.waitUntil(() => calls[index] ?? false, { interval: 1, timeout: 10_000 }).then(() => calls[index] as Call);
  return { queue, calls, events, call };
}

const people = ({ choices }: Call) => choices.map(({ userId, to }) => `${userId} ${to}`);

test('what is chosen in the same moment travels together', async () => {
  const { queue, events, call } = open();

  queue.put(choiceFor('ana'));
  queue.put(choiceFor('bo'));
  (await call(0)).answer();

  expect(people(await call(0))).toEqual(['ana Pro', 'bo Pro']);
  await expect.poll(() => events).toEqual(['ana sent', 'bo sent', 'ana answered', 'bo answered']);
});

test('what is chosen while a call is on its way travels together in the next one', async () => {
  const { queue, calls, call } = open();

  queue.put(choiceFor('ana'));
  const first = await call(0);
  queue.put(choiceFor('bo'));
  queue.put(choiceFor('cy'));
  expect(calls).toHaveLength(1);
  first.answer();

  expect(people(await call(1))).toEqual(['bo Pro', 'cy Pro']);
});

test('no call carries more than 50', async () => {
  const { queue, call } = open();

  for (let one = 0; one < 51; one += 1) queue.put(choiceFor(`p${one}`));
  (await call(0)).answer();

  expect((await call(0)).choices).toHaveLength(50);
  expect(people(await call(1))).toEqual(['p50 Pro']);
});

test('a call without an answer is silence for its own people, and the next goes on', async () => {
  const { queue, events, call } = open();

  queue.put(choiceFor('ana'));
  const first = await call(0);
  queue.put(choiceFor('bo'));
  first.fail();
  (await call(1)).answer();

  await expect.poll(() => events).toEqual(['ana sent', 'ana silence', 'bo sent', 'bo answered']);
});

test('a call that cannot be made is silence too, and stops nothing', async () => {
  const events: string[] = [];
  const queue = createChangeQueue({
    accountId: 'account',
    actions: {
      changeLicenses() {
        throw new TypeError('no such action');
      },
    },
    dispatch: (userId, { type }) => events.push(`${userId} ${type}`),
  });

  queue.put(choiceFor('ana'));
  await expect.poll(() => events).toEqual(['ana sent', 'ana silence']);
  queue.put(choiceFor('bo'));

  await expect.poll(() => events.slice(2)).toEqual(['bo sent', 'bo silence']);
});

test('an answer that leaves a person out is silence for that person only', async () => {
  const { queue, events, call } = open();

  queue.put(choiceFor('ana'));
  queue.put(choiceFor('bo'));
  (await call(0)).answer([appliedTo(choiceFor('ana'))]);

  await expect.poll(() => events).toEqual(['ana sent', 'bo sent', 'ana answered', 'bo silence']);
});

test('a refusal of the whole call is told for each of its people', async () => {
  const { queue, events, call } = open();

  queue.put(choiceFor('ana'));
  (await call(0)).refuse();

  await expect.poll(() => events).toEqual(['ana sent', 'ana refused']);
});

test('a choice replaced before it left is sent as it is then; one withdrawn is not sent', async () => {
  const { queue, call } = open();

  queue.put(choiceFor('first'));
  const first = await call(0);
  queue.put(choiceFor('ana', 'Pro'));
  queue.put(choiceFor('bo'));
  queue.put(choiceFor('ana', 'Plus'));
  queue.withdraw('bo');
  first.answer();

  expect(people(await call(1))).toEqual(['ana Plus']);
});

test.each(['sent', 'answered'] as const)(
  'an error in what listens to "%s" is reported, stops nothing, and is not taken for a lost answer',
  async (type) => {
    const { queue, events, call } = open((userId, event) => {
      if (userId === 'ana' && event.type === type) throw new Error('a fault in a listener');
    });

    queue.put(choiceFor('ana'));
    queue.put(choiceFor('bo'));
    (await call(0)).answer();
    await expect.poll(() => events).toEqual(['ana sent', 'bo sent', 'ana answered', 'bo answered']);
    queue.put(choiceFor('cy'));

    expect(people(await call(1))).toEqual(['cy Pro']);
    expect(reported).toEqual([new Error('a fault in a listener')]);
  },
);

test('a choice without an answer goes again under the same ID, and another choice under another', async () => {
  const { queue, call } = open();
  const ids: (string | undefined)[] = [];
  const send = async (choice: Choice, end: 'answer' | 'fail') => {
    queue.put(choice);
    const made = await call(ids.length);
    ids.push(made.choices[0]?.changeId);
    made[end]();
  };

  await send(choiceFor('ana'), 'fail');
  await send(choiceFor('ana'), 'fail');
  await send(choiceFor('ana', 'Plus'), 'fail');
  await send(choiceFor('ana'), 'answer');
  await send(choiceFor('ana'), 'answer');

  const [first, second, other, third, afterAnswer] = ids;
  expect(first).toMatch(/^[0-9a-f-]{36}$/);
  expect(second).toBe(first);
  expect(other).not.toBe(first);
  expect(third).not.toBe(other);
  expect(afterAnswer).not.toBe(third);
});
