import type { Database, Executor } from '../db/database.ts';
import { Refusal } from '../failures.ts';
import { findLedgers, knownOf, type Ledger } from './ledger/ledger-store.ts';
import type { Known } from './trend.ts';

/** Accounts, and from when until when: moments, of which the end is not part. An end in the future means now. */
export type Period = { accountIds: string[]; from: Date; to: Date };

/** The same as it can be answered: by the database's clock, with what is known of each account. */
export type AnsweredPeriod = {
  from: Date;
  to: Date;
  /** Whether the end is now: then everything counts that the counts of now know, whatever a clock said. */
  endsNow: boolean;
  now: Date;
  known: Known[];
  ledgers: Ledger[];
};

/** Reads what is known for a period. Refuses with `invalid` one that ends before it begins, or begins in the future. */
export async function answerPeriod(db: Executor, { accountIds, from, to }: Period): Promise<AnsweredPeriod> {
  if (Number.isNaN(from.getTime()) || Number.isNaN(to.getTime())) throw new Refusal('invalid', 'This is no date.');
  if (to <= from) throw new Refusal('invalid', 'The end must be after the start.');
  const { ledgers, now } = await findLedgers(db, accountIds);
  if (from >= now) throw new Refusal('invalid', 'The start is in the future.');
  const endsNow = to >= now;
  return { from, to: endsNow ? now : to, endsNow, now, known: knownOf(accountIds, ledgers), ledgers };
}

/** Runs several reads on what the database holds at one moment, so that their numbers fit each other. */
export function atOneMoment<T>(db: Database, read: (trx: Executor) => Promise<T>): Promise<T> {
  return db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute(read);
}
