import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { accountId, person, withPeople } from '../../testing/people.ts';
import { prepareBatch } from '../previews/prepare-batch.ts';
import { exportBatch } from './export-batch.ts';

const by = {
  operatorId: 'mona',
  operatorName: 'Mona',
  operatorRole: 'admin',
  groups: null,
  token: null,
  requestId: randomUUID(),
};

test('a batch is exported in the words of the screen, with the account’s name', () =>
  withPeople([person('p1', 'Zoë', { license: 'Pro' }), person('p2', 'Ben'), person('p3', 'Cy')], async (db) => {
    const people = { kind: 'list', text: 'p1, p2, p9, p3' } as const;
    const id = await prepareBatch(
      { db, chime: { accounts: 'all' } },
      { accountId, people, to: 'Basic', reason: null },
      by,
    );
    await db
      .updateTable('batch_items')
      .set({ state: 'changed', tries: 1, settled_at: new Date('2026-11-25T10:00:00Z') })
      .where('user_id', '=', 'p1')
      .execute();

    await db.updateTable('batch_items').set({ part: 'left-out', state: null }).where('user_id', '=', 'p3').execute();

    let csv = '';
    for await (const piece of exportBatch(db, id, 'Nordwind Group')) csv += piece;

    expect(csv.trimEnd().split('\r\n')).toEqual([
      '\uFEFFNo.,Line,Listed as,Name,E-mail,User ID,Plan before,New plan,Outcome,Why not,Reason,Attempts,When (UTC),Account',
      '1,,p1,Zoë,p1@nordwind.example,p1,Pro,Basic,Changed,,,1,2026-11-25 10:00:00,Nordwind Group',
      '2,,p2,Ben,p2@nordwind.example,p2,Basic,Basic,Already on this plan,,,0,,Nordwind Group',
      '3,,p9,,,,,Basic,Not found,,,0,,Nordwind Group',
      '4,,p3,Cy,p3@nordwind.example,p3,Basic,Basic,Left out,,,0,,Nordwind Group',
    ]);
  }));
