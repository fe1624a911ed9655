import fc from 'fast-check';
import { expect, test } from 'vitest';
import { accountId, person, withPeople } from '../../testing/people.ts';
import { readPeopleFile } from '../files/people-file.ts';
import { firstPage } from '../search/filter.ts';
import { exportedColumns } from '../users/export-columns.ts';
import { exportUsers } from './export-users.ts';

const read = (text: string) => readPeopleFile(only(text));
async function* only(text: string) {
  yield Buffer.from(text);
}

/** What an export of ours is read as: who it names, and what is made of its plans. */
async function understood(csv: string) {
  const { rows, columns, table, complaints, questions } = await read(csv);
  const plans = table.find(({ heading }) => heading === 'Plan');
  return {
    ids: rows.map(({ ref }) => ref.userId).sort(),
    plan: columns.license,
    why: plans?.reason,
    complaints: complaints.length + questions.length,
  };
}

test('our own export names exactly its people when it comes back, and its plans are not taken for a wish', async () => {
  const text = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 20 }),
    fc.constantFrom('=1+1', 'Pro', 'a;b', "O'Neill"),
  );
  const people = fc.uniqueArray(
    fc.record({ id: fc.uuid(), name: text, license: fc.constantFrom('Basic', 'Pro', 'ProTrial', null) }),
    { minLength: 1, maxLength: 8, selector: ({ id }) => id },
  );
  await fc.assert(
    fc.asyncProperty(people, async (given) => {
      const users = given.map(({ id, name, license }) => person(id, name.replaceAll('\0', ''), { license }));
      const csv = await withPeople(users, async (db) => {
        let pieces = '';
        for await (const piece of exportUsers({ db, chime: { accounts: 'all' } }, accountId, firstPage))
          pieces += piece;
        return pieces;
      });
      expect(await understood(csv)).toEqual({
        ids: given.map(({ id }) => id).sort(),
        plan: undefined,
        why: 'own-export',
        complaints: 0,
      });
    }),
    { numRuns: 5 },
  );
});

test('an export of an earlier release is known as well', async () => {
  const id = '5f0c2a9e-7f57-4d0a-8a44-4f8f7d1c2b3a';
  const headings = 'Name,E-mail,Plan,Status,User ID,Type,Registered on,Invited on,Last change,Changed by';
  expect(headings).toContain(exportedColumns.slice(0, 6).join(','));
  const csv = `${headings}\r\nAna,ana@x.example,Pro,registered,${id},PrivateUser,,,,\r\n`;
  expect(await understood(csv)).toEqual({ ids: [id], plan: undefined, why: 'own-export', complaints: 0 });
});
