/**
 * A license as counts name it: as Chime spells it, or `none` where Chime says nothing. Null: the person is not in the
 * account, before they joined or after they left.
 */
export type Held = string | null;

/** What brought a step about; `carillon` is a change by hand. `outside`: not through Carillon. */
export const origins = ['carillon', 'batch', 'ending', 'outside'] as const;
export type Origin = (typeof origins)[number];

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

/** One point of a chart: a stretch of time, and each license in it; moments are ISO-8601, `until` is not part of it. */
export type TrendPoint = {
  from: string;
  until: string;
  /** The day in the reporting zone on which it begins. */
  day: string;
  /** It is not over: its closing numbers are those of now. */
  isOpen: boolean;
  /** False where some account was not being seen when it closed: its numbers are those from before the gap. */
  isSeen: boolean;
  /** Licenses that nobody has, had or got in the period are left out. */
  licenses: Record<string, Level>;
};

/** A time in which nobody saw an account, ISO-8601; `until` is null while it lasts. */
export type TrendGap = {
  accountId: string;
  from: string;
  until: string | null;
  /** The failure of the last listing in it, as `FailureCode`; null where no listing was tried, as when no worker ran. */
  because: string | null;
  /** Steps outside Carillon that were seen when it ended. They happened at some time in it, so they are in none of the points. */
  licenses: Record<string, { up: number; down: number }>;
};

/** A history of counts, for a chart and its table. */
export type TrendSeries = {
  /** The reporting zone that days are of. */
  zone: string;
  /** When the numbers of now were read, ISO-8601. */
  asOf: string;
  /** What each point stands for; `days` of them where it is more than one. */
  pointIs: { unit: 'hour' | 'day'; count: number };
  /** What is known of each account asked for. Before, it is part of no point. */
  known: Known[];
  /** Oldest first, at most 400; none where nothing is known of the whole period. */
  points: TrendPoint[];
  gaps: TrendGap[];
};

/**
 * How many people of an account have a license now, and how many more or fewer that is than at the end of yesterday, of the day 7 days
 * ago, and of the day 30 days ago, in the reporting zone; null where nothing was known then.
 */
export type CountNow = {
  accountId: string;
  license: string;
  people: number;
  sinceYesterday: number | null;
  since7Days: number | null;
  since30Days: number | null;
};

/**
 * What changed a license's count the most: a batch, what an operator changed by hand or what happened outside on one day, what end dates
 * did on one day. Moments are ISO-8601, around its first and its last person: a period for `peopleOfStep`.
 */
export type LargestStep = {
  license: string;
  /** How many people more, or fewer where it is negative. */
  change: number;
  day: string;
  from: string;
  until: string;
  origin: Origin;
  operator: { id: string; name: string } | null;
  batch: { id: string; reason: string | null } | null;
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
