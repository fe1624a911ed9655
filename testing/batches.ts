import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { AuditEntry } from '../lib/audit/entry.ts';
import { everything } from '../lib/audit/filter.ts';
import { pageOfEntries } from '../lib/audit/store.ts';
import type { AuthConfig } from '../lib/auth/auth-config.ts';
import type { BatchView, Submitter } from '../lib/batches/batch.ts';
import { groupFailures } from '../lib/batches/counts-store.ts';
import { type ItemFilter, pageOfItems } from '../lib/batches/items-store.ts';
import { noteRead } from '../lib/batches/run/freshness-store.ts';
import { readPeople } from '../lib/batches/run/read-people.ts';
import { runBatches, startBatches, takeOverChunks } from '../lib/batches/run/run-batches.ts';
import { showBatch } from '../lib/batches/show-batch.ts';
import { approveBatch, type Steer, steerBatch, submitBatch } from '../lib/batches/steer-batch.ts';
import type { Until } from '../lib/changes/endings/set-ending.ts';
import type { License } from '../lib/licenses/license.ts';
import { type People, prepareBatch } from '../lib/previews/prepare-batch.ts';
import type { JournalEntry } from '../local-chime/faults/control-client.ts';
import type { Person } from './chime.ts';
import { type Desk, syncEverything, until, withDesk } from './desk.ts';

export const authConfig: AuthConfig = {
  secrets: ['a-secret-that-seals-nothing-in-these-tests'],
  provider: undefined,
  accounts: 'all',
};
const limits = { admin: { people: 1_000, perDay: 5_000 } };

export type Admin = Submitter & { operatorRole: 'admin' };
export const mona: Admin = {
  operatorId: 'mona',
  operatorName: 'Mona Brandt',
  operatorRole: 'admin',
  groups: null,
  requestId: randomUUID(),
  token: null,
};
export const otto: Admin = { ...mona, operatorId: 'otto', operatorName: 'Otto Lind', requestId: randomUUID() };

/** So many people, p0000 and on. */
export const crowd = (count: number, license = 'Basic'): Person[] =>
  Array.from({ length: count }, (_, index) => ({
    UserId: `p${String(index).padStart(4, '0')}`,
    DisplayName: `Person ${index}`,
    PrimaryEmail: `p${index}@nordwind.example`,
    LicenseType: license,
  }));

export const everybody: People = { kind: 'everybody' };

export type BatchDesk = Desk & ReturnType<typeof batchesAt>;

/** Runs a test at a desk with two admins, Mona and Otto, who work with batches there. */
export async function withBatches(run: (desk: BatchDesk) => Promise<void>, people = crowd(45)): Promise<void> {
  await withDesk(async (desk) => {
    for (const { operatorId: id, operatorName: name } of [mona, otto]) {
      await desk.db
        .insertInto('operators')
        .values({ id, username: id, name, role: 'admin', password_hash: 'nobody signs in' })
        .execute();
    }
    await run({ ...desk, ...batchesAt(desk) });
  }, people);
}

