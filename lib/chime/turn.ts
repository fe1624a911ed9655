import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '../db/database.ts';
import type { Deps } from './deps.ts';
import type { Kind } from './pace.ts';
import { askForTurn, readPace, reportRefusal } from './rate-store.ts';
import { ChimeRefusal } from './refusals.ts';

/** The right to make one call. */
export type Turn = {
  /** The database's clock when it was given. */
  readAt: Date;
  /** Makes the call. What comes of it, all processes learn of with the next turn of this one; a throttled one at once. */
  call<T>(make: () => Promise<T>): Promise<T>;
};

type WaitLimits = {
  signal?: AbortSignal | undefined;
  /** Called several times a second while there is no turn yet, with the milliseconds it may take; throws to give up. */
  waiting?: (ms: number) => Promise<void>;
};

/** The longest time between two looks at what a waiting call is about. */
const lookAgainMs = 250;

/**
 * Waits until Chime may be called, at the pace that all processes share: an operator's change before a batch's, and both
 * before readings. Where no limit is known that costs one query and no wait.
 */
export async function takeTurn(deps: Deps, kind: Kind, patience: WaitLimits = {}): Promise<Turn> {
  const { db, chime } = deps;
  const here = hereAt(db, chime.name);
  const { now, isLimited } = await readPace(db, chime.name);
  if (isLimited) return turnAt(deps, await waitInLine(deps, here, kind, patience));
  here.granted = []; // nothing is learnt from it
  return turnAt(deps, now);
}

/** Tells all processes that Chime throttled a part of a call just now. */
export async function tellThrottled({ db, chime }: Deps): Promise<void> {
  await reportRefusal(db, chime.name, { ...learnt(hereAt(db, chime.name)), sentMsAgo: 0, forMs: undefined });
}

type Place = PromiseWithResolvers<void>;

/** What this process knows of an endpoint; moments are those of `performance.now()`. */
type Here = {
  /** Who waits for a turn, in the order in which they came; only the first of them asks the database. */
  lines: Record<Kind, Place[]>;
  turnMs: number;
  /** When calls went out that were let through, of which the others do not know yet. */
  granted: number[];
  /** The same within the last second. */
  lately: number[];
};

const everywhere = new WeakMap<Database, Map<string, Here>>();

function hereAt(db: Database, endpoint: string): Here {
  const endpoints = everywhere.get(db) ?? new Map<string, Here>();
  everywhere.set(db, endpoints);
  const here = endpoints.get(endpoint) ?? {
    lines: { change: [], batch: [], reading: [] },
    turnMs: 0,
    granted: [],
    lately: [],
  };
  endpoints.set(endpoint, here);
  return here;
}

async function waitInLine({ db, chime }: Deps, here: Here, kind: Kind, { signal, waiting }: WaitLimits): Promise<Date> {
  const line = here.lines[kind];
  const place: Place = Promise.withResolvers();
  line.push(place);
  try {
    for (;;) {
      signal?.throwIfAborted();
      const before = line.indexOf(place);
      let waitMs = (before + 1) * here.turnMs;
      if (before === 0) {
        const asked = await askForTurn(db, chime.name, kind, { ...learnt(here), othersWait: line.length > 1 });
        if (asked.waitMs === 0) return asked.now;
        ({ turnMs: here.turnMs, waitMs } = asked);
      }
      await waiting?.(waitMs);
      const pause = sleep(before === 0 ? Math.min(waitMs, lookAgainMs) : lookAgainMs, undefined, { signal });
      await (before === 0 ? pause : Promise.race([pause, place.promise]));
    }
  } finally {
    line.splice(line.indexOf(place), 1);
    line[0]?.resolve();
  }
}

function learnt(here: Here): { grantedMsAgo: number[]; lately: number } {
  const now = performance.now();
  return { grantedMsAgo: here.granted.splice(0).map((at) => now - at), lately: here.lately.length };
}

function turnAt({ db, chime }: Deps, readAt: Date): Turn {
  const here = hereAt(db, chime.name);
  return {
    readAt,
    async call(make) {
      const sentAt = performance.now();
      here.lately = here.lately.filter((at) => at > sentAt - 1_000);
      const letThrough = () => {
        here.granted.push(sentAt);
        here.lately.push(sentAt);
      };
      try {
        const answer = await make();
        letThrough();
        return answer;
      } catch (error) {
        if (!(error instanceof ChimeRefusal)) throw error;
        if (error.code === 'not-found') letThrough();
        if (error.code === 'throttled') {
          const sentMsAgo = performance.now() - sentAt;
          await reportRefusal(db, chime.name, { ...learnt(here), sentMsAgo, forMs: error.retryAfterMs });
        }
        throw error;
      }
    },
  };
}
