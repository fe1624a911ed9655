/** A goal as it is printed, and whether what was measured reaches it. */
type Goal = { text: string; isReached: boolean };

type Line = { what: string; ours: string; reference: string; ratio: string; goal: Goal };

/** Prints one number of ours beside its reference; a missed goal is marked, never thrown. */
export function printLine({ what, ours, reference, ratio, goal }: Line): void {
  const verdict = goal.isReached ? '' : ' | missed';
  console.log(`${what} | ours ${ours} | reference ${reference} | ratio ${ratio} | goal ${goal.text}${verdict}`);
}

/** Something beside the lines that makes them understood. */
export function printNote(text: string): void {
  console.log(`    ${text}`);
}

/** How many milliseconds ours takes on top of the reference, at the median. */
export function printAdded(what: string, ours: number[], reference: number[], maxAddedMs: number): void {
  const added = percentile(ours, 50) - percentile(reference, 50);
  printLine({
    what,
    ours: spread(ours),
    reference: spread(reference),
    ratio: `${ratioOf(ours, reference, 50)} (added p50 ${ms(added)})`,
    goal: { text: `added p50 <= ${maxAddedMs} ms`, isReached: added <= maxAddedMs },
  });
}

/** How many times faster than the reference ours is, at the median. */
export function printFaster(what: string, ours: number[], reference: number[], leastTimes: number): void {
  const times = percentile(reference, 50) / percentile(ours, 50);
  printLine({
    what,
    ours: spread(ours),
    reference: spread(reference),
    ratio: `${times.toFixed(0)}x faster`,
    goal: { text: `>= ${leastTimes}x faster`, isReached: times >= leastTimes },
  });
}

/** Milliseconds against a limit, with what the reference takes for the same. */
export function printWithin(what: string, ours: number[], reference: number[], maxMs: number, at: 50 | 95 = 95): void {
  printLine({
    what,
    ours: spread(ours),
    reference: spread(reference),
    ratio: ratioOf(ours, reference, at),
    goal: { text: `p${at} <= ${maxMs} ms`, isReached: percentile(ours, at) <= maxMs },
  });
}

/** Milliseconds against how many times as long as the reference they may take. */
export function printBeside(what: string, ours: number[], reference: number[], mostTimes: number): void {
  printLine({
    what,
    ours: spread(ours),
    reference: spread(reference),
    ratio: ratioOf(ours, reference, 95),
    goal: { text: `p95 <= ${mostTimes}x`, isReached: percentile(ours, 95) <= mostTimes * percentile(reference, 95) },
  });
}

/** How what was measured grew from size to size, beside how the sizes did. */
export function printGrowth(what: string, msBySize: Map<number, number>): void {
  const sizes = [...msBySize].sort(([one], [other]) => one - other);
  const steps = sizes.slice(1).map(([size, time], place) => {
    const [smaller, before] = sizes[place] ?? [size, time];
    return `${(time / before).toFixed(1)}x for ${(size / smaller).toFixed(0)}x the people`;
  });
  if (steps.length > 0) printNote(`Growth of ${what}: ${steps.join(', then ')}`);
}

/** The value that this share of the numbers, in per cent, does not exceed. */
export function percentile(numbers: number[], share: number): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const value = sorted[Math.max(0, Math.ceil((share / 100) * sorted.length) - 1)];
  if (value === undefined) throw new Error('Nothing was measured');
  return value;
}

const ratioOf = (ours: number[], reference: number[], at: number) =>
  (percentile(ours, at) / percentile(reference, at)).toFixed(2);

const spread = (times: number[]) => `p50 ${ms(percentile(times, 50))}, p95 ${ms(percentile(times, 95))}`;

const ms = (time: number) => `${Math.abs(time) < 100 ? time.toFixed(1) : time.toFixed(0)} ms`;
