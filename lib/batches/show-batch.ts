import { freshnessOf } from '../accounts/store.ts';
import type { Deps } from '../chime/deps.ts';
import { readSlowness } from '../chime/rate-store.ts';
import type { Database, Executor } from '../db/database.ts';
import { countNotEndedOf, groupNotEnded } from '../endings/not-ended-store.ts';
import { isAnyWorkerThere } from '../events/heartbeat-store.ts';
import { type BatchLimits, needsApproval, peopleInDay } from '../operators/batch-limits.ts';
import { loginsOfNamesakes } from '../operators/namesakes-store.ts';
import type { Role } from '../operators/roles.ts';
import { type BatchReport, type BatchView, isOver, type NamedOperator, type ReadingPeople } from './batch.ts';
import {
  countEndDates,
  countNoReturn,
  countParts,
  countSteps,
  countUnderWay,
  countUndoable,
  findFollowers,
  groupFailures,
} from './counts-store.ts';
import { countUnread, type Unread } from './run/freshness-store.ts';
import { secondsLeft } from './seconds-left.ts';
import { inList } from './show-batches.ts';
import { type Batch, findBatch, findRuns } from './store.ts';

/** A batch as a page shows it, or undefined. `viewer` decides whether a preview of theirs would need a second admin. */
export async function showBatch(
  db: Database,
  accountId: string,
  id: string,
  viewer: { id: string; role: Role },
  limits: BatchLimits,
): Promise<BatchView | undefined> {
  const batch = await findVisibleBatch(db, accountId, id, viewer.id);
  if (!batch) return undefined;
  const [logins, notEnded, counts, noReturn, endDates, steps, undoable, underWay, followers, runs] = await Promise.all([
    loginsOfNamesakes(db, [batch.operator_id, batch.approver_id, batch.steered_by_id]),
    countNotEndedOf(db, [id]),
    countParts(db, batch),
    countNoReturn(db, id),
    batch.state === 'draft' ? countEndDates(db, batch) : 0,
    countSteps(db, batch),
    isOver(batch.state) ? countUndoable(db, batch) : 0,
    countUnderWay(db, id),
    findFollowers(db, accountId, id),
    batch.state === 'draft' ? findRuns(db, viewer.id) : [],
  ]);
  const today = peopleInDay(runs, new Date());
  const limit = limits[viewer.role];
  return {
    ...inList(batch, logins, notEnded),
    held:
      batch.held_for && batch.held_until && (batch.state === 'running' || batch.state === 'starting')
        ? { code: batch.held_for, until: batch.held_until.toISOString() }
        : null,
    approver: named(batch.approver_id, batch.approver_name, logins),
    steeredBy: named(batch.steered_by_id, batch.steered_by_name, logins),
    token: batch.token_name,
    fingerprint: batch.fingerprint ?? '',
    ...counts,
    noReturn,
    endDates,
    steps,
    left: batch.total - batch.changed - batch.failed,
    undoable,
    underWay,
    secondsLeft: secondsLeft(batch),
    end: batch.end_at && batch.end_zone ? { at: batch.end_at.toISOString(), zone: batch.end_zone } : null,
    submittedAt: batch.submitted_at?.toISOString() ?? null,
    startedAt: batch.started_at?.toISOString() ?? null,
    needsApproval:
      batch.state === 'draft' ? needsApproval(limits, viewer.role, batch.total, today) : batch.state === 'waiting',
    limit: batch.state === 'draft' && limit ? { ...limit, today } : null,
    followers,
  };
}

/** An operator who did something with a batch, as their name is kept there. */
const named = (
  id: string | null,
  name: string | null,
  logins: ReadonlyMap<string | null, string>,
): NamedOperator | null => (name === null ? null : { name, login: logins.get(id) ?? null });

/** The same, with why not everybody was changed or got their plan back, and what slows it down. */
export async function reportOnBatch(
  { db, chime }: Deps,
  accountId: string,
  id: string,
  viewer: { id: string; role: Role },
  limits: BatchLimits,
): Promise<BatchReport | undefined> {
  const [batch, failures, endFailures, slowedTo, { syncing }, unread, hasWorker] = await Promise.all([
    showBatch(db, accountId, id, viewer, limits),
    groupFailures(db, id),
    groupNotEnded(db, id),
    readSlowness(db, chime.name),
    freshnessOf(db, accountId),
    countUnread(db, id),
    isAnyWorkerThere(db),
  ]);
  return batch && { batch, failures, endFailures, slowedTo, reading: readingOf(batch, unread, syncing), hasWorker };
}

function readingOf(
  { total }: BatchView,
  unread: Unread | null,
  syncing: { read: number; about: number | null } | null,
): ReadingPeople | null {
  if (unread?.isOneByOne) return { by: 'person', read: total - unread.people, about: total };
  return unread && syncing && { by: 'listing', read: syncing.read, about: syncing.about };
}

/** A batch that is there for a viewer: somebody else's preview is not. */
export async function findVisibleBatch(
  db: Executor,
  accountId: string,
  id: string,
  viewerId: string,
): Promise<Batch | undefined> {
  const batch = await findBatch(db, accountId, id);
  return batch?.state === 'draft' && batch.operator_id !== viewerId ? undefined : batch;
}
