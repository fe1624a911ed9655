import { randomUUID } from 'node:crypto';
import { isDirectoryManaged } from '../accounts/account.ts';
import type { Scope } from '../accounts/scope.ts';
import { findAccount } from '../accounts/store.ts';
import type { BatchSource, RetryOf, Submitter } from '../batches/batch.ts';
import { findBatch } from '../batches/store.ts';
import { endFrom, type Until } from '../changes/endings/set-ending.ts';
import { atLength, type Database, type Executor } from '../db/database.ts';
import { Refusal } from '../failures.ts';
import type { License } from '../licenses/license.ts';
import { type LineForm, readList, type UnreadLine } from '../lists/list.ts';
import { openQueue, TooBusy } from '../queues/work-queue.ts';
import { cellsOf } from '../search/cells/cells-store.ts';
import { type FacetKey, filterFromParams, firstPage, paramsFromFilter, type UserFilter } from '../search/filter.ts';
import { findEverybody } from '../search/find-users-store.ts';
import { resolveFilter } from '../search/resolve-filter.ts';
import { strictFilter } from '../search/strict-filter.ts';
import { filterProblem } from '../texts/filters.ts';
import {
  type Asked,
  addAsked,
  addKnown,
  addRetried,
  addUndone,
  addUnreadable,
  addWithoutReturn,
  createDraft,
  type Draft,
  noteAsked,
  sealDraft,
} from './store.ts';

/**
 * Who is to be changed. A file's rows may each name a plan of their own; `unread` are its lines that are left out, so that the
 * batch says who was asked for and not changed. A filter that leaves nobody out is refused: everybody is asked for by that name.
 */
export type People =
  | { kind: 'people'; userIds: string[] }
  | { kind: 'everybody' }
  | { kind: 'filter'; params: string }
  | { kind: 'list'; text: string; form?: LineForm }
  | { kind: 'file'; name: string; rows: Asked[]; unread?: UnreadLine[] }
  | { kind: 'retry'; batchId: string; only?: RetryOf | undefined }
  | { kind: 'no-return'; batchId: string }
  | { kind: 'undo'; batchId: string };

/** `until`: the plans are temporary, then back to what each has now. */
export type Wish = {
  accountId: string;
  people: People;
  to: License | null;
  reason: string | null;
  until?: Until | undefined;
};

/** The most people in one batch. */
const maxPeople = 1_000_000;

/**
 * A preview holds one connection to the database while it reads with another: more at a time could take all there are, and
 * wait for each other.
 */
const inTurn = openQueue({ atOnce: 3, maxWaiting: 30, maxWaitingForOne: 10 });

async function takeTurn(operatorId: string, work: () => Promise<void>): Promise<void> {
  try {
    await inTurn(operatorId, 0, work);
  } catch (error) {
    if (error instanceof TooBusy)
      throw new Refusal('too-busy', 'Too many previews are being prepared. Try again soon.');
    throw error;
  }
}

/**
 * Writes down a preview: everybody a wish is about, each in one group by what the mirror knows of them. What is
 * submitted later is this list and no other. Answers its ID; refuses a wish about nobody, and one too
 * many at a time (`too-busy`).
 */
export async function prepareBatch(
  { db, chime }: { db: Database; chime: { accounts: Scope } },
  wish: Wish,
  by: Submitter,
): Promise<string> {
  const { accountId, to, reason } = wish;
  const account = await findAccount({ db, chime }, accountId);
  if (!account) throw new Refusal('unknown-account', 'No such account.');
  const people = await understood(db, accountId, wish.people);
  const draft: Draft = {
    id: randomUUID(),
    accountId,
    to,
    reason,
    end: wish.until ? { at: endFrom(wish.until), zone: wish.until.zone } : null,
    source: sourceOf(people),
    supported: account.supportedLicenses,
    isManaged: isDirectoryManaged(account),
  };
  await takeTurn(by.operatorId, () =>
    atLength(db, async (trx) => {
      await createDraft(trx, draft, by);
      const count = await addPeople(db, trx, draft, people, by);
      if (count === 0) throw new Refusal('invalid', 'Nobody was found in this list.');
      await noteAsked(trx, draft.id, count);
      await sealDraft(trx, draft.id);
    }),
  );
  return draft.id;
}

