import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { listEntries } from '../lib/audit/store.ts';
import { applyChanges } from '../lib/changes/apply-changes.ts';
import type { Choice, Outcome } from '../lib/changes/change.ts';
import { outcomesOf } from '../lib/changes/outcomes-store.ts';
import { connectChime } from '../lib/chime/chime.ts';
import type { Deps } from '../lib/chime/deps.ts';
import type { License } from '../lib/licenses/license.ts';
import { type OnPage, syncAccounts, syncDueAccount } from '../lib/mirror/sync-mirror.ts';
import { type Person, startChime, type TestChime } from './chime.ts';
import { createTestDatabase } from './database.ts';

export const ana: Person = {
  UserId: 'ana',
  DisplayName: 'Ana Silva',
  PrimaryEmail: 'ana@nordwind.example',
  LicenseType: 'Basic',
};
export const ben: Person = {
  UserId: 'ben',
  DisplayName: 'Ben Okafor',
  PrimaryEmail: 'ben@nordwind.example',
  LicenseType: 'Pro',
};

export const dana = { operatorId: 'dana', operatorName: 'Dana Reyes', operatorRole: 'helpdesk' };
export const mona = { operatorId: 'mona', operatorName: 'Mona Brandt', operatorRole: 'helpdesk' };

export type Desk = Awaited<ReturnType<typeof openDesk>>;

/** Runs a test at a license desk: a database, a Local Chime with a few people, and a mirror that has been synced. */
export async function withDesk(test: (desk: Desk) => Promise<void>, people: Person[] = [ana, ben]): Promise<void> {
  const desk = await openDesk(people);
  try {
    await test(desk);
    await expectCauses(desk);
  } finally {
    await desk.close();
  }
}

/** Everything that writes people says what it writes them for: no step of the counts is without its cause. */
async function expectCauses({ db }: Desk): Promise<void> {
  const unexplained = await db.selectFrom('movements').selectAll().where('cause', 'is', null).execute();
  expect(unexplained).toEqual([]);
}

async function openDesk(people: Person[]) {
  const database = await createTestDatabase();
  const chime = await startChime({ people });
  const deps: Deps = { db: database.db, chime: connectChime(chime) };
  await syncAccounts(deps);
  await syncEverything(deps);
  const accountId = chime.accounts.enterprise;
  return {
    ...deps,
    deps,
    accountId,
    chimeService: chime,
    control: chime.control,
    databaseUrl: database.url,
    /** What an operator chooses, and the first answer; Dana, unless told otherwise. */
    choose: (choices: Choice[], by = dana) => choose(deps, accountId, choices, by),
    /** The same, followed until nothing is pending: however slow the machine, the outcome is there. */
    change: async (choices: Choice[], by = dana) => {
      const outcomes = await choose(deps, accountId, choices, by);
      return Promise.all(outcomes.map((outcome) => settled(deps, accountId, outcome)));
    },
    /** The license a person has in Chime itself. */
    licenseOf: (userId: string) => licenseInChime(chime, userId),
    audit: async () => (await listEntries(database.db, accountId)).entries.reverse(),
    settled: (outcome: Outcome | undefined) => settled(deps, accountId, outcome),
    async close() {
      deps.chime.disconnect();
      await chime.stop();
      await database.remove();
    },
  };
}

/** Syncs until no account is due. */
export async function syncEverything(deps: Deps, onPage?: OnPage): Promise<void> {
  while (await syncDueAccount(deps, undefined, onPage));
}

export const anaTo = (to: License, from = 'Basic'): Choice => ({ userId: 'ana', from, to });

const choose = (deps: Deps, accountId: string, choices: Choice[], by: typeof dana) =>
  applyChanges(deps, accountId, choices, { ...by, requestId: randomUUID() });

async function licenseInChime(chime: TestChime, userId: string): Promise<string | undefined> {
  return chime.everyone().find((user) => user.UserId === userId)?.LicenseType ?? undefined;
}

/** Follows a change until it is no longer pending. */
async function settled(deps: Deps, accountId: string, outcome: Outcome | undefined): Promise<Outcome> {
  if (outcome === undefined) throw new Error('There is no outcome to follow.');
  if (outcome.state !== 'pending') return outcome;
  const found = await until(async () => {
    const [now] = await outcomesOf(deps.db, accountId, [outcome.changeId]);
    return now && now.state !== 'pending' ? now : undefined;
  });
  return found;
}

/** Asks again until there is an answer; the test's own timeout ends it. */
export async function until<T>(ask: () => Promise<T | undefined | false>): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    await sleep(20);
  }
}

/**
 * What Local Chime's journal says was done through the API is what the audit says was applied, one for one and in order;
 * a retry that set the same license again counts once.
 */
export async function expectAuditToMatchJournal(desk: Desk): Promise<void> {
  const journal = (await desk.control.journal()).filter(
    ({ operation, from, to }) => operation !== 'Outside' && from !== to,
  );
  const applied = (await desk.audit()).filter(
    ({ outcome, action }) => outcome === 'applied' && ['change', 'undo', 'ending', 'late'].includes(action),
  );
  expect(applied.map(({ user, from, to }) => ({ userId: user?.id, from, to }))).toEqual(
    journal.map(({ userId, from, to }) => ({ userId, from, to })),
  );
}
