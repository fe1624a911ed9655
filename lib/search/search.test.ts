import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { accountId, addAccount, insertPeople, person, withPeople } from '../../testing/people.ts';
import { recordEntry } from '../audit/store.ts';
import { showCounts } from '../counts/show-counts.ts';
import type { Database } from '../db/database.ts';
import { foldForSearch } from '../matching/fold.ts';
import { wordsOf } from '../matching/search-terms.ts';
import { wordsWithSpellings } from '../matching/spellings.ts';
import { foldedFrom } from '../users/derived.ts';
import { deriveAgain } from '../users/derived-store.ts';
import { filterFromParams, firstPage, type UserFilter } from './filter.ts';
import { pageOfUsers } from './show-users.ts';
import { findNear } from './suggestions-store.ts';

const find = async (db: Database, search: string, more: Partial<UserFilter> = {}) =>
  (await pageOfUsers(db, accountId, { ...firstPage, ...more, search })).users.map(({ id }) => id);

const uuid = '5f0c2a9e-7f57-4d0a-8a44-4f8f7d1c2b3a';

const people = [
  person('ana', 'Ana Silva'),
  person('sil', 'Sílvio Ōtani'),
  person('per', '100 % Person_under'),
  person('slash', 'Back\\slash'),
  person('zhang', '张伟'),
  person('weiss', 'Łukasz Weiß'),
  person('nobody', null),
];

