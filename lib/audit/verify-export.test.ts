import { randomBytes, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rounds } from '../../testing/campaign.ts';
import {
  type AuditKey,
  beforeChain,
  type EntryFacts,
  factNames,
  genesis,
  hashOf,
  lineOf,
  nothing,
  type SealedEntry,
  sealOf,
} from './chain.ts';
import { checkpointLine } from './checkpoint.ts';
import { auditKeyFrom } from './keys.ts';
import { verifyExport } from './verify-export.ts';

const oldKey = auditKeyFrom('the-key-that-was-used-in-the-beginning');
const newKey = auditKeyFrom('the-key-that-came-after-the-first-one');
const strangerKey = auditKeyFrom('a-key-that-somebody-else-has-made-up');
const keys = new Map([oldKey, newKey].map(({ id, key }) => [id, key]));

const text = fc.option(
  fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('Basic', 'Pro', '', 'null', '","', '\n', 'a\u2028b')),
  {
    nil: null,
  },
);

const facts: fc.Arbitrary<EntryFacts> = fc.record({
  operatorLogin: text,
  userEmail: text,
  tokenId: fc.option(fc.uuid(), { nil: null }),
  tokenName: text,
  attempt: text,
  refusal: text,
  exported: text,
  filter: text,
  count: text,
  removedEnd: text,
  earlierEnd: text,
  earlierEndIs: text,
  sequence: fc.constant(null),
  at: fc
    .date({ noInvalidDate: true, min: new Date('2020-01-01'), max: new Date('2035-01-01') })
    .map((at) => `${at.toISOString().slice(0, -1)}000Z`),
  action: fc.constantFrom('change', 'undo', 'note', 'sign-in', 'denied', 'outside'),
  operatorId: text,
  operatorName: text,
  operatorRole: text,
  requestId: fc.uuid(),
  awsRequestId: text,
  accountId: text,
  userId: text,
  userName: text,
  from: text,
  to: text,
  why: text,
  outcome: fc.constantFrom('applied', 'failed'),
  failure: text,
  changeId: fc.option(fc.uuid(), { nil: null }),
  fact: text,
  was: text,
  became: text,
  since: text,
  batchId: fc.option(fc.uuid(), { nil: null }),
});

/** A log as it is written: perhaps entries from before the chain, then sealed ones, the key changed at some place. */
const log = fc
  .record({
    entries: fc.array(facts, { minLength: 1, maxLength: 25 }),
    unsealed: fc.nat({ max: 6 }),
    rotatedAt: fc.nat({ max: 30 }),
  })
  .map(({ entries, unsealed, rotatedAt }) => write(entries, Math.min(unsealed, entries.length - 1), rotatedAt));

function write(entries: EntryFacts[], unsealed: number, rotatedAt: number): SealedEntry[] {
  let previous = genesis;
  let sequence = 0;
  return entries.map((entry, index) => {
    sequence += index < unsealed && index > 0 ? 3 : 1; // numbers from before the chain have gaps
    const placed = { ...entry, sequence: String(sequence) };
    if (index < unsealed) {
      previous = hashOf(placed, previous);
      return { ...nothing, ...Object.fromEntries(beforeChain.map((name) => [name, placed[name]])) };
    }
    const seal = sealOf(placed, index < rotatedAt ? oldKey : newKey, previous);
    previous = seal.hmac;
    return { ...placed, ...seal };
  });
}

const bytesOf = async function* (...texts: string[]) {
  for (const text of texts) yield Buffer.from(text);
};
const fileOf = (entries: SealedEntry[]) => entries.map((entry) => `${lineOf(entry)}\n`).join('');
const check = (entries: SealedEntry[], marks?: string) =>
  verifyExport(bytesOf(fileOf(entries)), keys, marks === undefined ? undefined : bytesOf(marks));

