import { expect, test } from 'vitest';
import { stillMissing } from './batch-form.ts';

test('a complaint goes when its field is put right, and no other comes before the form is handed in again', () => {
  const complained = { plan: 'Choose a plan.', until: 'Choose an end.' };

  expect(stillMissing(complained, { plan: 'Choose a plan.' })).toMatchObject({
    plan: 'Choose a plan.',
    until: undefined,
  });
  expect(stillMissing({}, { reason: 'Enter a reason.' }).reason).toBeUndefined();
  expect(stillMissing(complained, { until: 'That time has passed.' }).until).toBe('That time has passed.');
});
