import { EventEmitter } from 'node:events';
import type { FailureCode } from './failures.ts';

/** A pool of connections to the database, as far as it can be told from outside. */
export type PoolState = {
  readonly totalCount: number;
  readonly idleCount: number;
  readonly waitingCount: number;
  readonly ended: boolean;
  readonly options: { max: number };
};

/**
 * What this process does that is worth counting. Nothing here may hold an ID, a name or an address of a person: it becomes a label of a
 * metric, and a label has few values.
 */
type Measured = {
  /** An answer of the web; `route` is a pattern, never a path. */
  request: [{ route: string; method: string; status: string; seconds: number; isStream: boolean }];
  /** A server action, by what the operator attempted. */
  action: [{ action: string; outcome: FailureCode | 'ok'; seconds: number }];
  /** A page that hears of an account: one more, or one fewer. */
  eventStream: [{ step: 1 | -1 }];
  /** A call to Chime; `status` is that of HTTP, `none` where no answer came. */
  chimeCall: [{ operation: string; status: string; seconds: number }];
  /** Chime refused a call, or one person of a call. */
  chimeRefusal: [{ code: FailureCode }];
  /** A change has its outcome in the audit. */
  change: [{ outcome: 'applied' | 'failed'; code: string }];
  /** A listing of an account did not finish. */
  syncFailure: [{ code: string }];
  /** Somebody was not let in. */
  signInFailure: [{ reason: string }];
  /** What other processes say is heard, or is not. */
  listening: [{ isHeard: boolean }];
  /** What was said meanwhile has been missed. */
  listenGap: [];
  /** The audit's end has been noted outside the database. */
  checkpoint: [];
  /** Something was read that may be read from a replica. */
  read: [{ from: 'replica' | 'primary' }];
  poolOpened: [PoolState];
};

const shared = globalThis as typeof globalThis & { carillonMeasured?: EventEmitter<Measured> };

/**
 * Where use cases say what happened, for whatever counts it in this process; nothing is done where nothing counts. Next loads this module
 * once for each bundle, and there must be one for all.
 */
export const measured: EventEmitter<Measured> = shared.carillonMeasured ?? new EventEmitter<Measured>();
shared.carillonMeasured = measured;