/** Refuses a filter of which any part was not understood: it would choose more people than were meant. */
async function understood(db: Database, accountId: string, people: People): Promise<People> {
  if (people.kind !== 'filter') return people;
  const cells = await cellsOf(db, accountId);
  const valuesOf = (key: FacetKey) => cells.map((cell) => cell[key]);
  const { filter, problem } = strictFilter(people.params, {
    license: valuesOf('license'),
    registration: valuesOf('registration'),
    invitation: valuesOf('invitation'),
    userType: valuesOf('userType'),
  });
  if (problem) throw new Refusal('invalid', filterProblem(problem));
  return { kind: 'filter', params: paramsFromFilter(filter) };
}

function sourceOf(people: People): BatchSource {
  switch (people.kind) {
    case 'people':
    case 'everybody':
    case 'list':
      return { kind: people.kind };
    case 'filter':
      return { kind: 'filter', params: people.params };
    case 'file':
      return { kind: 'file', name: people.name };
    case 'retry':
      return { kind: 'retry', batchId: people.batchId, ...(people.only && { only: people.only }) };
    case 'no-return':
    case 'undo':
      return { kind: people.kind, batchId: people.batchId };
  }
}

/** Answers how many people were asked for. */
async function addPeople(db: Database, trx: Executor, draft: Draft, people: People, by: Submitter): Promise<number> {
  switch (people.kind) {
    case 'people':
      return addKnown(trx, draft, people.userIds);
    case 'list':
      return addRead(trx, draft, readList(people.text, people.form));
    case 'file':
      return addRead(trx, draft, { entries: people.rows, unread: people.unread ?? [] });
    case 'filter':
      return addFound(db, trx, draft, filterFromParams(new URLSearchParams(people.params)));
    case 'everybody':
      return addFound(db, trx, draft, firstPage);
    case 'retry':
      await requireOver(trx, draft, people.batchId);
      return addRetried(trx, draft, people);
    case 'no-return':
      await requireVisible(trx, draft, people.batchId, by);
      return addWithoutReturn(trx, draft, people.batchId);
    case 'undo':
      await requireOver(trx, draft, people.batchId);
      return addUndone(trx, draft, people.batchId);
  }
}

async function addRead(
  trx: Executor,
  draft: Draft,
  { entries, unread }: { entries: Asked[]; unread: UnreadLine[] },
): Promise<number> {
  if (entries.length === 0) return 0;
  const asked = await addAsked(trx, draft, entries);
  return asked + (await addUnreadable(trx, draft, unread));
}

async function addFound(db: Database, trx: Executor, draft: Draft, filter: UserFilter): Promise<number> {
  const wanted = await resolveFilter(db, draft.accountId, filter);
  let count = 0;
  for await (const rows of findEverybody(db, wanted)) {
    count += rows.length;
    if (count > maxPeople) throw new Refusal('invalid', `A batch can have ${maxPeople} people at most.`);
    await addKnown(
      trx,
      draft,
      rows.map(({ id }) => id),
    );
  }
  return count;
}

/** A preview of another operator is refused like one that does not exist. */
async function requireVisible(trx: Executor, { accountId }: Draft, batchId: string, by: Submitter): Promise<void> {
  const batch = await findBatch(trx, accountId, batchId);
  if (!batch || (batch.state === 'draft' && batch.operator_id !== by.operatorId)) {
    throw new Refusal('invalid', 'There is no batch of this ID.');
  }
}

async function requireOver(trx: Executor, { accountId }: Draft, batchId: string): Promise<void> {
  const batch = await findBatch(trx, accountId, batchId);
  if (batch?.state !== 'done' && batch?.state !== 'stopped') {
    throw new Refusal('invalid', 'There is no finished batch with this ID.');
  }
}