function batchesAt(desk: Desk) {
  const { db, deps, accountId } = desk;
  const never = new AbortController().signal;

  const show = async (id: string, by = mona): Promise<BatchView> => {
    const batch = await showBatch(db, accountId, id, { id: by.operatorId, role: by.operatorRole }, limits);
    if (!batch) throw new Error('There is no such batch.');
    expect(batch.changed + batch.failed + batch.left).toBe(batch.total);
    return batch;
  };
  const prepare = (people: People = everybody, to: License | null = 'Pro', by = mona, until?: Until) =>
    prepareBatch(deps, { accountId, people, to, reason: 'Ticket 4711', until }, by);
  const submitAs = (id: string, fingerprint: string, by: Admin, startAt: Date | null = null) =>
    submitBatch(deps, { accountId, batchId: id, fingerprint, startAt }, by, limits);
  const submit = async (id: string, startAt: Date | null = null, by = mona) =>
    submitAs(id, (await show(id, by)).fingerprint, by, startAt);
  /** Batches that have been submitted run after this: their people are read. */
  const begin = async () => {
    await startBatches(deps);
    await readPeople(deps, never);
    await syncEverything(deps, (page) => noteRead(db, page));
    await startBatches(deps);
  };
  /** Lets a worker work until nothing is left to do just now. */
  const work = async (slots = 2, stopping = never) => {
    await begin();
    await takeOverChunks(deps, authConfig, stopping);
    await Promise.all(Array.from({ length: slots }, () => runBatches(deps, authConfig, stopping)));
  };
  /** The same until the batch comes to this state. */
  const workUntil = (id: string, ...states: BatchView['state'][]) =>
    until(async () => {
      await work();
      const batch = await show(id);
      return states.includes(batch.state) ? batch : undefined;
    });

  return {
    show,
    prepare,
    submit,
    submitAs,
    begin,
    work,
    workUntil,
    items: async (id: string, filter: ItemFilter = {}) => (await pageOfItems(db, id, filter)).items,
    failures: (id: string) => groupFailures(db, id),
    steer: (id: string, steer: Steer, by = mona) => steerBatch(deps, { accountId, batchId: id, steer }, by),
    approve: async (id: string, by: Admin) =>
      approveBatch(deps, { accountId, batchId: id, fingerprint: (await show(id)).fingerprint }, by),
    /** Prepares and submits it, and works until it is over or wants an answer. */
    async run(people?: People, to?: License | null): Promise<BatchView> {
      const id = await prepare(people, to);
      await submit(id);
      return workUntil(id, 'done', 'paused', 'stopped');
    },
    updates: async () => (await desk.control.calls()).filter(({ operation }) => operation === 'BatchUpdateUser'),
    licenses: () => desk.chimeService.everyone().map(({ LicenseType }) => LicenseType),
    expectAuditToMatchJournal: () => expectAuditToMatchJournal(desk),
    /** Local Chime's journal, the batch's list and the audit say the same, and nobody outside the list was touched. */
    async expectBooksToAgree(id: string) {
      const changed = await db
        .selectFrom('batch_items')
        .select(['user_id', 'from_license', 'to_license'])
        .where('batch_id', '=', id)
        .where('state', '=', 'changed')
        .execute();
      await expectAuditToMatchJournal(desk);
      const all = await everyEntry(desk);
      const entries = all.filter(({ batch }) => batch?.id === id);
      const audited = entries.filter(({ outcome, user }) => user && outcome === 'applied');
      expect(audited.map(({ user, from, to }) => `${user?.id} ${from} ${to}`).sort()).toEqual(
        changed.map((item) => `${item.user_id} ${item.from_license} ${item.to_license}`).sort(),
      );
      const now = new Map(desk.chimeService.everyone().map(({ UserId, LicenseType }) => [UserId, LicenseType]));
      for (const { user_id, to_license } of changed) expect(now.get(user_id ?? '')).toBe(to_license);
    },
  };
}

/** Everything that happened to plans in Chime is in the audit, and nothing else. */
async function expectAuditToMatchJournal(desk: Desk): Promise<void> {
  const applied = (await everyEntry(desk)).flatMap(appliedIn);
  expect(stepsOf(applied)).toEqual(stepsOf((await desk.control.journal()).filter(isChange)));
}

type Step = { userId: string; from: string | null; to: string | null };

/** In the order of each person: slots settle side by side. */
const stepsOf = (steps: Step[]) =>
  steps
    .map(({ userId, from, to }) => ({ userId, from, to }))
    .sort((one, other) => (one.userId < other.userId ? -1 : Number(one.userId > other.userId)));

const appliedIn = ({ action, outcome, user, from, to }: AuditEntry): Step[] =>
  user && outcome === 'applied' && ['change', 'undo', 'late'].includes(action) ? [{ userId: user.id, from, to }] : [];

/** A retry that set the same license again counts once. */
const isChange = ({ operation, from, to }: JournalEntry) => operation !== 'Outside' && from !== to;

/** All of the audit of the account, oldest first. */
export async function everyEntry({ db, accountId }: Desk) {
  const pages = [];
  let before: string | undefined;
  do {
    const { entries, next } = await pageOfEntries(db, { ...everything, accountId }, before);
    pages.push(...entries);
    before = next ?? undefined;
  } while (before !== undefined);
  return pages.reverse();
}
