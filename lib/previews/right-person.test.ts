import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type BatchDesk, crowd, mona, otto, withBatches } from '../../testing/batches.ts';
import { rounds } from '../../testing/campaign.ts';
import type { Person } from '../../testing/chime.ts';
import type { DraftEdit } from '../batches/batch.ts';
import type { License } from '../licenses/license.ts';
import type { PersonRef } from '../matching/person-ref.ts';
import { editDraft } from './edit-draft.ts';

const called = (UserId: string, PrimaryEmail: string, more: Partial<Person> = {}): Person => ({
  UserId,
  DisplayName: UserId,
  PrimaryEmail,
  LicenseType: 'Basic',
  ...more,
});

const people = [
  called('jose', 'josé.peña@nordwind.example'),
  called('jose2', 'jose.pena@nordwind.example'),
  called('mike', 'mıke.lind@nordwind.example'),
  called('tara1', 'tara.wolf@nordwind.example'),
  called('tara2', 'Tara.Wolf@nordwind.example'),
  called('ana', 'ana.silva@nordwind.example'),
  called('ben', 'ben.okafor@nordwind.example'),
];

const email = (email: string): PersonRef => ({ userId: null, email, upn: null });
const id = (userId: string): PersonRef => ({ userId, email: null, upn: null });
const rows = (...rows: [PersonRef, (License | null)?][]) =>
  ({
    kind: 'file',
    name: 'people.csv',
    rows: rows.map(([ref, license], index) => ({ line: index + 2, ref, license: license ?? null })),
  }) as const;

/** Who was changed by anybody, from Local Chime's journal. */
const touched = async (desk: BatchDesk) =>
  (await desk.control.journal()).map(({ userId, to }) => `${userId} ${to}`).sort();

const edit = (desk: BatchDesk, batchId: string, change: DraftEdit, by = mona) =>
  editDraft(desk.deps, { accountId: desk.accountId, batchId }, change, by);

describe.concurrent('nobody is changed of whom it is not clear that they are meant', () => {
  test('neither one who looks alike, nor one of several, nor one whose ID stands beside the address of another', () =>
    withBatches(async (desk) => {
      const batchId = await desk.prepare(
        rows(
          [email('jose.pena@nordwind.example')],
          [email('mike.lind@nordwind.example')],
          [email('TARA.WOLF@nordwind.example')],
          [{ ...email('ben.okafor@nordwind.example'), userId: 'ana' }],
          [{ ...email('x@y.example'), userId: 'ana' }],
        ),
      );

      expect((await desk.show(batchId)).parts).toMatchObject({ change: 1, unclear: 4, missing: 0 });
      const unclear = await desk.items(batchId, { part: 'unclear' });
      expect(
        unclear.map(({ line, user, unclear }) => [line, user, unclear?.cause, unclear?.candidates.map(({ id }) => id)]),
      ).toEqual([
        [3, null, 'suggestion', ['mike']],
        [4, null, 'ambiguous', ['tara1', 'tara2']],
        [5, null, 'contradiction', ['ana', 'ben']],
        [6, null, 'contradiction', ['ana']],
      ]);
      expect(unclear[1]?.unclear?.candidates[1]).toEqual({
        id: 'tara2',
        name: 'tara2',
        email: 'Tara.Wolf@nordwind.example',
        license: 'Basic',
      });

      await desk.submit(batchId);
      await desk.workUntil(batchId, 'done');
      expect(await touched(desk)).toEqual(['jose2 Pro']);
    }, people));

  test('nor one for whom two lines want different plans; the same plan twice counts once', () =>
    withBatches(async (desk) => {
      const file = rows(
        [email('ana.silva@nordwind.example'), 'Pro'],
        [id('ana'), 'Plus'],
        [email('ben.okafor@nordwind.example'), 'Pro'],
        [id('ben'), 'Pro'],
      );
      const batchId = await desk.prepare(file, null);

      expect((await desk.show(batchId)).parts).toMatchObject({ change: 1, unclear: 2, twice: 1 });
      expect((await desk.items(batchId, { part: 'unclear' })).map(({ line, unclear }) => [line, unclear])).toEqual([
        [2, { cause: 'two-wishes', candidates: [expect.objectContaining({ id: 'ana' })], lines: [3] }],
        [3, { cause: 'two-wishes', candidates: [expect.objectContaining({ id: 'ana' })], lines: [2] }],
      ]);

      const chosen = await desk.prepare(file, 'Pro');
      expect((await desk.show(chosen)).parts).toMatchObject({ change: 2, unclear: 0, twice: 2 });
    }, people));

  test('a plan chosen for the batch comes before those of the lines, and without it a line needs one', () =>
    withBatches(async (desk) => {
      const file = rows([id('ana'), 'Basic'], [id('ben')]);
      const all = await desk.prepare(file, 'Pro');
      expect((await desk.items(all)).map(({ to }) => to)).toEqual(['Pro', 'Pro']);
      const each = await desk.prepare(file, null);
      expect((await desk.show(each)).parts).toMatchObject({ same: 1, forbidden: 1 });
    }, people));

  test('lines of a pasted list that name nobody are told with their numbers', () =>
    withBatches(async (desk) => {
      const batchId = await desk.prepare({ kind: 'list', text: 'ana\nana.silva@nordwind.example\nP.S. please today' });

      expect((await desk.show(batchId)).parts).toMatchObject({ change: 1, unreadable: 2, twice: 0 });
      expect((await desk.items(batchId, { part: 'unreadable' })).map(({ line, asked }) => [line, asked])).toEqual([
        [1, 'ana'],
        [3, 'P.S. please today'],
      ]);
      await expect(desk.prepare({ kind: 'list', text: 'Ana Silva\nBen' })).rejects.toMatchObject({ code: 'invalid' });
    }, people));
});