/** What the workers have kept of a log: each sealed entry whose place in it is one of these. */
const marksOf = (entries: SealedEntry[], places: number[], key: AuditKey = newKey) =>
  places
    .flatMap((place) => entries[place % entries.length] ?? [])
    .flatMap(({ at, sequence, hmac }) => (at && sequence && hmac ? checkpointLine({ at, sequence, hmac }, key) : []))
    .join('');

const columns = [...factNames, 'form', 'keyId', 'hmac'] as const;
const another = fc.oneof(text, fc.constantFrom('1', '2', '17', oldKey.id, newKey.id, '2026-11-25T00:00:00.000000Z'));

/** Something done to a log by whoever can write what they like, but has not the key. */
type Tampering = (entries: SealedEntry[]) => SealedEntry[];
const place = fc.nat({ max: 1_000 });
const tampering: fc.Arbitrary<Tampering> = fc.oneof(
  fc
    .record({ at: place, column: fc.constantFrom(...columns), value: another, form: fc.constantFrom(null, 0, 1, 2) })
    .map(
      ({ at, column, value, form }) =>
        (entries: SealedEntry[]) =>
          entries.map((entry, index) =>
            index === at % entries.length ? { ...entry, [column]: column === 'form' ? form : value } : entry,
          ),
    ),
  place.map((at) => (entries: SealedEntry[]) => entries.filter((_, index) => index !== at % entries.length)),
  fc.tuple(place, place).map(([one, other]) => (entries: SealedEntry[]) => {
    const swapped = [...entries];
    const [first, second] = [one % entries.length, other % entries.length];
    const [a, b] = [entries[first], entries[second]];
    if (a && b) [swapped[first], swapped[second]] = [b, a];
    return swapped;
  }),
  // The numbers swapped back, so that they are in order again.
  fc.tuple(place, place).map(([one, other]) => (entries: SealedEntry[]) => {
    const swapped = [...entries];
    const [first, second] = [one % entries.length, other % entries.length];
    const [a, b] = [entries[first], entries[second]];
    if (a && b)
      [swapped[first], swapped[second]] = [
        { ...b, sequence: a.sequence },
        { ...a, sequence: b.sequence },
      ];
    return swapped;
  }),
  fc
    .record({
      at: place,
      from: place,
      facts,
      sealed: fc.constantFrom('copied', 'unsealed', 'stranger'),
      renumber: fc.boolean(),
    })
    .map(({ at, from, facts, sealed, renumber }) => (entries: SealedEntry[]) => {
      const before = entries.slice(0, at % (entries.length + 1));
      const after = entries.slice(before.length);
      const previous = before.at(-1)?.hmac ?? genesis;
      const sequence = String(Number(before.at(-1)?.sequence ?? 0) + 1);
      const placed = { ...facts, sequence };
      const added: SealedEntry | undefined =
        sealed === 'copied'
          ? entries[from % entries.length]
          : sealed === 'unsealed'
            ? { ...placed, batchId: null, form: null, keyId: null, hmac: null }
            : { ...placed, ...sealOf(placed, strangerKey, previous) };
      const moved = after.map((entry) =>
        renumber ? { ...entry, sequence: String(Number(entry.sequence) + 1) } : entry,
      );
      return added ? [...before, added, ...moved] : entries;
    }),
  // The end cut off, or everything.
  place.map((at) => (entries: SealedEntry[]) => entries.slice(0, at % entries.length)),
  // Everything from some place on written anew, with another key under the name of ours.
  fc.tuple(place, facts).map(([at, other]) => (entries: SealedEntry[]) => {
    const kept = entries.slice(0, at % entries.length);
    let previous = kept.at(-1)?.hmac ?? genesis;
    return entries.map((entry, index) => {
      if (index < kept.length) return entry;
      const forged: EntryFacts = index === kept.length ? { ...other, sequence: entry.sequence } : entry;
      const seal = { ...sealOf(forged, strangerKey, previous), keyId: entry.keyId };
      previous = seal.hmac;
      return { ...forged, ...seal };
    });
  }),
);

