import { QueryClient } from '@tanstack/react-query';
import { beforeEach, expect, test, vi } from 'vitest';
import type { Choice } from '@/lib/changes/change.ts';
import type { Actions } from '../actions.ts';
import type { AttemptEvent } from './attempt.ts';
import { createSaver } from './saver.ts';

const toPro: Choice = { userId: 'ana', from: 'Basic', to: 'Pro' };

/** The actions of a server that answers every choice as applied. */
const answering = {
  changeLicenses: async ({ choices }: { choices: Choice[] }) => ({
    ok: true as const,
    value: choices.map((choice) => ({
      ...choice,
      state: 'applied' as const,
      changeId: 'c1',
      appliedAt: '2026-11-28T10:00:00.000Z',
      confirmation: 'awaited' as const,
    })),
  }),
} satisfies Partial<Actions>;

beforeEach(() => {
  vi.stubGlobal('requestAnimationFrame', (draw: () => void) => setTimeout(draw));
  return () => vi.unstubAllGlobals();
});

test('a change that has been answered leaves nothing behind in the page', async () => {
  const client = new QueryClient();
  const told: string[] = [];
  const saver = createSaver(client, 'account', answering, (_, { type }) => told.push(type));

  await saver.save(toPro);

  expect(told).toEqual(['sent', 'answered']);
  await expect.poll(() => client.getMutationCache().getAll()).toEqual([]);
});

test('an error while the answer is being told is not taken for a lost answer', async () => {
  const told: AttemptEvent['type'][] = [];
  const saver = createSaver(new QueryClient(), 'account', answering, (_, { type }) => {
    told.push(type);
    if (type === 'answered') throw new Error('a fault in a listener');
  });

  await expect(saver.save(toPro)).rejects.toThrow('a fault in a listener');

  expect(told).toEqual(['sent', 'answered']);
});

test('a choice without an answer goes again under the same ID, and another choice under another', async () => {
  const sent: Choice[] = [];
  let isDown = true;
  const actions: Pick<Actions, 'changeLicenses'> = {
    async changeLicenses(input) {
      sent.push(...input.choices);
      if (isDown) throw new TypeError('Failed to fetch');
      return answering.changeLicenses(input);
    },
  };
  const saver = createSaver(new QueryClient(), 'account', actions, () => undefined);

  await saver.save(toPro);
  await saver.save(toPro);
  await saver.save({ ...toPro, to: 'Plus' });
  isDown = false;
  await saver.save(toPro);
  await saver.save(toPro);

  const [first, second, other, third, afterAnswer] = sent.map(({ changeId }) => changeId);
  expect(first).toMatch(/^[0-9a-f-]{36}$/);
  expect(second).toBe(first);
  expect(other).not.toBe(first);
  expect(third).not.toBe(other);
  expect(afterAnswer).not.toBe(third);
});
