/** One thing that is measured again and again. */
export type Series = {
  /** Does it once, and tells how many milliseconds the part of it that counts took. */
  take: () => Promise<number>;
  times: number[];
};

export const series = (take: Series['take']): Series => ({ take, times: [] });

/**
 * Takes one measurement of each series in each round, so that noise of the machine meets all of them; the order turns
 * from round to round. Rounds of warm-up are not counted: V8 needs some hundred calls to make the AWS SDK and Next fast, and
 * operators have a web that has run for a while.
 */
export async function interleave(all: Series[], { warmUp, rounds }: { warmUp: number; rounds: number }): Promise<void> {
  for (let round = -warmUp; round < rounds; round += 1) {
    for (const { take, times } of round % 2 === 0 ? all : all.toReversed()) {
      const time = await take();
      if (round >= 0) times.push(time);
    }
  }
}

/** How many milliseconds something takes, and what came of it. */
export async function timed<T>(run: () => Promise<T>): Promise<{ time: number; value: T }> {
  const began = performance.now();
  const value = await run();
  return { time: performance.now() - began, value };
}