describe.concurrent('a preview can be corrected', () => {
  test('by choosing who is meant, which counts for exactly that person', () =>
    withBatches(async (desk) => {
      const batchId = await desk.prepare(
        rows([email('TARA.WOLF@nordwind.example')], [id('ana')], [email('mike.lind@nordwind.example')]),
      );
      const before = await desk.show(batchId);
      const [tara, mike] = await desk.items(batchId, { part: 'unclear' });
      const [taraAt = 0, mikeAt = 0] = [tara?.position, mike?.position];

      await expect(edit(desk, batchId, { kind: 'choose', position: taraAt, userId: 'ben' })).rejects.toMatchObject({
        message: 'This person is not one of those this line could mean.',
      });
      await edit(desk, batchId, { kind: 'choose', position: taraAt, userId: 'tara2' });
      await edit(desk, batchId, { kind: 'choose', position: mikeAt, userId: 'mike' });
      await edit(desk, batchId, { kind: 'unchoose', position: mikeAt });

      const now = await desk.show(batchId);
      expect(now).toMatchObject({ total: 2, parts: { change: 2, unclear: 1 } });
      expect(now.fingerprint).not.toBe(before.fingerprint);
      await desk.submit(batchId);
      await desk.workUntil(batchId, 'done');
      expect(await touched(desk)).toEqual(['ana Pro', 'tara2 Pro']);
    }, people));

  test('but nobody comes onto the list twice', () =>
    withBatches(async (desk) => {
      const batchId = await desk.prepare(rows([email('TARA.WOLF@nordwind.example')], [id('tara1')]));
      await expect(edit(desk, batchId, { kind: 'choose', position: 1, userId: 'tara1' })).rejects.toMatchObject({
        message: 'This person is already on the list.',
      });
    }, people));

  test('by leaving people out and putting them back; what was seen before cannot be submitted', () =>
    withBatches(async (desk) => {
      const batchId = await desk.prepare();
      const before = await desk.show(batchId);

      await edit(desk, batchId, { kind: 'leave-out', positions: [1, 2, 3] });
      await edit(desk, batchId, { kind: 'put-back', positions: [2] });

      const now = await desk.show(batchId);
      expect(now).toMatchObject({ total: 3, parts: { change: 3, 'left-out': 2 } });
      await expect(desk.submitAs(batchId, before.fingerprint, mona)).rejects.toMatchObject({ code: 'invalid' });
      expect(await desk.updates()).toEqual([]);
      await desk.submit(batchId);
      expect(await desk.workUntil(batchId, 'done')).toMatchObject({ total: 3, changed: 3 });
      expect(await touched(desk)).toEqual(['p0001 Pro', 'p0003 Pro', 'p0004 Pro']);
      await expect(edit(desk, batchId, { kind: 'put-back', positions: [1] })).rejects.toMatchObject({
        code: 'invalid',
      });
    }, crowd(5)));

  test('by who has made it alone', () =>
    withBatches(async (desk) => {
      const batchId = await desk.prepare();
      await expect(edit(desk, batchId, { kind: 'leave-out', positions: [1] }, otto)).rejects.toMatchObject({
        code: 'invalid',
      });
      expect((await desk.show(batchId)).total).toBe(2);
    }, crowd(2)));

  test('by leaving out all rooms, which are counted like those who have not signed up', () =>
    withBatches(
      async (desk) => {
        const batchId = await desk.prepare();
        expect((await desk.show(batchId)).traits).toEqual({ device: 1, invited: 1 });
        expect((await desk.items(batchId, { part: 'change', trait: 'device' })).map(({ user }) => user?.id)).toEqual([
          'room',
        ]);

        await edit(desk, batchId, { kind: 'leave-out-all', trait: 'device' });

        expect(await desk.show(batchId)).toMatchObject({ total: 2, traits: { device: 0, invited: 1 } });
        expect((await desk.items(batchId, { part: 'left-out' })).map(({ user }) => user?.id)).toEqual(['room']);
      },
      [
        called('ana', 'ana@nordwind.example'),
        called('room', 'room@nordwind.example', { UserType: 'SharedDevice' }),
        called('new', 'new@nordwind.example', {
          UserRegistrationStatus: 'Unregistered',
          UserInvitationStatus: 'Pending',
        }),
      ],
    ));
});

