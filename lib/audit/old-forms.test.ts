import { describe, expect, test } from 'vitest';
import { oldExports, oldExportsKey } from '../../testing/old-exports.ts';
import { allLineNames, factNames, lineNames, lineOf, nothing, type SealedEntry } from './chain.ts';
import { auditKeyFrom } from './keys.ts';
import { verifyExport } from './verify-export.ts';

const { id, key } = auditKeyFrom(oldExportsKey);
const check = (lines: readonly string[]) =>
  verifyExport(
    (async function* () {
      yield Buffer.from(lines.map((line) => `${line}\n`).join(''));
    })(),
    new Map([[id, key]]),
  );

/** An old entry as it is exported today, with the facts that have come since. */
const asToday = (line: string): SealedEntry => ({ ...nothing, ...JSON.parse(line) });

describe.each(Object.entries(oldExports))('an export of %s', (_, lines) => {
  test('is still sound', async () => {
    expect(await check(lines)).toMatchObject({ broken: null, state: { entries: 3, unsealed: 1 } });
  });

  test('is sound as well when it is exported again today', async () => {
    const again = lines.map((line) => lineOf(asToday(line)));
    expect(Object.keys(JSON.parse(again[0] ?? ''))).toEqual(lineNames);
    expect(await check(again)).toMatchObject({ broken: null });
  });

  test('is broken where any of its facts is another one', async () => {
    for (const name of Object.keys(JSON.parse(lines[1] ?? ''))) {
      if (name === 'form' || name === 'sequence' || name === 'keyId') continue;
      const edited = lines.map((line, index) =>
        index === 1 ? JSON.stringify({ ...JSON.parse(line), [name]: 'another' }) : line,
      );
      expect((await check(edited)).broken, name).toMatchObject({ kind: 'edited', sequence: '2' });
    }
  });

  test('is broken where an entry is given a fact that its seal does not cover', async () => {
    const known = Object.keys(JSON.parse(lines[1] ?? ''));
    const later = factNames.filter((name) => !known.includes(name));
    expect(later.length).toBeGreaterThan(0);
    for (const name of later) {
      const edited = lines.map((line, index) => lineOf({ ...asToday(line), ...(index === 1 && { [name]: 'x' }) }));
      expect((await check(edited)).broken, name).toMatchObject({ kind: 'edited', sequence: '2' });
    }
  });

  test('is of a form whose lines are still known as they were written', () => {
    const written = lines.map((line) => Object.keys(JSON.parse(line)));
    for (const names of written) expect(allLineNames).toContainEqual(names);
  });
});
