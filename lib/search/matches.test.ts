import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { wordsOf } from '../matching/search-terms.ts';
import { foldedFrom } from '../users/derived.ts';
import { piecesOf } from './matches.ts';

const marked = (text: string, search: string) =>
  piecesOf(text, search)
    .map((piece) => (piece.isMatch ? `[${piece.text}]` : piece.text))
    .join('');

describe('what a search has found is marked', () => {
  test.each([
    ['Ana Silva', 'sil', 'Ana [Sil]va'],
    ['Ana Silva', 'silva an', '[An]a [Silva]'],
    ['Sílvio Ōtani', 'SILVIO otani', '[Sílvio] [Ōtani]'],
    ['Si\u0301lvio', 'si', '[Si\u0301]lvio'],
    ['Jörg Müller', 'mueller', 'Jörg [Müller]'],
    ['Ola Ødegård', 'odegaard', 'Ola [Ødegård]'],
    ['Ola Ødegård', 'odeg', 'Ola [Ødeg]ård'],
    ['Mona O’Brien', "o'bri", 'Mona [O’Bri]en'],
    ['Mona O’Brien', 'obrien', 'Mona [O’Brien]'],
    ['Łukasz Weiß', 'weiss', 'Łukasz [Weiß]'],
    ['张伟', '伟', '张[伟]'],
    ['Ana Silva', 'Ana Silva <ana@x.example>', 'Ana Silva'],
    ['ana@x.example', 'Ana Silva <ana@x.example>', '[ana@x.example]'],
    ['anana', 'ana', '[ana]na'],
    ['Ana Silva', '', 'Ana Silva'],
    ['', 'ana', ''],
  ])('%j searched for with %j: %j', (text, search, expected) => {
    expect(marked(text, search)).toBe(expected);
  });

  test('only in people who are found, and the pieces are the text', () => {
    const letters = fc.constantFrom('ä', 'å', 'ø', 'ß', 'u\u0308', 'e', 'a', 'o', "'", '’', ' ', '𠮷', '张');
    const text = fc.array(letters, { maxLength: 8 }).map((all) => all.join(''));
    fc.assert(
      fc.property(text, text, (name, search) => {
        const pieces = piecesOf(name, search);
        expect(pieces.map((piece) => piece.text).join('')).toBe(name);
        const words = wordsOf(search);
        const kept = foldedFrom({ id: '-', name, email: null }).search;
        const isFound = words.some((spellings) => spellings.some((word) => kept.includes(word)));
        const isMarked = pieces.some((piece) => piece.isMatch);
        if (isMarked) expect(isFound).toBe(true);
      }),
    );
  });
});
