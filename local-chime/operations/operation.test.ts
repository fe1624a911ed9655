import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hasEmailForm } from './fields.ts';

const modelled = /.+@.+\..+/; // the service model's own pattern, which takes cubic time

test("what looks like an e-mail address is what the service model's pattern finds", () => {
  const text = fc.array(fc.constantFrom('@', '.', 'a', ' ', '\n', '\r', '\u2028', '\u2029', '🎉'), { maxLength: 12 });
  fc.assert(
    fc.property(text, (letters) => {
      expect(hasEmailForm(letters.join(''))).toBe(modelled.test(letters.join('')));
    }),
    { numRuns: 5000 },
  );
});
