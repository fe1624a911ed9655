import { setTimeout as sleep } from 'node:timers/promises';
import { conflictOf } from '../../changes/conflict-refusal-store.ts';
import { recordLateCalls } from '../../changes/late/store.ts';
import { isObstacle, lateMs, maxTries, waitBeforeResending } from '../../chime/call-policy.ts';
import type { Deps } from '../../chime/deps.ts';
import { readWithRetries } from '../../chime/read-with-retries.ts';
import { type ChimeRefusal, caughtRefusal } from '../../chime/refusals.ts';
import { type Turn, takeTurn, tellThrottled } from '../../chime/turn.ts';
import type { Failure, Refusal } from '../../failures.ts';
import { log } from '../../log/log.ts';
import { readUser } from '../../mirror/read-user.ts';
import { inSpan } from '../../traces/spans.ts';
import { hold } from '../store.ts';
import { recordResent, releaseChunk } from './chunks-store.ts';
import { type Chunk, renewLease, type Sent } from './lease-store.ts';
import { settleChunk } from './settle-chunk.ts';
import type { Ended } from './settle-chunks-store.ts';

/** A worker renews its lease this often: three times within the time after which it is taken for dead. */
const renewEveryMs = 2_000;

/** A chunk in the hands of this worker, for as long as the worker runs. */
type Carrying = { deps: Deps; chunk: Chunk; maySend: MaySend; stopping: AbortSignal };

/** Asked right before each call: whether the batch still runs, and its submitter may still run it. */
export type MaySend = () => Promise<boolean>;

/** What a call, or reading people back, has shown of people of a chunk. */
type Found = {
  ended: Ended[];
  /** Certainly not changed, and worth another try. */
  again: Sent[];
  /** What kept them from being changed, where Chime as a whole stood in the way. */
  obstacle?: ChimeRefusal;
  /** Milliseconds until they may be sent again. */
  waitMs: number;
};

/**
 * Carries a chunk to its end: sends it, settles who has an outcome, and gives back who certainly was not changed. A request
 * that nobody waited for may still be applied: its people are kept, and sent again or read back, until it cannot any more.
 * `turn`: for the first call of a chunk of which nothing has been sent; without one, what became of the people is found out
 * first. When the worker stops in the middle, the chunk is left to the next one.
 */
export async function executeChunk(
  deps: Deps,
  chunk: Chunk,
  turn: Turn | undefined,
  maySend: MaySend,
  stopping: AbortSignal,
): Promise<void> {
  const renewing = setInterval(() => {
    renewLease(deps.db, chunk.id).catch((error: unknown) => log.warn({ err: error }, 'A lease could not be renewed'));
  }, renewEveryMs);
  try {
    const facts = { 'carillon.account_id': chunk.accountId, 'carillon.batch_id': chunk.batchId };
    const carrying = { deps, chunk, maySend, stopping };
    await inSpan({ name: 'send people of a batch', facts }, () => carry(carrying, turn));
  } finally {
    clearInterval(renewing);
  }
}

async function carry(carrying: Carrying, first: Turn | undefined): Promise<void> {
  const { deps, chunk, maySend, stopping } = carrying;
  const { db } = deps;
  let left = chunk.people;
  let lateUntil = chunk.lateUntil;
  let turn = first;
  let isUnwatched = first === undefined; // a worker that has gone silent may have sent its call
  if (turn && !(await maySend())) return releaseChunk(db, chunk, idsOf(left), 0);
  for (;;) {
    const found = turn ? await send(carrying, turn, left) : await readBack(carrying, left);
    if (found.obstacle?.effect === 'late') lateUntil = Date.now() + lateMs;
    await settleChunk(db, chunk, found.ended);
    left = found.again;
    if (isUnwatched) await recordLateCalls(db, idsOf(left));
    isUnwatched = false;
    if (found.obstacle && left.length > 0 && found.obstacle.code !== 'throttled') {
      await hold(db, chunk.batchId, found.obstacle.code);
    }
    if (left.length === 0) break;
    if (Date.now() >= lateUntil) {
      // Read once more after the last moment at which it could still happen.
      if (lateUntil > 0 && turn) {
        turn = undefined;
        continue;
      }
      await releaseChunk(db, chunk, idsOf(left), found.waitMs);
      break;
    }
    await sleep(Math.min(found.waitMs, 1_000), undefined, { signal: stopping });
    turn = await takeTurn(deps, 'batch', { signal: stopping });
    if (!(await maySend())) turn = undefined;
    if (!turn) continue;
    await recordResent(db, idsOf(left));
    left = left.map((one) => ({ ...one, tries: one.tries + 1 }));
  }
}

const idsOf = (people: Sent[]) => people.map(({ changeId }) => changeId);

async function send(carrying: Carrying, turn: Turn, people: Sent[]): Promise<Found> {
  const { deps, chunk } = carrying;
  try {
    const { requestId, refused } = await turn.call(() => deps.chime.updateLicenses(chunk.accountId, people));
    const done = people.filter(({ userId }) => !refused.has(userId));
    const answered = people.flatMap((person) => {
      const refusal = refused.get(person.userId);
      return refusal ? [{ person, refusal }] : [];
    });
    const found = await judge(carrying, answered);
    const applied = done.map(({ changeId }): Ended => ({ changeId, state: 'applied', awsRequestId: requestId }));
    return { ...found, ended: [...applied, ...found.ended] };
  } catch (error) {
    const refusal = caughtRefusal(error);
    if (refusal.code === 'throttled') {
      return { ended: [], again: people, obstacle: refusal, waitMs: 0 };
    }
    if (refusal.effect !== 'none') {
      if (refusal.effect === 'late') await recordLateCalls(deps.db, idsOf(people));
      const found = await readBack(carrying, people, refusal);
      return { ...found, obstacle: refusal };
    }
    if (isObstacle(refusal.code))
      return { ended: [], again: people, obstacle: refusal, waitMs: waitBeforeResending(0) };
    // One of them may spoil the call for all.
    if (people.length > 1) return sendAlone(carrying, people);
    return judge(
      carrying,
      people.map((person) => ({ person, refusal })),
    );
  }
}

