import { expect, test } from 'vitest';
import { withBatches } from '../../../testing/batches.ts';

test('more previews at once than Carillon prepares are refused as too busy, and the others are made', () =>
  withBatches(async (desk) => {
    const asked = await Promise.allSettled(Array.from({ length: 20 }, () => desk.prepare()));

    const refused = asked.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
    expect(refused.length).toBeGreaterThan(0);
    for (const reason of refused) expect(reason).toMatchObject({ name: 'Refusal', code: 'too-busy' });
    expect(asked.length - refused.length).toBeGreaterThanOrEqual(13);
  }));
