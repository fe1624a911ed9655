import type { Selectable } from 'kysely';
import type { BatchesTable, BatchItemsTable } from '../db/tables/batches.ts';
import type { Failure, FailureCode } from '../failures.ts';
import type { PlanNotEnded } from '../licenses/ending.ts';
import type { Complaint } from '../matching/complaint.ts';
import type { Unclear } from '../matching/person-ref.ts';

/**
 * Where a batch stands.
 *
 * draft: a preview nobody has submitted. waiting: a second admin has to approve it. scheduled: until its time comes.
 * starting: nobody of it has been read since it began. running. paused: nothing new is sent until somebody says so. stopped: for
 * good, before its end. done: everybody has an outcome. discarded: never begun, and never will be.
 */
export type BatchState = Selectable<BatchesTable>['state'];

/**
 * Why a batch does not go on: an operator wanted it so, too many failed, who submitted it may no longer do so, its
 * account was taken out of the settings, or the time had passed at which its plans were to end.
 */
export type StopCause = NonNullable<BatchesTable['stop_cause']>;

/**
 * The groups of a preview.
 *
 * unclear: a line of which it is not clear who is meant. unreadable: a line that cannot be used. no-return: the batch is for a
 * time, and their plan could not be given back. left-out: by the operator who looked at the preview.
 */
export const parts = [
  'change',
  'unclear',
  'missing',
  'unreadable',
  'same',
  'no-return',
  'forbidden',
  'directory',
  'left-out',
] as const;
export type Part = (typeof parts)[number];

/** What an operator may want to know of people who are to be changed: a shared device, or invited and not signed up yet. */
export const traits = ['device', 'invited'] as const;
export type Trait = (typeof traits)[number];

/**
 * A correction of a preview. People stand for their positions on the list. choose: the person that an unclear line means. unchoose: it is
 * unclear again.
 */
export type DraftEdit =
  | { kind: 'leave-out'; positions: number[] }
  | { kind: 'leave-out-all'; trait: Trait }
  | { kind: 'put-back'; positions: number[] }
  | { kind: 'choose'; position: number; userId: string }
  | { kind: 'unchoose'; position: number };

/** What has become of somebody who is to be changed. */
type ItemState = NonNullable<BatchItemsTable['state']>;

/** Which people a retry is about: those of one cause, or those who had not been tried when the batch was stopped. */
export type RetryOf = FailureCode | 'left';

/** How the people of a batch were chosen. */
export type BatchSource = Selectable<BatchesTable>['source'];

/** Who asks for a batch, with the groups their identity provider gave them: what they may do is read again at each call. */
export type Submitter = {
  operatorId: string;
  operatorName: string;
  operatorRole: string;
  groups: readonly string[] | null;
  requestId: string;
  /** The token with which it is asked for on the command line; null on the page. */
  token: { id: string; name: string } | null;
};

/** How many people are in each group of a preview, and how often somebody was named who had been before. */
type PartCounts = Record<Part, number> & { twice: number };

/** `login`: the user name, e-mail or ID, where another operator has the same name. */
export type NamedOperator = { name: string; login: string | null };

/** Whether everybody who was asked for is to be changed, or on the plan already. */
export const isWhole = ({ parts: counts }: Pick<BatchView, 'parts'>): boolean =>
  parts.every((part) => part === 'change' || part === 'same' || counts[part] === 0);

/** Whether everybody who was asked for has the plan. */
export const isReached = (batch: Pick<BatchView, 'parts' | 'state' | 'failed'>): boolean =>
  batch.state === 'done' && batch.failed === 0 && isWhole(batch);

/** A batch as it travels to the browser; moments are ISO-8601. `changed`, `failed` and `left` always add up to `total`. */
export type BatchView = {
  id: string;
  state: BatchState;
  /** Set while it is paused, and where it was stopped. */
  cause: StopCause | null;
  /** Chime does not answer as it should: the next try comes by itself. */
  held: { code: FailureCode; until: string } | null;
  operator: { id: string } & NamedOperator;
  approver: NamedOperator | null;
  /** Who last paused, resumed, stopped or discarded it; null where that was Carillon itself, or nobody. */
  steeredBy: NamedOperator | null;
  /** The token it was submitted with on the command line, by the name that its holder gave it. */
  token: string | null;
  source: BatchSource;
  /** Null where each person is given a plan of their own. */
  to: string | null;
  reason: string | null;
  fingerprint: string;
  parts: PartCounts;
  /** How many of those who are to be changed are so. */
  traits: Record<Trait, number>;
  /** How many of those who are to be changed have a planned end date, which ends with the change; 0 once it is submitted. */
  endDates: number;
  /** On which plans those are whose plan could not be given back. */
  noReturn: { license: string | null; people: number }[];
  /** The plans people are to have, and how many of them. `canReturn`: the account could give them the plan of before again. */
  steps: { from: string | null; to: string; people: number; canReturn: boolean }[];
  total: number;
  changed: number;
  failed: number;
  left: number;
  /** Of those who were changed: how many could be given back what they had. 0 until it is over. */
  undoable: number;
  /** The plans were temporary: of how many people the end could not be brought about. They still have the plan. */
  notEnded: number;
  /** People who are being sent just now; part of `left`. */
  underWay: number;
  /** Seconds until the end at the pace of the last moments; null where nothing tells. */
  secondsLeft: number | null;
  createdAt: string;
  submittedAt: string | null;
  startAt: string | null;
  /** The plans are temporary: until when, as clocks in this zone show it; then everybody gets back what they had. */
  end: { at: string; zone: string } | null;
  startedAt: string | null;
  endedAt: string | null;
  /** A second admin has to approve it, because it is about more people than one may change at once or in a day. */
  needsApproval: boolean;
  /** Of a preview: what may be changed without a second admin, and how much of the day its viewer has used by batches that run now. */
  limit: { people: number; perDay: number; today: number } | null;
  /** Batches that came of it. */
  followers: Follower[];
};

