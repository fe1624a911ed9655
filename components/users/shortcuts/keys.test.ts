import { expect, test } from 'vitest';
import { planLabel, planOptions } from '../plan/plans.ts';
import { stepForKey } from './keys.ts';

const options = planOptions(['Basic', 'Pro'], 'Basic');
const labels = options.map(planLabel);
const press = (key: string, place: number | null, modifiers = {}) =>
  stepForKey({ key, altKey: false, ctrlKey: false, metaKey: false, ...modifiers }, place, options, labels);

test('the list offers what the account supports first, and no trial it does not know', () => {
  expect(labels).toEqual(['Basic', 'Pro', 'Plus']);
  expect(planOptions(['Basic'], 'ProTrial').map(planLabel)).toEqual(['Basic', 'Plus', 'Pro', 'Pro trial']);
  expect(planOptions(['Basic', 'ProTrial'], null).map(planLabel)).toEqual(['Basic', 'Pro trial', 'Plus', 'Pro']);
});

test.each(['Enter', ' ', 'ArrowDown', 'F2'])('%s opens a closed control at the current plan', (key) => {
  expect(press(key, null)).toEqual({ do: 'open', place: 0 });
});

test('Alt+ArrowDown opens too', () => {
  expect(press('ArrowDown', null, { altKey: true })).toEqual({ do: 'open', place: 0 });
});

test('a letter opens a closed control at its plan and chooses nothing', () => {
  expect(press('p', null)).toEqual({ do: 'open', place: 1 });
  expect(press('P', null)).toEqual({ do: 'open', place: 1 });
});

test.each(['ArrowLeft', 'ArrowRight', 'ArrowUp', 'Home', 'End', 'PageDown', 'Escape', 'Tab', 'u', 'x', '/', '?'])(
  '%s does nothing to a closed control',
  (key) => {
    expect(press(key, null)).toBeNull();
  },
);

test('no key with Ctrl or Meta is ours', () => {
  expect(press('p', null, { ctrlKey: true })).toBeNull();
  expect(press('Enter', 1, { metaKey: true })).toBeNull();
});

test('arrows, Home and End move in the open list and stop at its ends', () => {
  expect(press('ArrowDown', 0)).toEqual({ do: 'move', place: 1 });
  expect(press('ArrowDown', 2)).toEqual({ do: 'move', place: 2 });
  expect(press('ArrowUp', 0)).toEqual({ do: 'move', place: 0 });
  expect(press('Home', 2)).toEqual({ do: 'move', place: 0 });
  expect(press('End', 0)).toEqual({ do: 'move', place: 2 });
});

test('a letter jumps to the next plan that can be chosen', () => {
  expect(press('p', 0)).toEqual({ do: 'move', place: 1 });
  expect(press('p', 1)).toEqual({ do: 'move', place: 1 });
  expect(press('z', 1)).toEqual({ do: 'move', place: 1 });
});

test('only Enter chooses; Escape and Tab close without choosing, and Tab goes on', () => {
  expect(press('Enter', 1)).toEqual({ do: 'commit' });
  expect(press('Escape', 1)).toEqual({ do: 'close', keepKey: false });
  expect(press('Tab', 1)).toEqual({ do: 'close', keepKey: true });
  expect(press(' ', 1)).toEqual({ do: 'move', place: 1 });
});