/** Each in a call of its own, so that the one that Chime refuses is refused alone. */
async function sendAlone(carrying: Carrying, people: Sent[]): Promise<Found> {
  const { deps, maySend, stopping } = carrying;
  const ended: Ended[] = [];
  for (const [index, person] of people.entries()) {
    const left = people.slice(index);
    const turn = await takeTurn(deps, 'batch', { signal: stopping });
    if (!(await maySend())) return { ended, again: left, waitMs: 0 };
    const found = await send(carrying, turn, [person]);
    ended.push(...found.ended);
    if (found.again.length > 0) return { ...found, ended, again: left };
  }
  return { ended, again: [], waitMs: 0 };
}

type Answered = { person: Sent; refusal: ChimeRefusal };

/** What single refusals come to: some fail for good, some pass, and some may have been changed all the same. */
async function judge(carrying: Carrying, answered: Answered[]): Promise<Found> {
  const unclear = answered.filter(({ refusal }) => refusal.effect !== 'none');
  const clear = answered.filter(({ refusal }) => refusal.effect === 'none');
  const again = clear.filter(({ person, refusal }) => person.tries < maxTries(refusal.code));
  const failed = clear.filter((one) => !again.includes(one));
  const found: Found[] = [];
  for (const { person, refusal } of unclear) found.push(await readBack(carrying, [person], refusal));
  if (again.some(({ refusal }) => refusal.code === 'throttled')) await tellThrottled(carrying.deps);
  const tries = Math.max(0, ...again.map(({ person }) => person.tries));
  return {
    ended: [
      ...failed.map(({ person, refusal }): Ended => ({ ...failedWith(person, refusal) })),
      ...found.flatMap(({ ended }) => ended),
    ],
    again: [...again.map(({ person }) => person), ...found.flatMap((one) => one.again)],
    waitMs: Math.max(waitBeforeResending(tries), ...found.map(({ waitMs }) => waitMs)),
  };
}

function failedWith(person: Sent, refusal: Refusal): Ended {
  const failure: Failure = {
    current: person.from,
    ...refusal.facts,
    code: refusal.code,
    at: new Date().toISOString(),
    tries: person.tries,
  };
  return { changeId: person.changeId, state: 'failed', failure };
}

/**
 * What became of people after a call without a clear answer, or of those of a worker that has gone silent (no `doubt`). Where
 * nobody can be read back either, they stay unknown until it works.
 */
async function readBack({ deps, chunk, stopping }: Carrying, people: Sent[], doubt?: ChimeRefusal): Promise<Found> {
  for (;;) {
    try {
      return await readAll(deps, chunk, people, doubt);
    } catch (error) {
      const ms = await hold(deps.db, chunk.batchId, caughtRefusal(error).code);
      await sleep(ms, undefined, { signal: stopping });
    }
  }
}

const readAtOnce = 5;

async function readAll(deps: Deps, chunk: Chunk, people: Sent[], doubt: ChimeRefusal | undefined): Promise<Found> {
  const found: Found[] = [];
  for (let first = 0; first < people.length; first += readAtOnce) {
    const some = people.slice(first, first + readAtOnce);
    found.push(...(await Promise.all(some.map((person) => readOne(deps, chunk, person, doubt)))));
  }
  return {
    ended: found.flatMap(({ ended }) => ended),
    again: found.flatMap(({ again }) => again),
    waitMs: Math.max(0, ...found.map(({ waitMs }) => waitMs)),
  };
}

/** Throws the refusal where Chime does not say what the person has. */
async function readOne(deps: Deps, chunk: Chunk, person: Sent, doubt: ChimeRefusal | undefined): Promise<Found> {
  try {
    const { answer } = await readWithRetries(deps, (turn) => readUser(deps, chunk.accountId, person.userId, turn));
    if (answer.license === person.to) {
      const despite = doubt && { ...doubt.facts, code: doubt.code, at: new Date().toISOString() };
      const awsRequestId = doubt?.facts.chime?.requestId;
      return { ended: [{ changeId: person.changeId, state: 'applied', despite, awsRequestId }], again: [], waitMs: 0 };
    }
    if (answer.license !== person.from) {
      const whose = { accountId: chunk.accountId, userId: person.userId };
      const conflict = await conflictOf(deps.db, whose, answer.license);
      return { ended: [failedWith(person, conflict)], again: [], waitMs: 0 };
    }
    if (doubt && !isObstacle(doubt.code) && person.tries >= maxTries(doubt.code)) {
      return { ended: [failedWith(person, doubt)], again: [], waitMs: 0 };
    }
    return { ended: [], again: [person], waitMs: doubt ? waitBeforeResending(person.tries) : 0 };
  } catch (error) {
    const refusal = caughtRefusal(error);
    if (refusal.code === 'not-found') return { ended: [failedWith(person, refusal)], again: [], waitMs: 0 };
    throw refusal;
  }
}