describe.concurrent('a batch of temporary plans', () => {
  const inAnHour = () => ({ wall: new Date(Date.now() + 3_600_000).toISOString().slice(0, 16), zone: 'UTC' });

  test('leaves people on plans that cannot be given back as they are', () =>
    withBatches(
      async (desk) => {
        const batchId = await desk.prepare(undefined, 'Pro', mona, inAnHour());
        expect((await desk.show(batchId)).parts).toMatchObject({ change: 1, 'no-return': 2 });
        expect((await desk.items(batchId, { part: 'no-return' })).map(({ user }) => user?.id)).toEqual(['p2', 'p3']);
        const forGood = await desk.prepare();
        expect((await desk.show(forGood)).parts).toMatchObject({ change: 3, 'no-return': 0 });
      },
      [
        called('p1', 'p1@nordwind.example'),
        called('p2', 'p2@nordwind.example', { LicenseType: 'Plus' }),
        called('p3', 'p3@nordwind.example', { LicenseType: 'ProTrial' }),
      ],
    ));

  test('cannot end before it starts', () =>
    withBatches(async (desk) => {
      const batchId = await desk.prepare(undefined, 'Pro', mona, inAnHour());
      await expect(desk.submit(batchId, new Date(Date.now() + 2 * 3_600_000))).rejects.toMatchObject({
        message: 'The plans would end before they start.',
      });
      expect(await desk.submit(batchId, new Date(Date.now() + 60_000))).toBe('scheduled');
    }, crowd(2)));
});

describe('a list of exact addresses', () => {
  const local = fc.constantFrom(
    ...['jose', 'josé', 'José', 'JOSE', 'jose\u0301', 'mike', 'mıke', 'MİKE', 'office', 'oﬃce', 'strasse', 'straße'],
    ...['nikos', 'νικος', 'ΝΙΚΟΣ', 'æsa', 'aesa', 'øre', 'ore', 'łu', 'lu'],
  );
  const domain = fc.constantFrom('x.example', 'X.example', 'bücher.example', 'xn--bcher-kva.example', 'bucher.example');
  const address = fc.tuple(local, domain).map(([name, host]) => `${name}@${host}`);
  const directory = fc.uniqueArray(address, { minLength: 2, maxLength: 12 });
  const asked = directory.chain((all) => fc.tuple(fc.constant(all), fc.subarray(all, { minLength: 1 })));

  /** One of the same address, by rules written down a second time. */
  const isOne = (one: string, other: string) => plainOf(one) === plainOf(other);
  const plainOf = (text: string) => {
    const [name = '', host = ''] = text.split('@');
    const small = name
      .normalize('NFC')
      .split('')
      .map((letter) => letter.toLowerCase())
      .join('')
      .normalize('NFC');
    return `${small.replaceAll('ς', 'σ')}@${host.toLowerCase().replace('bücher', 'xn--bcher-kva')}`;
  };

  test('changes exactly these people and nobody else, in any directory', { timeout: 600_000 }, () =>
    fc.assert(
      fc.asyncProperty(asked, ([all, list]) =>
        withBatches(
          async (desk) => {
            const batchId = await desk.prepare({ kind: 'list', text: list.join('\n') });
            const clear = list.filter((one) => all.filter((other) => isOne(one, other)).length === 1);
            const expected = clear.map((one) => `p${all.indexOf(one)} Pro`).sort();
            const batch = await desk.show(batchId);
            expect(batch.total).toBe(expected.length);
            expect(batch.parts.unclear + batch.total).toBe(new Set(list.map((one) => one.toLowerCase())).size);
            if (batch.total > 0) {
              await desk.submit(batchId);
              await desk.workUntil(batchId, 'done');
            }
            expect(await touched(desk)).toEqual(expected);
          },
          all.map((one, index) => called(`p${index}`, one)),
        ),
      ),
      { numRuns: rounds(5, 100) },
    ),
  );
});
