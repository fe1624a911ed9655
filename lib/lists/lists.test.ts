import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { accountId, addAccount, insertPeople, person, withPeople } from '../../testing/people.ts';
import { showCounts } from '../counts/show-counts.ts';
import { exportUsers } from '../exports/export-users.ts';
import { textOfRef } from '../matching/person-ref.ts';
import { firstPage } from '../search/filter.ts';
import { pageOfUsers } from '../search/show-users.ts';
import { keepList } from './keep-list.ts';
import { readList } from './list.ts';
import { forgetOldLists } from './store.ts';

const id = '5f0c2a9e-7f57-4d0a-8a44-4f8f7d1c2b3a';
const people = [person('p1', 'Ana Silva'), person('p2', 'Ben Okafor', { license: 'Pro' }), person(id, 'Ruth Adler')];

/** Addresses and IDs, of which each can be read again. */
const entriesFrom = (text: string): string[] => readList(text).entries.map(({ ref }) => textOfRef(ref));

describe('what a pasted text names', () => {
  test.each([
    [
      'a column',
      'ana@x.example\nben@x.example\r\n\r\nruth@x.example',
      ['ana@x.example', 'ben@x.example', 'ruth@x.example'],
    ],
    ['a row of cells', 'ana@x.example\tben@x.example\tp1', ['ana@x.example', 'ben@x.example', 'p1']],
    ['recipients', 'Silva, Ana <Ana@x.example>; "Ben" <ben@x.example>', ['Ana@x.example', 'ben@x.example']],
    [
      'quotes and brackets',
      '"ana@x.example", \'ben@x.example\' (ruth@x.example).',
      ['ana@x.example', 'ben@x.example', 'ruth@x.example'],
    ],
    ['links', '<mailto:ana@x.example> mailto:ben@x.example', ['ana@x.example', 'ben@x.example']],
    ['blanks between', 'ana@x.example ben@x.example', ['ana@x.example', 'ben@x.example']],
    ['one person by address and ID', `ana@x.example ${id}`, [`ana@x.example ${id}`]],
    ['a row about one person', `Ana Silva\tana@x.example\tPro\t2026-01-05\t${id}`, [`ana@x.example ${id}`]],
    ['people parted by commas, by address and ID in turn', 'p1, ana@x.example, p2', ['p1', 'ana@x.example', 'p2']],
    ['an ID without dashes', id.replaceAll('-', ''), [id]],
    ['rows with semicolons', 'Ana;ana@x.example;Pro\nBen;ben@x.example;', ['ana@x.example', 'ben@x.example']],
    ['curly quotes and trailing marks', '“ana@x.example”;\nben@x.example.', ['ana@x.example', 'ben@x.example']],
    ['somebody twice', 'ana@x.example, ANA@x.example', ['ana@x.example']],
    ['invisible marks', '\u202aana@x.example\u202c\u200b', ['ana@x.example']],
    ['headings and names', 'E-mail\nAna Silva\nRoom 12\nana@x.example', ['ana@x.example']],
    ['nobody', ' ,;\n\t"" <> @ a@ @b', []],
  ])('%s', (_, text, entries) => expect(entriesFrom(text)).toEqual(entries));

  test('is the same when it is pasted as it was read', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        const entries = entriesFrom(text);
        expect(entriesFrom(entries.join('\n'))).toEqual(entries);
        expect(entries.join('')).not.toMatch(/[\n\r\t<>\0]/);
      }),
    );
  });

  test.each([
    ['a name between addresses', 'Ana Silva\nben@x.example\n', ['Ana Silva']],
    ['a note at the end', 'ben@x.example\nP.S. please do this today', ['P.S. please do this today']],
    ['a heading', 'E-mail\nben@x.example', ['E-mail']],
    ['a name among recipients', 'ana@x.example; Ben Okafor; ruth@x.example', ['Ben Okafor']],
    ['a name between commas', 'ana@x.example, Ben Okafor, "Adler, Ruth" <ruth@x.example>', ['Ben Okafor']],
    ['names around one address', 'Ana Silva; ben@x.example; Rui Costa', ['Ana Silva', 'Rui Costa']],
    ['names before one address', 'Ana Silva, Rui Costa, ben@x.example', ['Ana Silva', 'Rui Costa']],
    ['nothing of a row about one person', 'Ana Silva;ana@x.example;Pro', []],
    ['nothing of recipients with names', 'Silva, Ana <ana@x.example>; "Ben" <ben@x.example>', []],
    ['nothing of one recipient with a name', 'Silva, Ana <ana@x.example>; ', []],
    ['no blank line', '\n \nana@x.example\n,;\n', []],
  ])('what it does not name is told: %s', (_, text, rest) =>
    expect(readList(text).unread.map(({ text }) => text)).toEqual(rest),
  );

  test('people between commas are each a person of their own, also an ID beside an address', () => {
    const { entries, unread } = readList(
      `p1, ana@x.example; Ben Okafor, "Adler, Ruth" <ruth@x.example>, carl@x.example, ${id}`,
      'commas',
    );
    expect(entries.map(({ ref }) => textOfRef(ref))).toEqual([
      'p1',
      'ana@x.example',
      'ruth@x.example',
      'carl@x.example',
      id,
    ]);
    expect(unread).toEqual([{ line: null, text: 'Ben Okafor' }]);
  });

  test('every line of it names somebody or is told', () => {
    const piece = fc.constantFrom(
      'Ana Silva',
      'ana@x.example',
      '<ben@x.example>',
      id,
      'p1',
      ';',
      ',',
      '\t',
      ' ',
      '\n',
      '"',
      '>',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const text = pieces.join('');
        const { unread } = readList(text);
        const lines = text.trimEnd().split('\n');
        const told = new Set(unread.map(({ line }) => line));
        lines.forEach((content, index) => {
          const isNamed = entriesFrom(content).every((entry) => entriesFrom(text).includes(entry));
          expect(isNamed).toBe(true);
          if (/[A-Za-z]/.test(content) && entriesFrom(content).length === 0) {
            expect(told).toContain(lines.length === 1 ? null : index + 1);
          }
        });
      }),
    );
  });

  test('is read in steps that grow with its length, whatever it is', () => {
    for (const sign of ['"', '<', '.', '@', 'a', ',', ' ', '<a', '\u200b', 'a\u200b', '>', '<>', 'a@', '=', '="']) {
      entriesFrom(`a${sign.repeat(100_000)}a`);
    }
  });
});

