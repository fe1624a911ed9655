import type { ComponentType, KeyboardEvent } from 'react';
import type { AccountView } from '@/lib/accounts/account.ts';
import type { Outcome } from '@/lib/changes/change.ts';
import type { License } from '@/lib/licenses/license.ts';
import type { UserRow } from '@/lib/users/user.ts';
import type { Announcer } from '../announcements/announcer.ts';
import type { AtControl } from '../plan/plan-keys.ts';
import type { RowMessageProps } from '../plan/row-message-props.ts';
import type { rowView } from '../table/row/row-view.ts';
import type { PageStatusEvent } from './advance-status.ts';
import type { Attempt } from './attempt.ts';
import type { OpenList } from './open-list.ts';
import type { createTotals } from './totals.ts';

/**
 * All that the page knows of making changes, beyond showing people. It is fetched right after the list is drawn, so what is drawn first
 * imports this type alone.
 */
export type ChangeEngine = ChangeCommands & EngineParts;

export type ChangeCommands = ReturnType<typeof createTotals> & {
  announcer: Announcer;
  dispatchStatus(event: PageStatusEvent): void;
  /** An error of a read: that the operator is signed out, or what Chime refused. */
  onReadError(error: unknown): void;
  nameOf(userId: string): string;

  /** The choice made in the list: from what the person has by what we know now, not when the list opened. */
  commit(open: OpenList, to: License): void;
  choose(userId: string, from: string | null, to: License, undoes?: string): void;
  /** Takes back what the row still shows as just saved. */
  undo(userId: string): void;
  /** Sends the same wish again, from what the person has by now. */
  again(userId: string, from: string | null): void;
  againForAll(userIds: string[]): void;
  dismiss(userId: string): void;
  dismissAll(userIds: string[]): void;
  /** Gives back the plan that an earlier attempt has taken away late. */
  setBack(userId: string, from: string | null): void;
  /** Leaves the plan that an earlier attempt has set late, for everybody. */
  leave(userId: string, license: string | null): Promise<void>;
  /** Takes a person who is gone out of the list. */
  hide(userId: string): void;
  cancel(userId: string): Promise<void>;
  check(userId: string): Promise<void>;

  /** Reads the person from Chime, not more than once in 5 s; `again`: in any case, on the operator's word. */
  look(userId: string, again?: boolean): Promise<void>;
  /** The same of a person who has just been changed: nothing read before counts. */
  lookAnew(userId: string): Promise<void>;
  /** A list that was asked for at `at` (ms by the browser's clock) says what Chime said then. */
  seeList(users: UserRow[], at: number): void;

  /** Brings back what was kept while the operator signed in again. */
  restore(): void;
  /** Whether Chime answers. */
  checkConnection(): Promise<boolean>;
  /** What our server says about changes it was asked for; each finds its person by its own ID. */
  onChanges(outcomes: Outcome[]): void;
};

type EngineParts = {
  rowView: typeof rowView;
  /** Whether a message says something else as time passes; else only an event changes it. */
  changesWithTime(attempt: Attempt): boolean;
  /** A key pressed on a person's plan. */
  pressPlanKey(event: KeyboardEvent, at: AtControl): void;
  RowMessage: ComponentType<RowMessageProps>;
  StatusNotices: ComponentType<{ account: AccountView }>;
};