const isSame = (one: SealedEntry[], other: SealedEntry[]) => fileOf(one) === fileOf(other);

describe('an export', () => {
  test('is sound as long as nobody has touched it, however it arrives', () =>
    fc.assert(
      fc.asyncProperty(log, fc.array(place), fc.nat({ max: 5_000 }), async (entries, places, cut) => {
        const file = Buffer.from(fileOf(entries));
        const pieces = [file.subarray(0, cut), file.subarray(cut)];
        const chunks = (async function* () {
          yield* pieces;
        })();

        const marks = marksOf(entries, places);
        const { broken, state, checkpoints } = await verifyExport(chunks, keys, marks ? bytesOf(marks) : undefined);

        expect(broken).toBeNull();
        expect(state.entries).toBe(entries.length);
        expect(checkpoints).toBe(marks.split('\n').length - 1);
      }),
      { numRuns: rounds(200, 1_000) },
    ));

  test('that anybody has edited, shortened, lengthened or put in another order is found out, with a checkpoint of its end', () =>
    fc.assert(
      fc.asyncProperty(log, tampering, async (entries, tamper) => {
        const tampered = tamper(entries);
        fc.pre(!isSame(entries, tampered));

        const { broken } = await check(tampered, marksOf(entries, [entries.length - 1]));

        expect(broken).not.toBeNull();
      }),
      { numRuns: rounds(1_500, 10_000) },
    ));

  test('needs no checkpoint to show what was done before its end', () =>
    fc.assert(
      fc.asyncProperty(log, tampering, async (entries, tamper) => {
        const tampered = tamper(entries);
        fc.pre(!isSame(tampered, entries.slice(0, tampered.length))); // not a mere cut

        expect((await check(tampered)).broken).not.toBeNull();
      }),
      { numRuns: rounds(500, 5_000) },
    ));

  test('with a single bit turned is found out', () =>
    fc.assert(
      fc.asyncProperty(log, fc.nat(), fc.nat({ max: 7 }), async (entries, byte, bit) => {
        const file = Buffer.from(fileOf(entries));
        const turned = byte % (file.length - 1); // the last line feed says nothing
        file[turned] = (file[turned] ?? 0) ^ (1 << bit);

        const { broken } = await verifyExport(wholly(file), keys, bytesOf(marksOf(entries, [entries.length - 1])));

        expect(broken).not.toBeNull();
      }),
      { numRuns: rounds(300, 5_000) },
    ));
});

const wholly = async function* (bytes: Buffer) {
  yield bytes;
};

const plain: EntryFacts = {
  ...nothing,
  sequence: null,
  at: '2026-11-25T09:30:00.123456Z',
  action: 'change',
  operatorId: 'dana',
  operatorName: 'Dana Reyes',
  operatorRole: 'helpdesk',
  requestId: randomUUID(),
  awsRequestId: null,
  accountId: 'nordwind',
  userId: 'ana',
  userName: 'Ana Silva',
  from: 'Basic',
  to: 'Pro',
  why: null,
  outcome: 'applied',
  failure: null,
  changeId: randomUUID(),
  fact: null,
  was: null,
  became: null,
  since: null,
  batchId: null,
};
const five = write(
  Array.from({ length: 5 }, () => plain),
  0,
  0,
);

