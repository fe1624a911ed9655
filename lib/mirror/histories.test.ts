import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Fault } from '../../local-chime/faults/control-client.ts';
import { rounds } from '../../testing/campaign.ts';
import type { Person } from '../../testing/chime.ts';
import { type Desk, expectAuditToMatchJournal, syncEverything, withDesk } from '../../testing/desk.ts';
import { wantSync } from '../accounts/store.ts';
import { syncDueAccount } from './sync-mirror.ts';

/** Three pages, so that a fault can meet the first, a middle one and the last. */
const people: Person[] = Array.from({ length: 420 }, (_, index) => ({
  UserId: `u${index}`,
  DisplayName: `Person ${index}`,
  PrimaryEmail: `p${index}@nordwind.example`,
  LicenseType: index % 3 === 0 ? 'Pro' : 'Basic',
  UserRegistrationStatus: 'Registered',
}));

const thereFromTheStart = new Set(people.map(({ UserId }) => UserId));

type Step =
  | { do: 'change outside'; who: number; license: 'Basic' | 'Pro' }
  | { do: 'rename' | 'suspend' | 'remove' | 'change here'; who: number }
  | { do: 'add'; count: number }
  | { do: 'sync'; page: number; fault: 'none' | 'error' | 'drop' | 'lost page' | 'early end' | 'twice' };

const who = fc.nat({ max: 419 });
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constant('change outside' as const),
    who,
    license: fc.constantFrom('Basic' as const, 'Pro' as const),
  }),
  fc.record({
    do: fc.constantFrom('rename' as const, 'suspend' as const, 'remove' as const, 'change here' as const),
    who,
  }),
  fc.record({ do: fc.constant('add' as const), count: fc.integer({ min: 1, max: 3 }) }),
  fc.record({
    do: fc.constant('sync' as const),
    page: fc.integer({ min: 0, max: 2 }),
    fault: fc.constantFrom(
      'none' as const,
      'error' as const,
      'drop' as const,
      'lost page' as const,
      'early end' as const,
      'twice' as const,
    ),
  }),
);

const faults: Record<Exclude<Extract<Step, { do: 'sync' }>['fault'], 'none'>, { fault: Fault; count: number }> = {
  error: { fault: { kind: 'error', error: 'ServiceFailureException' }, count: 3 },
  drop: { fault: { kind: 'drop', when: 'before' }, count: 1 },
  'lost page': { fault: { kind: 'listing', users: 'none' }, count: 1 },
  'early end': { fault: { kind: 'listing', nextToken: null }, count: 1 },
  twice: { fault: { kind: 'listing', users: 'twice' }, count: 1 },
};

test('whatever happened before, nobody is removed wrongly, and a clean sync makes the mirror equal to Chime', () =>
  withDesk(async (desk) => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 14 }), async (steps) => {
        for (const one of steps) {
          await take(desk, one);
          await expectNobodyMissing(desk);
        }
        await desk.control.clear();
        await syncUntilClean(desk);
        await expectEqualToChime(desk);
        await expectCountsToAddUp(desk);
        await expectNothingOfOursFromOutside(desk);
      }),
      { numRuns: rounds(6, 300) },
    );
    await expectAuditToMatchJournal(desk);
  }, people));

async function take(desk: Desk, one: Step): Promise<void> {
  const { control, accountId } = desk;
  if (one.do === 'sync') return syncWith(desk, one);
  if (one.do === 'add') {
    for (let added = 0; added < one.count; added += 1) await control.addUser(accountId, { LicenseType: 'Basic' });
    return;
  }
  const everyone = desk.chimeService.everyone();
  const person = everyone[one.who % everyone.length];
  if (!person) return;
  switch (one.do) {
    case 'change outside':
      return void (await control.changeOutside(accountId, person.UserId, { LicenseType: one.license }));
    case 'rename':
      return void (await control.changeOutside(accountId, person.UserId, { DisplayName: `Renamed ${one.who}` }));
    case 'suspend':
      return void (await control.changeOutside(accountId, person.UserId, { UserRegistrationStatus: 'Suspended' }));
    case 'remove':
      return control.removeUser(accountId, person.UserId);
    case 'change here': {
      const from = person.LicenseType ?? null;
      await desk.change([{ userId: person.UserId, from, to: from === 'Pro' ? 'Basic' : 'Pro' }]);
    }
  }
}