describe('search', () => {
  test('finds any part of name, e-mail or ID, in any order of words, whatever the accents and the case', () =>
    withPeople(people, async (db) => {
      expect(await find(db, 'silva ANA')).toEqual(['ana']);
      expect(await find(db, 'silvio otani')).toEqual(['sil']);
      expect(await find(db, 'nobody@nord')).toEqual(['nobody']);
      expect(await find(db, 'lukasz weiss')).toEqual(['weiss']);
      expect(await find(db, 'Łuk WEIß')).toEqual(['weiss']);
      expect(await find(db, '张')).toEqual(['zhang']);
      expect(await find(db, '张伟')).toEqual(['zhang']);
      expect(await find(db, 'SIL')).toEqual(['ana', 'sil']);
    }));

  test('takes one person as people copy them', () =>
    withPeople([...people, person(uuid, 'Mona O’Brien', { email: 'mona@x.example' })], async (db) => {
      for (const search of [
        'Ana Silva <ana@nordwind.example>',
        'Silva, Ana',
        '"Ana Silva"',
        'ana@nordwind.example;',
        'ana@nordwind.example.',
        'mailto:ana@nordwind.example',
        'Somebody\tana@nordwind.example\tPro',
      ]) {
        expect([search, await find(db, search)]).toEqual([search, ['ana']]);
      }
      for (const search of [uuid.replaceAll('-', ''), `{${uuid}}`, "mona o'brien", 'mona o’brien', '‘Mona’']) {
        expect([search, await find(db, search)]).toEqual([search, [uuid]]);
      }
      expect(await find(db, '"')).toEqual([]);
    }));

  test('takes several addresses and IDs, whatever stands between them', () =>
    withPeople([...people, person(uuid, 'Mona O’Brien', { email: 'mona@x.example' })], async (db) => {
      for (const search of [
        'ana@nordwind.example mona@x.example',
        'ana@nordwind.example, mona@x.example;',
        'ana@nordwind.example\nmona@x.example',
        `Ana Silva <ana@nordwind.example>, ${uuid}`,
      ]) {
        expect([search, await find(db, search)]).toEqual([search, ['ana', uuid]]);
      }
    }));

  test('names those of several addresses and IDs that find nobody', () =>
    withPeople([...people, person(uuid, 'Mona O’Brien', { email: 'mona@x.example' })], async (db) => {
      const missingOf = async (search: string) => (await pageOfUsers(db, accountId, { ...firstPage, search })).missing;
      expect(await missingOf('Ana@nordwind.example, Nobody@nordwind.examples mona@x.example')).toEqual([
        'Nobody@nordwind.examples',
      ]);
      expect(await missingOf(`ana@nordwind.example ${uuid}`)).toBeUndefined();
      expect(await missingOf('nobody.at.all@nordwind.example')).toBeUndefined();
    }));

  test('finds names with letters of other languages however they are typed, and nobody else', () =>
    withPeople(
      [
        person('mul', 'Jörg Müller'),
        person('mue', 'Jo Mueller'),
        person('dec', 'Bu\u0308lent Kru\u0308ger', { email: 'x@x.example' }),
        person('sor', 'Søren Sørensen'),
        person('ode', 'Ola Ødegård'),
        person('mic', 'Michal Nolan'),
      ],
      async (db) => {
        expect(await find(db, 'mueller')).toEqual(['mue', 'mul']);
        expect(await find(db, 'joerg mueller')).toEqual(['mul']);
        expect(await find(db, 'Müller')).toEqual(['mue', 'mul']);
        expect(await find(db, 'Mu\u0308ller')).toEqual(['mue', 'mul']);
        expect(await find(db, 'muller')).toEqual(['mul']);
        expect(await find(db, 'krueger')).toEqual(['dec']);
        expect(await find(db, 'SOERENSEN')).toEqual(['sor']);
        for (const search of ['ødegård', 'odegard', 'odegaard', 'oedegaard', 'oedegard']) {
          expect([search, await find(db, search)]).toEqual([search, ['ode']]);
        }
        expect(await find(db, 'michael')).toEqual([]);
        expect(await find(db, 'noel')).toEqual([]);
      },
    ));

  test('finds a name with an apostrophe whichever it is written with, and without one', () => {
    const apostrophes = ["'", '\u2019', '\u2018', '\u02bc', '\u2032', '`', '\u00b4', '\uff07'];
    return withPeople(
      apostrophes.map((apostrophe, place) => person(`p${place}`, `Mona O${apostrophe}Brien`, { email: null })),
      async (db) => {
        const all = apostrophes.map((_, place) => `p${place}`).sort();
        for (const between of [...apostrophes, ' ', '']) {
          expect([between, (await find(db, `o${between}brien`)).sort()]).toEqual([between, all]);
        }
      },
    );
  });

  test('finds people who were listed before other spellings were known, once the database is migrated', () =>
    withPeople([person('mul', 'Jörg Müller'), person('obr', 'Mona O\u00b4Brien'), person('ana', 'Ana')], async (db) => {
      await sql`update users set search = 'as it was', sort_name = 'z', email_key = 'x'`.execute(db);
      await sql`update derived_by set rules = 0`.execute(db);

      await deriveAgain(db);

      expect(await find(db, 'mueller')).toEqual(['mul']);
      expect(await find(db, 'obrien')).toEqual(['obr']);
      expect(await find(db, 'as it was')).toEqual([]);
      const keys = await sql`select from users where email_key is not null`.execute(db);
      expect(keys.rows).toEqual([]);
    }));

  test('finds everybody by each spelling of each of their words', async () => {
    const letters = fc.constantFrom('ä', 'ö', 'ü', 'å', 'ø', 'u\u0308', 'e', 'a', 'o', "'", '’', 'm', 'r', '-');
    const word = fc.array(letters, { minLength: 1, maxLength: 8 }).map((all) => `x${all.join('')}x`);
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 3 }), (words) => {
        const { search } = foldedFrom({ id: 'p', name: words.join(' '), email: null });
        for (const typed of wordsWithSpellings(words.join(' ')).flat()) {
          const found = wordsOf(typed).every((spellings) => spellings.some((one) => search.includes(one)));
          expect([typed, found]).toEqual([typed, true]);
        }
      }),
    );
  });

  test('takes the signs of LIKE and of patterns as they stand', () =>
    withPeople(people, async (db) => {
      expect(await find(db, '%')).toEqual(['per']);
      expect(await find(db, 'person_under')).toEqual(['per']);
      expect(await find(db, 'n_u')).toEqual(['per']);
      expect(await find(db, '\\')).toEqual(['slash']);
      expect(await find(db, '..')).toEqual([]);
      expect(await find(db, 'a*')).toEqual([]);
    }));

  test('does not see the marks that a copied name brings along', () =>
    withPeople(people, async (db) => {
      expect(await find(db, '\u202aAna\u200b\u00a0Silva\u202c\u200f')).toEqual(['ana']);
    }));

  test('finds words of one and two letters wherever they stand, in every script', async () => {
    const letters = fc.constantFrom('z', 'q', '7', '.', '-', '’', 'ə', '张', '伟', '𠮷', 'ж', 'ا');
    const name = fc.array(letters, { minLength: 1, maxLength: 6 }).map((all) => all.join(''));
    const word = fc.array(letters, { minLength: 1, maxLength: 3 }).map((all) => all.join(''));
    const names = fc.sample(name, 300);
    await withPeople(
      names.map((name, index) => person(`p${index}`, name, { email: null })),
      (db) =>
        fc.assert(
          fc.asyncProperty(word, async (word) => {
            const { users, total } = await pageOfUsers(db, accountId, { ...firstPage, search: word });
            const expected = names.filter((name, index) => {
              const { search } = foldedFrom({ id: `p${index}`, name, email: null });
              return wordsOf(word).every((spellings) => spellings.some((one) => search.includes(one)));
            });
            expect(total).toBe(expected.length);
            expect(users).toHaveLength(Math.min(50, expected.length));
          }),
          { numRuns: 200 },
        ),
    );
  });

  test('survives whatever is typed or pasted, and finds only who has it', () =>
    withPeople(people, async (db) => {
      const nasty = [
        "' or 1=1 --",
        "'; drop table users; --",
        '\0',
        'a\0b',
        '\ud800',
        '\udc00x',
        '💥',
        '👩‍👩‍👧',
        '\u202eevil',
        '"',
        '$1',
        '[',
        '(',
        '.*',
        '^$',
        '\\',
        '%%%',
        'x'.repeat(10_000),
        'ab '.repeat(5_000),
        ' \t\n ',
      ];
      for (const text of nasty) {
        const filter = filterFromParams(new URLSearchParams({ q: text }));
        const { users } = await pageOfUsers(db, accountId, filter);
        const words = foldForSearch(filter.search).split(' ');
        for (const { name, email, id } of users) {
          for (const word of words) expect(foldForSearch(`${name ?? ''} ${email} ${id}`)).toContain(word);
        }
        await showCounts(db, accountId, filter);
        await findNear(db, accountId, filter.search);
      }
      await fc.assert(
        fc.asyncProperty(fc.string({ unit: 'binary' }), async (text) => {
          const filter = filterFromParams(new Map([['q', text]]));
          await pageOfUsers(db, accountId, filter);
          await findNear(db, accountId, filter.search);
        }),
        { numRuns: 100 },
      );
    }));

  test('takes from an address only what belongs there', () => {
    const nonsense = new URLSearchParams({
      sort: 'search; drop',
      dir: 'sideways',
      plan: "Pro.'.none.Pro.<b>.💥",
      type: '.'.repeat(500),
      changed: '8',
      outside: 'maybe',
      list: '../../etc/passwd',
    });
    expect(filterFromParams(nonsense)).toEqual({
      ...firstPage,
      facets: { ...firstPage.facets, license: ['Pro', 'none'] },
    });
  });

  test('finds nobody of another account, whatever the condition', () =>
    withPeople(people, async (db) => {
      await addAccount(db, 'other');
      await insertPeople(db, [person('ana', 'Ana Silva', { accountId: 'other', license: 'Pro' })]);

      expect(await pageOfUsers(db, accountId, { ...firstPage, search: 'ana silva' })).toMatchObject({ total: 1 });
      const facets = { ...firstPage.facets, license: ['Pro'] };
      expect(await pageOfUsers(db, accountId, { ...firstPage, facets })).toMatchObject({ total: 0, users: [] });
      expect(await pageOfUsers(db, 'nowhere', firstPage)).toMatchObject({ total: 0, users: [], everyone: 0 });
      expect(await findNear(db, 'nowhere', 'ana silva')).toEqual([]);
    }));
});