describe('a kept list', () => {
  test('shows the people it names and tells who is missing, as they were pasted', () =>
    withPeople(people, async (db) => {
      const text = `P1@Nordwind.example\n${id.toUpperCase()}\nNobody@nordwind.example\nx9`;
      const list = await keepList(db, { accountId, text, createdBy: 'dana' });
      expect(list.asked).toBe(4);

      const page = await pageOfUsers(db, accountId, { ...firstPage, list: list.id });
      expect(page.users.map(({ name }) => name)).toEqual(['Ana Silva', 'Ruth Adler']);
      expect(page.total).toBe(2);
      expect(page.list).toEqual({ asked: 4, missing: ['Nobody@nordwind.example', 'x9'], unclear: [], unread: [] });

      const narrowed = await pageOfUsers(db, accountId, { ...firstPage, list: list.id, search: 'ruth' });
      expect(narrowed.users.map(({ id }) => id)).toEqual([id]);
      expect(narrowed.list).toEqual(page.list);
      expect(await showCounts(db, accountId, { ...firstPage, list: list.id })).toMatchObject({
        total: 2,
        facets: {
          license: [
            { value: 'Basic', people: 2 },
            { value: 'Pro', people: 0 },
          ],
        },
      });
      let csv = '';
      for await (const piece of exportUsers({ db, chime: { accounts: 'all' } }, accountId, {
        ...firstPage,
        list: list.id,
      }))
        csv += piece;
      expect(csv.trimEnd().split('\r\n')).toHaveLength(3);
    }));

  test('shows nobody of whom it is not clear that they are meant, and tells who may be, and what could not be read', () =>
    withPeople(
      [
        person('p1', 'José Peña', { email: 'josé.peña@nordwind.example' }),
        person('p2', 'Tara Wolf', { email: 'Tara.Wolf@nordwind.example' }),
        person('p3', 'Tara Wolf', { email: 'tara.wolf@nordwind.example' }),
        person('p4', 'Ana Silva', { email: 'ana@münchen.example' }),
      ],
      async (db) => {
        const text = 'jose.pena@nordwind.example\ntara.wolf@nordwind.example\nana@xn--mnchen-3ya.example\nAna Silva';
        const list = await keepList(db, { accountId, text, createdBy: 'dana' });

        const page = await pageOfUsers(db, accountId, { ...firstPage, list: list.id });

        expect(page.users.map(({ id }) => id)).toEqual(['p4']);
        expect(page.list).toMatchObject({
          asked: 3,
          missing: [],
          unclear: [
            { entry: 'jose.pena@nordwind.example', cause: 'suggestion', candidates: [{ id: 'p1' }] },
            { entry: 'tara.wolf@nordwind.example', cause: 'ambiguous', candidates: [{ id: 'p2' }, { id: 'p3' }] },
          ],
          unread: ['Ana Silva'],
        });
      },
    ));

  test('has the same ID when it is pasted again, and another in another account', () =>
    withPeople(people, async (db) => {
      await addAccount(db, 'other');
      const one = await keepList(db, { accountId, text: 'p1 \n p2', createdBy: 'dana' });
      const again = await keepList(db, { accountId, text: 'p1;p2', createdBy: 'mona' });
      const elsewhere = await keepList(db, { accountId: 'other', text: 'p1;p2', createdBy: 'mona' });
      expect(again).toEqual(one);
      expect(elsewhere.id).not.toBe(one.id);
    }));

  test('of another account, or one that nobody has kept, shows nobody and asked for nobody', () =>
    withPeople(people, async (db) => {
      await addAccount(db, 'other');
      await insertPeople(db, [person('p1', 'Ana Silva', { accountId: 'other' })]);
      const foreign = await keepList(db, { accountId: 'other', text: 'p1', createdBy: 'dana' });
      for (const list of [foreign.id, 'A'.repeat(43)]) {
        const page = await pageOfUsers(db, accountId, { ...firstPage, list });
        expect(page).toMatchObject({ users: [], total: 0, list: { asked: 0, missing: [], unclear: [], unread: [] } });
      }
    }));

  test('names at least one person and at most 500', () =>
    withPeople(people, async (db) => {
      const many = (count: number) => Array.from({ length: count }, (_, index) => `p${index}@x.example`).join('\n');
      const keep = (text: string) => keepList(db, { accountId, text, createdBy: 'dana' });
      await expect(keep('Ana Silva, Ben Okafor')).rejects.toMatchObject({ code: 'invalid' });
      await expect(keep(many(501))).rejects.toMatchObject({ code: 'invalid', message: expect.stringContaining('501') });
      expect(await keep(many(500))).toMatchObject({ asked: 500 });
    }));

  test('is forgotten when nobody has pasted it for 90 days', () =>
    withPeople(people, async (db) => {
      const old = await keepList(db, { accountId, text: 'p1', createdBy: 'dana' });
      const fresh = await keepList(db, { accountId, text: 'p2', createdBy: 'dana' });
      await db
        .updateTable('lists')
        .set({ created_at: new Date(Date.now() - 91 * 86_400_000) })
        .where('id', '=', old.id)
        .execute();

      await forgetOldLists(db);

      expect((await pageOfUsers(db, accountId, { ...firstPage, list: old.id })).list?.asked).toBe(0);
      expect((await pageOfUsers(db, accountId, { ...firstPage, list: fresh.id })).list?.asked).toBe(1);
    }));
});
