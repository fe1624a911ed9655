/**
 * A license as counts name it: as Chime spells it, or `none` where Chime says nothing. Null: the person is not in the
 * account, before they joined or after they left.
 */
export type Held = string | null;

/** What brought a step about; `carillon` is a change by hand. `outside`: not through Carillon. */
export type Origin = 'carillon' | 'batch' | 'ending' | 'outside';

export const origins: readonly Origin[] = ['carillon', 'batch', 'ending', 'outside'];

/**
 * What is known of an account's counts. Moments are ISO-8601. `knownFrom`: the first complete listing; null where there was
 * none yet, and then nothing is known. `madeUpUntil`: the history before is an example; null where all of it is real.
 */
export type Known = { accountId: string; knownFrom: string | null; madeUpUntil: string | null };

/** How many people went up to a license, or down from it: by Carillon, and outside it. Those who joined or left are outside. */
export type Steps = { inside: number; outside: number };

/** One license within a bucket of time. */
export type Level = {
  opening: number;
  closing: number;
  lowest: number;
  highest: number;
  /** People who got the license in it. */
  up: Steps;
  /** People who had it no more. */
  down: Steps;
  /** Of `up.outside`, those who joined the account. */
  joined: number;
  /** Of `down.outside`, those who left it. */
  left: number;
};

/** So many people have a license, and nothing happens. */
export const levelOf = (people: number): Level => ({
  opening: people,
  closing: people,
  lowest: people,
  highest: people,
  up: { inside: 0, outside: 0 },
  down: { inside: 0, outside: 0 },
  joined: 0,
  left: 0,
});

/** What happened to one license of one account in one bucket, in no order; `lowest` and `highest` of what it came to. */
export type BucketSteps = {
  accountId: string;
  license: string;
  bucket: number;
  lowest: number;
  highest: number;
  cameInside: number;
  cameOutside: number;
  wentInside: number;
  wentOutside: number;
  joined: number;
  left: number;
};

/** What an account has of a license now. */
export type Live = { accountId: string; license: string; people: number };

/** The licenses of an account by bucket, oldest first. */
export type Levels = Map<string, Level[]>;

/** Levels of each bucket, by account and license: from what there is now back through the steps. */
export function levelsFrom(live: Live[], steps: BucketSteps[], buckets: number): Map<string, Levels> {
  const levels = new Map<string, Levels>();
  const keyOf = ({ accountId, license }: { accountId: string; license: string }) =>
    JSON.stringify([accountId, license]);
  const stepsOf = Map.groupBy(steps, keyOf);
  const people = new Map(live.map((one) => [keyOf(one), one.people]));
  for (const [key, { accountId, license }] of new Map([...live, ...steps].map((one) => [keyOf(one), one]))) {
    const inBucket = new Map(stepsOf.get(key)?.map((one) => [one.bucket, one]));
    const ofLicense: Level[] = [];
    let closing = people.get(key) ?? 0;
    for (let bucket = buckets - 1; bucket >= 0; bucket -= 1) {
      const level = levelBefore(closing, inBucket.get(bucket));
      ofLicense.unshift(level);
      closing = level.opening;
    }
    const ofAccount = levels.get(accountId) ?? new Map<string, Level[]>();
    levels.set(accountId, ofAccount.set(license, ofLicense));
  }
  return levels;
}

function levelBefore(closing: number, steps: BucketSteps | undefined): Level {
  if (!steps) return levelOf(closing);
  const up = { inside: steps.cameInside, outside: steps.cameOutside + steps.joined };
  const down = { inside: steps.wentInside, outside: steps.wentOutside + steps.left };
  const opening = closing - sumOf(up) + sumOf(down);
  return {
    opening,
    closing,
    lowest: Math.min(opening, steps.lowest),
    highest: Math.max(opening, steps.highest),
    up,
    down,
    joined: steps.joined,
    left: steps.left,
  };
}

export const sumOf = ({ inside, outside }: Steps): number => inside + outside;

/** Two buckets that follow each other, as one. */
export const followedBy = (first: Level, second: Level): Level => ({
  ...summed(first, second),
  opening: first.opening,
  closing: second.closing,
  lowest: Math.min(first.lowest, second.lowest),
  highest: Math.max(first.highest, second.highest),
});

/** The same bucket of two accounts as one; the sum of their lowest is a bound that the true lowest is not below. */
export const besideEach = (one: Level, other: Level): Level => ({
  ...summed(one, other),
  opening: one.opening + other.opening,
  closing: one.closing + other.closing,
  lowest: one.lowest + other.lowest,
  highest: one.highest + other.highest,
});

const summed = (one: Level, other: Level) => ({
  up: { inside: one.up.inside + other.up.inside, outside: one.up.outside + other.up.outside },
  down: { inside: one.down.inside + other.down.inside, outside: one.down.outside + other.down.outside },
  joined: one.joined + other.joined,
  left: one.left + other.left,
});
