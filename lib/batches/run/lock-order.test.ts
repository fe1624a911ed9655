import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { everybody, withBatches } from '../../../testing/batches.ts';
import { keepReading } from '../../mirror/mirror-store.ts';
import type { User } from '../../users/user.ts';
import { findBatch, nextBatch } from '../store.ts';
import { takeChunk } from './chunks-store.ts';
import type { Chunk } from './lease-store.ts';
import { settleChunk } from './settle-chunk.ts';
import type { Ended } from './settle-chunks-store.ts';

const people = Array.from({ length: 300 }, (_, index) => ({
  UserId: `p${String(index).padStart(4, '0')}`,
  DisplayName: `Person ${index}`,
  PrimaryEmail: `p${index}@nordwind.example`,
  LicenseType: 'Basic',
}));

/**
 * A page of a listing and a chunk that is settled lock many people each. Where two transactions lock the same people in
 * different orders, PostgreSQL ends one of them with 40P01.
 */
test('pages of a listing and chunks of a batch with the same people never wait for each other for ever', () =>
  withBatches(async (desk) => {
    const { db, accountId } = desk;
    for (let round = 0; round < 3; round += 1) {
      const to = round % 2 === 0 ? 'Pro' : 'Basic';
      const id = await desk.prepare(everybody, to);
      await desk.submit(id);
      await desk.begin();
      const chunks = await takeAll();
      const listed = await db.selectFrom('users').selectAll().where('account_id', '=', accountId).execute();

      const written = await Promise.allSettled([
        ...chunks.map((chunk) => settleChunk(db, chunk, chunk.people.toReversed().map(applied))),
        ...[0, 1, 2].map((page) =>
          db.transaction().execute((trx) =>
            keepReading(trx, {
              accountId,
              users: shuffled(listed).map((row) => renamed(row, `${round} ${page}`)),
              readAt: new Date(0),
              requestId: randomUUID(),
              by: 'listing',
            }),
          ),
        ),
      ]);

      expect(written.flatMap((one) => (one.status === 'rejected' ? [String(one.reason)] : []))).toEqual([]);
      expect((await findBatch(db, accountId, id))?.state).toBe('done');
    }

    async function takeAll(): Promise<Chunk[]> {
      const chunks: Chunk[] = [];
      for (
        let batch = await nextBatch(db, desk.chime.accounts);
        batch;
        batch = await nextBatch(db, desk.chime.accounts)
      ) {
        const chunk = await takeChunk(db, batch);
        if (chunk) chunks.push(chunk);
      }
      return chunks;
    }
  }, people));

const applied = ({ changeId }: Chunk['people'][number]): Ended => ({ changeId, state: 'applied' });

const shuffled = <T>(list: T[]): T[] => list.toSorted(() => Math.random() - 0.5);

function renamed(
  row: { account_id: string; id: string; email: string | null; license: string | null },
  name: string,
): User {
  return {
    accountId: row.account_id,
    id: row.id,
    email: row.email,
    name: `${name} ${row.id}`,
    license: row.license,
    userType: null,
    registration: null,
    invitation: null,
    registeredOn: null,
    invitedOn: null,
  };
}
