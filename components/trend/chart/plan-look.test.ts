import { expect, test } from 'vitest';
import { looksOf, mostLines } from './plan-look.ts';

test('a plan looks the same whichever others there are', () => {
  expect(looksOf(['Basic', 'Pro']).get('Pro')).toEqual(looksOf(['Pro', 'ProTrial', 'Gold']).get('Pro'));
});

test('no two plans look the same, not even those that Chime invents', () => {
  const looks = [...looksOf(['Gold', 'Basic', 'Pro', 'Plus', 'ProTrial', 'none']).values()];
  expect(looks).toHaveLength(mostLines);
  for (const part of ['colour', 'dash', 'shape'] as const) {
    expect(new Set(looks.map((look) => look[part])).size).toBe(mostLines);
  }
});
