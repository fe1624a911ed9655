import type { DepartmentFile } from '../departments/department.ts';
import type { DaysAsked, PeriodProblem } from './address.ts';
import type { Comparison } from './comparison.ts';
import type { ReadyPeriod } from './days.ts';
import type { MovedAsked } from './links.ts';
import type { MovedPerson } from './moved.ts';
import type { Split } from './splits.ts';
import type { Origin } from './trend.ts';

export type NamedAccount = { id: string; name: string };

/** Whose counts are asked for: those of one account, or of all of `accounts` where it is null. */
export type Whose = { account: NamedAccount | null; accounts: NamedAccount[] };

/** Why nothing can be said. unknown: of a time before the first complete listing at `knownFrom`, ISO-8601; null where there is none yet. */
export type ComparisonProblem = PeriodProblem | { code: 'unknown'; knownFrom: string | null };

/** What is known of a period beside its numbers; moments are ISO-8601. */
export type PeriodFacts = {
  from: string;
  to: string;
  asOf: string;
  /** The end is now, and the numbers change with it. */
  endsNow: boolean;
  /** The end that was asked for is in the future, so that it is now. */
  endsLater: boolean;
  /** What clocks show at the start, where they skip the midnight that was asked for: `2022-03-27T01:00`. */
  startsLate: string | null;
  /** History before this is an example; null where all of the period is real. */
  madeUpUntil: string | null;
  /** Accounts that were not known at the start, and so are in none of the numbers. */
  leftOut: (NamedAccount & { knownFrom: string | null })[];
};

export type ComparisonAnswer = PeriodFacts &
  Pick<Comparison, 'opening' | 'closing' | 'cells' | 'stayed' | 'cameBack'> & {
    byOrigin: Split<Origin>;
    byOperator: Split<{ id: string; name: string }>;
    byBatch: Split<{ id: string; reason: string | null; by: string }>;
    byDomain: Split<string | null>;
    /** Null where no file says which department anybody is of. */
    byDepartment: { split: Split<string | null>; files: DepartmentFile[] } | null;
  };

/** A comparison as it travels to the browser. */
export type ComparisonView = {
  account: NamedAccount | null;
  /** Of a comparison of all accounts: each of them. */
  accounts: NamedAccount[];
  asked: DaysAsked;
  zone: string;
  ready: { period: ReadyPeriod; days: { from: string; to: string } }[];
  answer: ComparisonAnswer | { problem: ComparisonProblem };
};

/** One of the people behind a number; `isMadeUp`: what is said of them is part of an example history, and in no audit. */
export type ListedPerson = MovedPerson & { accountName: string; isMadeUp: boolean };

/** A page of the people behind a number, as it travels to the browser; `total` is how many there are on all pages. */
export type MovedView = {
  account: NamedAccount | null;
  asked: MovedAsked;
  zone: string;
  answer:
    | (PeriodFacts & { people: ListedPerson[]; total: number; next: string | null })
    | { problem: ComparisonProblem };
};