/** A batch that followed another. `only`: which people a retry is about; null for all who had not been changed. */
export type Follower = {
  id: string;
  kind: 'retry' | 'no-return' | 'undo';
  only: RetryOf | null;
  state: BatchState;
};

/** A batch in a list of them. */
export type BatchInList = Pick<
  BatchView,
  | 'id'
  | 'state'
  | 'cause'
  | 'operator'
  | 'source'
  | 'to'
  | 'reason'
  | 'total'
  | 'changed'
  | 'failed'
  | 'notEnded'
  | 'createdAt'
  | 'startAt'
  | 'endedAt'
> & {
  /** How many of its people another batch has given back what they had. */
  undone: number;
};

/**
 * One page of that list; `next` is the batch after which the following one begins. On the first page only: `waiting` are those
 * of others that the viewer may approve, `plansNotEnded` people whose plan was to end and did not, the newest of them, and
 * `previews` how many previews of their own the viewer has.
 */
export type BatchesPage = {
  batches: BatchInList[];
  next: string | null;
  waiting: BatchInList[];
  plansNotEnded: PlanNotEnded[];
  previews: number;
};

/**
 * What an operator should look at on the page of batches: batches of others that they may approve, and people whose
 * plan was to end and did not.
 */
export type Attention = { approvals: number; notEnded: number };

/** An account in which batches of others wait for the viewer's approval, and how many. */
export type WaitingInAccount = {
  accountId: string;
  accountName: string;
  batches: number;
  /** The ID of the batch where it is the only one. */
  only: string | null;
};

/** One person of a batch, as they travel to the browser. */
export type ItemView = {
  position: number;
  part: Part;
  line: number | null;
  /** How the person was named, where they were. */
  asked: string | null;
  /** Who may be meant, where that is not clear; it stays after somebody has chosen one of them. */
  unclear: Unclear | null;
  /** What is wrong with a line of a file that cannot be used. */
  complaints: Complaint[] | null;
  traits: Trait[];
  user: { id: string; name: string; email: string | null } | null;
  from: string | null;
  to: string | null;
  reason: string | null;
  state: ItemState | null;
  tries: number;
  failure: Failure | null;
  settledAt: string | null;
};

/** What is common to people of a batch whose change was not made. */
export type FailureGroup = { code: FailureCode; people: number };

/**
 * A batch, with why not everybody was changed, and why not everybody got back what they had, the most frequent cause first.
 * `slowedTo`: whole calls a second while Chime lets so few through that people notice; null else. `reading`: how far Carillon
 * has come with reading what its people have now; null once all are read. `hasWorker`: whether
 * any worker has been seen lately.
 */
export type BatchReport = {
  batch: BatchView;
  failures: FailureGroup[];
  endFailures: FailureGroup[];
  slowedTo: number | null;
  reading: ReadingPeople | null;
  hasWorker: boolean;
};

/** Reading what people of a batch have now: in the listing of their account, of about so many people where that is known, or one by one. */
export type ReadingPeople =
  | { by: 'listing'; read: number; about: number | null }
  | { by: 'person'; read: number; about: number };

/** Whether nothing more will be sent for it. */
export const isOver = (state: BatchState): boolean => state === 'stopped' || state === 'done' || state === 'discarded';

/** Whether the time has passed at which the plans of a batch end: nobody may be given one any more. */
export const hasEndPassed = ({ end }: Pick<BatchView, 'end'>): boolean =>
  end !== null && Date.parse(end.at) <= Date.now();

/** Whether it has been submitted and has not ended. */
export const isAtWork = (state: BatchState): boolean =>
  state === 'starting' || state === 'running' || state === 'paused';

/** Plans that people leave and could not be given again, and how many people are on each; none where the plans are temporary. */
export function leftPermanently({
  steps,
  end,
}: Pick<BatchView, 'steps' | 'end'>): { license: string; people: number }[] {
  const leaving = end ? [] : steps.filter(({ canReturn }) => !canReturn);
  const plans = new Set(leaving.flatMap(({ from }) => from ?? []));
  const peopleOn = (license: string) =>
    leaving.reduce((sum, { from, people }) => (from === license ? sum + people : sum), 0);
  return [...plans].map((license) => ({ license, people: peopleOn(license) }));
}
