/** How many requests a minute one operator may send to one web process. */
export type RequestLimits = { operator: number };

/** Far above what pages send by themselves and people click: 50 a second without a pause. */
export const defaultRequestLimits = 'operator=3000';

/** Reads a setting such as `operator=3000`. Undefined where it says anything else. */
export function requestLimitsFrom(text: string): RequestLimits | undefined {
  const [, operator] = /^\s*operator=([1-9]\d{0,6})\s*$/.exec(text) ?? [];
  return operator === undefined ? undefined : { operator: Number(operator) };
}

export type Buckets = {
  /**
   * Takes one request of somebody's. Undefined where there was one; else in how many seconds there is the next, and whether the one
   * before was let through.
   */
  take(who: string): { waitSeconds: number; isFirst: boolean } | undefined;
};

/** More than this many buckets are kept only as long as they are not full. */
const manyBuckets = 1_000;

/** A bucket of tokens for each: a minute's worth at most, refilled evenly. `now`: milliseconds. */
export function openBuckets(aMinute: number, now: () => number = () => performance.now()): Buckets {
  const buckets = new Map<string, { left: number; at: number; isEmpty: boolean }>();
  const perMs = aMinute / 60_000;
  const filled = ({ left, at }: { left: number; at: number }, moment: number) =>
    Math.min(aMinute, left + (moment - at) * perMs);

  return {
    take(who) {
      const at = now();
      if (buckets.size > manyBuckets) {
        for (const [other, bucket] of buckets) if (filled(bucket, at) >= aMinute) buckets.delete(other);
      }
      const before = buckets.get(who);
      const left = before ? filled(before, at) : aMinute;
      const isEmpty = left < 1;
      buckets.set(who, { left: isEmpty ? left : left - 1, at, isEmpty });
      if (!isEmpty) return undefined;
      return { waitSeconds: Math.max(1, Math.ceil((1 - left) / perMs / 1_000)), isFirst: before?.isEmpty !== true };
    },
  };
}