describe('a request ID as the search', () => {
  const awsRequestId = '7c1f0b5e-3a0e-4f0a-9a54-6ffb1a6a3c55';

  test('shows the attempt and the person it was about, by our ID and by the one of AWS', () =>
    withPeople(people, async (db) => {
      const requestId = randomUUID();
      const operator = { id: 'dana', name: 'Dana Reyes', role: 'helpdesk' };
      const attempt = {
        action: 'change',
        operator,
        requestId,
        accountId,
        userId: 'ana',
        userName: 'Ana Silva',
      } as const;
      await recordEntry(db, { ...attempt, from: 'Basic', to: 'Pro', failure: 'throttled' });
      await recordEntry(db, {
        action: 'undo',
        operator: null,
        requestId: randomUUID(),
        awsRequestId,
        accountId,
        userId: 'sil',
      });

      const ours = await pageOfUsers(db, accountId, { ...firstPage, search: ` ${requestId.toUpperCase()} ` });
      expect(ours.request).toMatchObject({ requestId, to: 'Pro', failure: 'throttled' });
      expect(ours.users.map(({ id }) => id)).toEqual(['ana']);
      expect(ours.total).toBe(1);

      const theirs = await pageOfUsers(db, accountId, { ...firstPage, search: awsRequestId });
      expect(theirs.request).toMatchObject({ awsRequestId, action: 'undo' });
      expect(theirs.users.map(({ id }) => id)).toEqual(['sil']);
      expect((await showCounts(db, accountId, { ...firstPage, search: awsRequestId })).total).toBe(1);
    }));

  test('is a user ID first, stays within the account, and finds nobody where there was no such request', () => {
    const userId = randomUUID();
    const requestId = randomUUID();
    return withPeople([...people, person(userId, 'Ruth Adler')], async (db) => {
      await addAccount(db, 'other');
      await recordEntry(db, { action: 'change', operator: null, requestId: userId, accountId, userId: 'ana' });
      await recordEntry(db, { action: 'change', operator: null, requestId, accountId: 'other', userId: 'ana' });

      expect(await find(db, userId)).toEqual([userId]);
      const foreign = await pageOfUsers(db, accountId, { ...firstPage, search: requestId });
      expect(foreign.users).toEqual([]);
      expect(foreign.request).toBeUndefined();
    });
  });

  test('tells the attempt also when the person is gone', () =>
    withPeople(people, async (db) => {
      const requestId = randomUUID();
      await recordEntry(db, { action: 'change', operator: null, requestId, accountId, userId: 'gone' });

      const page = await pageOfUsers(db, accountId, { ...firstPage, search: requestId });

      expect(page).toMatchObject({ users: [], total: 0, request: { user: { id: 'gone' } } });
    }));
});

test('near hits are up to three people of different names that are spelt much alike', () =>
  withPeople(
    [...people, person('ana2', 'Ana Silva'), person('ruis', 'Rui Silva'), person('joao', 'João Silva')],
    async (db) => {
      const near = await findNear(db, accountId, 'silvva');
      expect(near).toHaveLength(3);
      expect(new Set(near.map(({ name }) => name)).size).toBe(3);
      expect(near.every(({ name }) => name?.includes('Sil') || name?.includes('Síl'))).toBe(true);
      expect((await findNear(db, accountId, 'ana slva'))[0]?.name).toBe('Ana Silva');
      expect(await findNear(db, accountId, 'qqqqq')).toEqual([]);
      expect(await findNear(db, accountId, 'an')).toEqual([]);
    },
  ));
