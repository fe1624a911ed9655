import fc from 'fast-check';
import { expect, test } from 'vitest';
import { plainText, streamSafe } from './plain-text.ts';

test('a name that would turn the sentence around it is read the way it is written', () => {
  expect(plainText('Ana \u202eorP ot cisaB morf\u202c Silva')).toBe('Ana orP ot cisaB morf Silva');
  expect(plainText('\u2066\u2067\u2068Ana\u2069')).toBe('Ana');
  expect(plainText('مريم \u200fسيلفا')).toBe('مريم \u200fسيلفا'); // what right-to-left names are written with stays
});

test('a letter keeps as many marks as any script stacks on one, and no more', () => {
  expect(plainText(`Zo\u0301${'\u0308'.repeat(900)}e`)).toBe(`Zo\u0301${'\u0308'.repeat(5)}e`);
  for (const name of ['Nguyễn Thị Ánh', 'Nguyễn'.normalize('NFD'), 'རྦྷྱཱུཾ', 'ศิริพรณ์', 'מִרְיָם', 'सुनीता', 'മീനാക്ഷി']) {
    expect(plainText(name)).toBe(name);
  }
});

test('whatever it is, PostgreSQL and JSON can keep it, and nothing of it turns what follows', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const plain = plainText(text);
      expect(plain.isWellFormed()).toBe(true);
      expect(plain).not.toMatch(/[\0\u202a-\u202e\u2066-\u2069]/u);
    }),
  );
});

test('no text keeps the normalising busy: between two letters stand at most 30 marks and a joiner', () => {
  const letter = fc.constantFrom('\u0301', '\u0316', '\uff9e', '\u{1d165}', 'a');
  fc.assert(
    fc.property(fc.array(letter, { maxLength: 300 }), (letters) => {
      const safe = streamSafe(letters.join(''));
      for (const part of safe.normalize('NFKD').split('\u034f')) expect(part).not.toMatch(/\p{M}{31}/u);
      expect(safe.replaceAll('\u034f', '')).toBe(letters.join(''));
    }),
  );
});

test('a text with few marks stays as it is', () => {
  expect(streamSafe('Zoë Ångström हिन्दी ไม้')).toBe('Zoë Ångström हिन्दी ไม้');
});
