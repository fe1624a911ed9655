import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sentenceForLog } from './log-facts.ts';

/** The same in two patterns, which take quadratic time. */
const inPatterns = (text: string) =>
  text
    .replace(/\S+@\S+/g, '[left out]')
    .replace(/[A-Za-z0-9+/_=-]*(?:\d[A-Za-z]|[A-Za-z]\d)[A-Za-z0-9+/_=-]{18,}/g, '[left out]');

test('what looks like an address or like a secret is left out of a sentence, and nothing else', () => {
  const part = fc.oneof(
    fc.constantFrom('@', ' ', '.', 'a1', 'é', '\n', 'ana@example.com', 'x'.repeat(18), '=-'),
    fc.stringMatching(/^[a-z0-9+/_=-]{0,12}$/),
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
      expect(sentenceForLog(parts.join(''))).toBe(inPatterns(parts.join('')).slice(0, 500));
    }),
    { numRuns: 2000 },
  );
});
