import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { accountId, insertPeople, person, withPeople } from '../../testing/people.ts';
import { resolvePeople } from '../search/resolve-people-store.ts';
import type { User } from '../users/user.ts';
import { emailKey } from './email-key.ts';
import type { PersonRef } from './person-ref.ts';

const id = '5f0c2a9e-7f57-4d0a-8a44-4f8f7d1c2b3a';
const line = (ref: Partial<PersonRef>): PersonRef => ({ userId: null, email: null, upn: null, ...ref });
const called = (id: string, email: string | null): User => person(id, id, { email });

const people = [
  called('ana', 'ana.silva@nordwind.example'),
  called('ben', 'Ben.Okafor@nordwind.example'),
  called('jose', 'josé.peña@nordwind.example'),
  called('jose2', 'jose.pena@nordwind.example'),
  called('mike', 'mıke.lind@nordwind.example'),
  called('tara1', 'tara.wolf@nordwind.example'),
  called('tara2', 'Tara.Wolf@nordwind.example'),
  called('idn', 'dana@bücher.example'),
  called('strasse', 'straße@nordwind.example'),
  called('sigma', 'ΝΙΚΟΣ@nordwind.example'),
  called(id, null),
];

/** What lines mean, in short. */
const meanings = (refs: PersonRef[]) =>
  withPeople(people, async (db) =>
    (await resolvePeople(db, accountId, refs)).map((match) => {
      if (match.kind === 'unclear') return `${match.cause}: ${match.candidates.map(({ id }) => id).join(' ')}`;
      return match.kind === 'found' ? match.person.id : match.kind;
    }),
  );

test('a line means', async () => {
  const cases: [string, Partial<PersonRef>, string][] = [
    ['who has the ID', { userId: 'ana' }, 'ana'],
    ['who has the ID in another spelling', { userId: id.replaceAll('-', '').toUpperCase() }, id],
    ['who has the address, letter case aside', { email: 'BEN.okafor@nordwind.example' }, 'ben'],
    [
      'who has exactly this address, whoever else has one that looks alike',
      { email: 'jose.pena@nordwind.example' },
      'jose2',
    ],
    ['who has it with accents taken apart', { email: 'josé.peña@nordwind.example'.normalize('NFD') }, 'jose'],
    ['who has the domain in letters', { email: 'dana@xn--bcher-kva.example' }, 'idn'],
    ['who has the domain in capitals', { email: 'dana@BÜCHER.example' }, 'idn'],
    ['who has it in capitals that have two small forms', { email: 'νικος@nordwind.example' }, 'sigma'],
    [
      'who has the address, where nobody has the ID',
      { userId: 'elsewhere', email: 'ana.silva@nordwind.example' },
      'ana',
    ],
    [
      'who has the user principal name, where nobody has the address',
      { email: 'x@y.example', upn: 'ana.silva@nordwind.example' },
      'ana',
    ],
    ['who has both', { userId: 'ana', email: 'Ana.Silva@nordwind.example' }, 'ana'],
    ['who has the ID, of several with the address', { userId: 'tara2', email: 'tara.wolf@nordwind.example' }, 'tara2'],
    ['who has the ID and no address', { userId: id, email: 'x@y.example' }, id],
    ['nobody', { email: 'nobody@nordwind.example' }, 'missing'],
    ['nobody by an ID alone', { userId: 'elsewhere' }, 'missing'],
    ['not clearly one of several with an address', { email: 'TARA.WOLF@nordwind.example' }, 'ambiguous: tara1 tara2'],
    [
      'not clearly whose ID or whose address it has',
      { userId: 'ana', email: 'ben.okafor@nordwind.example' },
      'contradiction: ana ben',
    ],
    [
      'not clearly whose ID it has with a foreign address',
      { userId: 'ana', email: 'x@y.example' },
      'contradiction: ana',
    ],
    [
      'not clearly whose address or whose user principal name',
      { email: 'ana.silva@nordwind.example', upn: 'ben.okafor@nordwind.example' },
      'contradiction: ana ben',
    ],
    ['perhaps who is spelled with another letter', { email: 'mike.lind@nordwind.example' }, 'suggestion: mike'],
    ['perhaps who is spelled with ß', { email: 'strasse@nordwind.example' }, 'suggestion: strasse'],
    ['perhaps one of two without accents', { email: 'josè.peña@nordwind.example' }, 'suggestion: jose jose2'],
  ];
  const found = await meanings(cases.map(([, ref]) => line(ref)));
  expect(cases.map(([what], index) => [what, found[index]])).toEqual(
    cases.map(([what, , expected]) => [what, expected]),
  );
});

describe('addresses are the same', () => {
  test.each([
    ['ana@x.example', 'ANA@X.EXAMPLE'],
    ['É@x.example', 'é@x.example'],
    ['a@bücher.example', 'A@XN--BCHER-KVA.example'],
    ['Νίκος@x.example', 'ΝΊΚΟΣ@x.example'],
  ])('%s and %s', (one, other) => expect(emailKey(one)).toBe(emailKey(other)));

  test.each([
    ['jose@x.example', 'josé@x.example'],
    ['mike@x.example', 'mıke@x.example'],
    ['i@x.example', 'İ@x.example'],
    ['ss@x.example', 'ß@x.example'],
    ['office@x.example', 'oﬃce@x.example'],
    ['a@bucher.example', 'a@bücher.example'],
    ['a@127.0.0.1', 'a@0x7f.1'],
    ['a@b.example', 'a@%62.example'],
  ])('but not %s and %s', (one, other) => expect(emailKey(one)).not.toBe(emailKey(other)));

  test('as the mirror keeps them, whatever they are', () =>
    withPeople([], async (db) => {
      const emails = fc
        .sample(fc.string({ unit: 'binary', maxLength: 30 }), 300)
        .map((text) => text.toWellFormed().replaceAll('\0', ''));
      await insertPeople(
        db,
        emails.map((email, index) => called(`p${index}`, email)),
      );
      const matches = await resolvePeople(
        db,
        accountId,
        emails.map((email) => line({ email })),
      );
      emails.forEach((email, index) => {
        const key = emailKey(email);
        const same = emails.flatMap((other, at) => (key !== '' && emailKey(other) === key ? [`p${at}`] : []));
        const match = matches[index];
        const found =
          match?.kind === 'found'
            ? [match.person.id]
            : match?.kind === 'unclear' && match.cause === 'ambiguous'
              ? match.candidates.map(({ id }) => id)
              : [];
        expect(found).toEqual(same.slice(0, 10));
      });
    }));
});
