import { optionForLetter, type PlanOption } from '../plan/plans.ts';

/** What a key does to a plan's list; null: nothing of ours, the browser goes on. */
export type ListStep =
  | { do: 'open' | 'move'; place: number }
  | { do: 'commit' }
  | { do: 'close'; keepKey: boolean }
  | null;

type Key = { key: string; altKey: boolean; ctrlKey: boolean; metaKey: boolean };

/**
 * Moving in the list changes nothing, and a closed control never changes its value: letters only open it, because a
 * stray key must not change a paid plan. Only Enter (or a click) chooses; Escape and Tab leave without choosing.
 */
export function stepForKey(key: Key, place: number | null, options: PlanOption[], labels: string[]): ListStep {
  if (key.ctrlKey || key.metaKey) return null;
  return place === null ? stepWhenClosed(key, options, labels) : stepWhenOpen(key, place, options, labels);
}

const isLetter = (key: string) => key.length === 1 && /\p{L}/u.test(key);
const currentPlace = (options: PlanOption[]) =>
  Math.max(
    0,
    options.findIndex((option) => option.isCurrent),
  );

function stepWhenClosed(key: Key, options: PlanOption[], labels: string[]): ListStep {
  if (key.key === 'ArrowDown') return { do: 'open', place: currentPlace(options) };
  if (key.altKey) return null;
  if (key.key === 'Enter' || key.key === ' ' || key.key === 'F2') return { do: 'open', place: currentPlace(options) };
  if (!isLetter(key.key)) return null;
  const place = optionForLetter(options, labels, key.key, -1);
  return place === null ? null : { do: 'open', place };
}

function stepWhenOpen(key: Key, place: number, options: PlanOption[], labels: string[]): ListStep {
  const last = options.length - 1;
  switch (key.key) {
    case 'ArrowDown':
      return { do: 'move', place: Math.min(place + 1, last) };
    case 'ArrowUp':
      return key.altKey ? { do: 'close', keepKey: false } : { do: 'move', place: Math.max(place - 1, 0) };
    case 'Home':
    case 'PageUp':
      return { do: 'move', place: 0 };
    case 'End':
    case 'PageDown':
      return { do: 'move', place: last };
    case 'Enter':
      return { do: 'commit' };
    case 'Escape':
      return { do: 'close', keepKey: false };
    case 'Tab':
      return { do: 'close', keepKey: true };
    case ' ':
      return { do: 'move', place };
  }
  if (!isLetter(key.key)) return null;
  return { do: 'move', place: optionForLetter(options, labels, key.key, place) ?? place };
}
