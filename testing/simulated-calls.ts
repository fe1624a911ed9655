import { firstPace, type Kind, kinds, type Pace, slowDown, speedUp, takeTurn } from '../lib/chime/pace.ts';

/**
 * Calls of several processes at a service with a quota, by the real rules of the pace on a clock of its own: nothing waits,
 * and the same numbers give the same run.
 */
export type Simulation = {
  /** The quota from the moment it begins, in milliseconds; null lets everything through. In this order. */
  quotas: { fromMs: number; perSecond: number | null }[];
  /** So many calls of each kind at a time, one after the other without a pause. */
  slots: Record<Kind, number>;
  /** Operators' changes that come in together, on top of the slots. */
  bursts?: { atMs: number; changes: number }[];
  latencyMs: number;
  /** Milliseconds between the end of a call and the next one of the same slot. */
  workMs: number;
  retryAfterMs?: number | undefined;
  startMs?: number;
  endMs: number;
  pace?: Pace;
};

export type SimulatedCall = { kind: Kind; askedAt: number; sentAt: number; isRefused: boolean };

type Waiter = { askedAt: number; isLane: boolean };

export function simulate(simulation: Simulation): { calls: SimulatedCall[]; pace: Pace; waiting: Waiter[] } {
  const { quotas, slots, bursts = [], latencyMs, workMs, retryAfterMs, startMs = 0, endMs } = simulation;
  const calls: SimulatedCall[] = [];
  const clock = new Clock();
  const service = new Bucket(quotas);
  let pace = simulation.pace ?? firstPace;
  // Batches and listings are one process, operators' changes another: each tells what was let through when it asks next.
  const told: Record<'web' | 'worker', number[]> = { web: [], worker: [] };
  const sent: Record<'web' | 'worker', number[]> = { web: [], worker: [] };
  const queues: Record<Kind, Waiter[]> = { change: [], batch: [], reading: [] };
  const processOf = (kind: Kind) => (kind === 'change' ? 'web' : 'worker');

  function join(kind: Kind, isLane: boolean) {
    const queue = queues[kind];
    queue.push({ askedAt: clock.now, isLane });
    if (queue.length === 1) ask(kind);
  }

  function ask(kind: Kind) {
    const queue = queues[kind];
    const [first] = queue;
    if (!first) return;
    pace = speedUp(pace, clock.now, told[processOf(kind)].splice(0));
    const turn = takeTurn(pace, clock.now, kind, queue.length > 1);
    pace = turn.pace;
    if (turn.waitMs > 0) return clock.at(clock.now + turn.waitMs, () => ask(kind));
    queue.shift();
    send(kind, first);
    ask(kind);
  }

  function send(kind: Kind, { askedAt, isLane }: Waiter) {
    const sentAt = clock.now;
    sent[processOf(kind)].push(sentAt);
    clock.at(sentAt + latencyMs / 2, () => {
      const isRefused = !service.admits(clock.now);
      calls.push({ kind, askedAt, sentAt, isRefused });
      clock.at(sentAt + latencyMs, () => {
        if (isRefused) refuse(kind, sentAt);
        else told[processOf(kind)].push(sentAt);
        if (isLane || isRefused) clock.at(clock.now + workMs, () => join(kind, isLane));
      });
    });
  }

  function refuse(kind: Kind, sentAt: number) {
    const process = processOf(kind);
    sent[process] = sent[process].filter((at) => at > clock.now - 1_000);
    pace = speedUp(pace, clock.now, told[process].splice(0));
    pace = slowDown(pace, clock.now, { sentAt, forMs: retryAfterMs, lately: sent[process].length - 1 });
  }

  for (const kind of kinds) for (let slot = 0; slot < slots[kind]; slot += 1) clock.at(startMs, () => join(kind, true));
  for (const { atMs, changes } of bursts) {
    for (let change = 0; change < changes; change += 1) clock.at(atMs, () => join('change', false));
  }
  clock.runUntil(endMs);
  return { calls, pace, waiting: kinds.flatMap((kind) => queues[kind]) };
}

/** What is due at which moment, in its order. */
class Clock {
  now = 0;
  #due: { at: number; run: () => void }[] = [];

  at(at: number, run: () => void): void {
    const later = this.#due.findIndex((other) => other.at > at);
    this.#due.splice(later < 0 ? this.#due.length : later, 0, { at, run });
  }

  runUntil(end: number): void {
    for (let next = this.#due.shift(); next && next.at <= end; next = this.#due.shift()) {
      this.now = next.at;
      next.run();
    }
  }
}

/** A token bucket with a second's worth of calls, as Local Chime's, full whenever the quota becomes another. */
class Bucket {
  #tokens = 0;
  #filledAt = 0;
  #quota: Simulation['quotas'][number] | undefined;
  readonly #quotas: Simulation['quotas'];

  constructor(quotas: Simulation['quotas']) {
    this.#quotas = quotas;
  }

  admits(now: number): boolean {
    const quota = this.#quotas.findLast(({ fromMs }) => fromMs <= now);
    const perSecond = quota?.perSecond ?? null;
    if (perSecond === null) return true;
    const most = Math.max(1, perSecond);
    this.#tokens =
      quota === this.#quota ? Math.min(most, this.#tokens + ((now - this.#filledAt) / 1_000) * perSecond) : most;
    this.#quota = quota;
    this.#filledAt = now;
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }
}
