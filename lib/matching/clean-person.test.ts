import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cleanPerson } from './clean-person.ts';

const id = '5f0c2a9e-7f57-4d0a-8a44-4f8f7d1c2b3a';
const email = (email: string) => ({ ref: { userId: null, email, upn: null } });
const userId = (userId: string) => ({ ref: { userId, email: null, upn: null } });

describe('one person is read from', () => {
  test.each([
    ['an address alone', 'ana@x.example'],
    ['an address in angle brackets', '<ana@x.example>'],
    ['a recipient', 'Ana Silva <ana@x.example>'],
    ['a recipient called by the last name first', '"Silva, Ana" <ana@x.example>'],
    ['the same without quotation marks', 'Silva, Ana <ana@x.example>'],
    ['the same without blanks', 'Silva,Ana<ana@x.example>'],
    ['a recipient whose name is an address', 'ana.old@y.example <ana@x.example>'],
    ['a link', 'mailto:ana@x.example?subject=Hello'],
    ['a link in angle brackets', '<mailto:ana@x.example>'],
    ['a proxy address', 'SMTP:ana@x.example'],
    ['a trailing semicolon', 'ana@x.example;'],
    ['a trailing dot', 'ana@x.example.'],
    ['a trailing comma', 'ana@x.example ,'],
    ['straight quotation marks', '"ana@x.example"'],
    ['an apostrophe on both sides', "'ana@x.example'"],
    ['English quotation marks', '“ana@x.example”'],
    ['German quotation marks', '„ana@x.example“'],
    ['French quotation marks', '« ana@x.example »'],
    ['single curly marks', '‘ana@x.example’'],
    ['parentheses', 'Ana (ana@x.example)'],
    ['a formula that holds it', '="ana@x.example"'],
    ['invisible characters', '\u202aana\u200b@x.exa\u00admple\u202c\ufeff'],
    ['non-breaking blanks', '\u00a0ana@x.example\u202f'],
    ['an @ of an Asian keyboard', 'ana＠x.example'],
    ['the same address twice', 'ana@x.example Ana@X.example ana@x.example'],
    ['cells parted by lines', 'Ana|ana@x.example|Pro'],
  ])('%s', (_, text) => expect(cleanPerson(text)).toEqual(email('ana@x.example')));

  test.each([
    ['a user ID', id],
    ['a user ID in capitals', id.toUpperCase()],
    ['a user ID without dashes', id.replaceAll('-', '')],
    ['a user ID in braces', `{${id}}`],
    ['a user ID beside a name', `Ana Silva ${id}`],
  ])('%s', (_, text) => expect(cleanPerson(text)).toEqual(userId(id)));

  test('an address and a user ID side by side, which have to agree later', () => {
    expect(cleanPerson(`Ana <ana@x.example> ${id}`)).toEqual({
      ref: { userId: id, email: 'ana@x.example', upn: null },
    });
  });

  test('a short ID alone, and in a column of IDs also one without a digit', () => {
    expect(cleanPerson('p1')).toEqual(userId('p1'));
    expect(cleanPerson('anyone')).toEqual({ unreadable: 'neither' });
    expect(cleanPerson('anyone', 'userId')).toEqual(userId('anyone'));
  });
});

test.each([
  ['nothing', '', 'empty'],
  ['marks alone', ' "" <>;', 'empty'],
  ['a name', 'Ana Silva', 'neither'],
  ['a name with a number', 'Room 12', 'neither'],
  ['half an address', '@x.example', 'neither'],
  ['a comma in place of a dot', 'ana,silva@x.example', 'neither'],
  ['two addresses', 'ana@x.example, ben@x.example', 'several'],
  ['two addresses without a blank', 'ana@x.example;ben@x.example', 'several'],
  ['two IDs', `${id} 6${id.slice(1)}`, 'several'],
  ['a very long text', `${'x'.repeat(5_000)} ana@x.example`, 'too-long'],
])('nobody is read from %s', (_, text, unreadable) => expect(cleanPerson(text)).toEqual({ unreadable }));

test('what is read once is read as the same again', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (text) => {
      const cleaned = cleanPerson(text);
      if (!('ref' in cleaned)) return;
      const { email, userId } = cleaned.ref;
      for (const part of [email, userId]) if (part) expect(cleanPerson(part)).toHaveProperty('ref');
      expect(cleanPerson(`${email ?? ''} ${userId ?? ''}`)).toEqual(cleaned);
    }),
  );
});