describe('the first break', () => {
  test.each([
    ['edited', '3', five.map((one, index) => (index === 2 ? { ...one, to: 'Basic' } : one))],
    ['missing', '3', five.filter((_, index) => index !== 1)],
    ['missing', '3', [five[0], five[2], five[1]].flatMap((one) => one ?? [])],
    ['misplaced', '2', [five[0], five[1], five[1]].flatMap((one) => one ?? [])],
    ['unsealed', '4', five.map((one, index) => (index === 3 ? { ...one, form: null, keyId: null, hmac: null } : one))],
  ])('of one with an entry %s is named', async (kind, sequence, entries) => {
    expect((await check(entries)).broken).toMatchObject({ kind, sequence });
  });

  test('of a log that goes back to a replaced key is named: whoever found the old key cannot go on with it', async () => {
    const entries = write(
      Array.from({ length: 4 }, () => plain),
      0,
      2,
    );
    const last = entries.at(-1);
    const more: EntryFacts = { ...plain, sequence: '5' };
    const forged = { ...more, ...sealOf(more, oldKey, last?.hmac ?? '') };

    expect((await check([...entries, forged])).broken).toMatchObject({ kind: 'old-key', sequence: '5' });
  });

  test('of a log of which no entry is sealed is its end: nothing proves it', async () => {
    const entries = write([plain, plain], 2, 0);
    expect((await check(entries)).broken).toMatchObject({ kind: 'unproven' });
  });

  test('of a log sealed with a key that was not given names the key', async () => {
    const { broken } = await verifyExport(bytesOf(fileOf(five)), new Map());
    expect(broken).toMatchObject({ kind: 'unknown-key', sequence: '1', expected: newKey.id });
  });

  test.each([
    ['a space', (line: string) => line.replace('","to"', '", "to"')],
    ['a key that comes twice', (line: string) => line.replace('"to":', '"to":"Basic","to":')],
    ['a fact that entries have not', (line: string) => line.replace('{', '{"note":"x",')],
    ['a fact left out', (line: string) => line.replace('"why":null,', '')],
    ['a letter written as an escape', (line: string) => line.replace('Ana', '\\u0041na')],
  ])('of a line with %s is that line', async (_, edit) => {
    const [first = '', ...others] = fileOf(five).split('\n');
    const { broken } = await verifyExport(bytesOf([edit(first), ...others].join('\n')), keys);
    expect(broken).toMatchObject({ kind: 'unreadable', line: 1 });
  });

  test('of what is no export at all is its first line', async () => {
    const noise = randomBytes(3_000_000);
    expect((await verifyExport(wholly(noise), keys)).broken).toMatchObject({ kind: 'unreadable' });
  });
});

describe('checkpoints', () => {
  test('that were edited are found out', async () => {
    const marks = marksOf(five, [4]).replace('"sequence":"5"', '"sequence":"4"');
    expect((await check(five, marks)).broken).toMatchObject({ kind: 'checkpoint', line: 1 });
  });

  test('that somebody without the key has written are found out', async () => {
    const claimed = marksOf(five, [4], strangerKey).replace(strangerKey.id, newKey.id);
    expect((await check(five, claimed)).broken).toMatchObject({ kind: 'checkpoint' });
  });

  test.each([
    ['of which one was cut short', `${marksOf(five, [0]).slice(0, 40)}\n${marksOf(five, [4])}`, 'torn-checkpoint', 1],
    ['of which the last was cut short', `${marksOf(five, [0, 4]).slice(0, -1)}`, 'torn-checkpoint', 2],
    ['with an empty line', `${marksOf(five, [0])}\n${marksOf(five, [4])}`, 'torn-checkpoint', 2],
    ['of which there are none', '', 'no-checkpoints', 1],
  ])('%s prove nothing, and the line is named', async (_, marks, kind, line) => {
    expect(await check(five, marks)).toMatchObject({ broken: { kind, line } });
  });

  test('that are sealed with a key that was not given prove nothing', async () => {
    const { broken } = await verifyExport(bytesOf(fileOf(five)), new Map(), bytesOf(marksOf(five, [4])));
    expect(broken).toMatchObject({ kind: 'checkpoint-key', line: 1 });
  });

  test('show a log that was cut and has grown again since', async () => {
    const again = write(
      [...Array.from({ length: 3 }, () => plain), ...Array.from({ length: 4 }, () => ({ ...plain, to: 'ProTrial' }))],
      0,
      0,
    );
    expect((await check(again)).broken).toBeNull();
    expect((await check(again, marksOf(five, [4]))).broken).toMatchObject({ kind: 'checkpoint', sequence: '5' });
  });
});