async function syncWith({ control, accountId, db, deps }: Desk, one: Extract<Step, { do: 'sync' }>): Promise<void> {
  const { operation, scope } = { operation: 'ListUsers', scope: { accountId } };
  if (one.page > 0) await control.answerNext(operation, { kind: 'listing' }, { ...scope, count: one.page });
  if (one.fault !== 'none') {
    const { fault, count } = faults[one.fault];
    await control.answerNext(operation, fault, { ...scope, count });
  }
  await wantSync(db, accountId);
  await syncDueAccount(deps);
  await control.clear();
}

async function syncUntilClean({ db, deps, accountId }: Desk): Promise<void> {
  await db.updateTable('accounts').set({ sync_failed_at: null, listing_started_at: null }).execute();
  await wantSync(db, accountId);
  await syncEverything(deps);
}

/** Whoever is in Chime and was in the mirror stays in it. */
async function expectNobodyMissing({ db, accountId, chimeService }: Desk): Promise<void> {
  const rows = await db.selectFrom('users').select('id').where('account_id', '=', accountId).execute();
  const held = new Set(rows.map(({ id }) => id));
  const known = chimeService.everyone().filter(({ UserId }) => thereFromTheStart.has(UserId));
  expect(known.filter(({ UserId }) => !held.has(UserId)).map(({ UserId }) => UserId)).toEqual([]);
}

async function expectEqualToChime({ db, accountId, chimeService }: Desk): Promise<void> {
  const rows = await db
    .selectFrom('users')
    .select(['id', 'name', 'email', 'license', 'registration', 'invitation', 'user_type'])
    .where('account_id', '=', accountId)
    .orderBy('id')
    .execute();
  const truth = chimeService
    .everyone()
    .map((user) => ({
      id: user.UserId,
      name: user.DisplayName ?? null,
      email: user.PrimaryEmail ?? null,
      license: user.LicenseType ?? null,
      registration: user.UserRegistrationStatus ?? null,
      invitation: user.UserInvitationStatus ?? null,
      user_type: user.UserType ?? null,
    }))
    .sort((one, other) => (one.id < other.id ? -1 : 1));
  expect(rows.sort((one, other) => (one.id < other.id ? -1 : 1))).toEqual(truth);
}

async function expectCountsToAddUp({ db, accountId }: Desk): Promise<void> {
  const facts = ['license', 'registration', 'invitation', 'user_type'] as const;
  const kept = await db
    .selectFrom('user_counts')
    .select([...facts, ({ fn }) => fn.sum<string>('people').as('people')])
    .where('account_id', '=', accountId)
    .groupBy(facts)
    .having(({ fn }) => fn.sum('people'), '<>', 0)
    .execute();
  const counted = await db
    .selectFrom('users')
    .select([...facts, ({ fn }) => fn.countAll<string>().as('people')])
    .where('account_id', '=', accountId)
    .groupBy(facts)
    .execute();
  const sorted = (rows: object[]) => rows.map((row) => JSON.stringify(row)).sort();
  expect(sorted(kept)).toEqual(sorted(counted));
}

/** The licenses that were set outside, by the audit, are steps that Chime's journal has from outside too. */
async function expectNothingOfOursFromOutside({ audit, control }: Desk): Promise<void> {
  const journal = (await control.journal()).filter(({ operation }) => operation === 'Outside');
  const touched = new Set(journal.map(({ userId }) => userId));
  const claimed = (await audit()).filter(({ outside }) => outside?.fact === 'license').map(({ user }) => user?.id);
  expect(claimed.filter((id) => !touched.has(id ?? ''))).toEqual([]);
}
