import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { accountId, person, withPeople } from '../../testing/people.ts';
import { unreadLines } from '../files/complaints/unread-lines.ts';
import { type People, prepareBatch } from '../previews/prepare-batch.ts';
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

test('a line of a file that cannot be used says in the export what is wrong with it', () =>
  withPeople([person('p1', 'Zoë', { license: 'Pro' })], async (db) => {
    const people: People = {
      kind: 'file',
      name: 'people.csv',
      rows: [{ ref: { userId: 'p1', email: null, upn: null }, line: 2, license: null, reason: null }],
      unread: unreadLines([
        { line: 3, code: 'not-an-email', value: 'not an address' },
        { line: 3, code: 'unknown-license', value: 'Gold' },
      ]),
    };
    const wish = { accountId, people, to: 'Basic', reason: null } as const;
    const id = await prepareBatch({ db, chime: { accounts: 'all' } }, wish, by);

    let csv = '';
    for await (const piece of exportBatch(db, id, 'Nordwind Group')) csv += piece;

    expect(csv.trimEnd().split('\r\n')[2]).toBe(
      '2,3,not an address,,,,,Basic,Not readable,' +
        '"“not an address” is not an e-mail address. Write it like name@example.com. “Gold” is not a plan. Write Basic, Plus, Pro or Pro trial.",,0,,Nordwind Group',
    );
  }));
