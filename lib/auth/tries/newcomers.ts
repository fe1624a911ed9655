/** An address that has tried within this time is no newcomer any more. */
const rememberedMs = 60_000;

/** So many addresses are remembered; of more, those that were there last. */
const most = 20_000;

/**
 * Tells who comes for the first time lately: `isNew` is true at most once a minute for an address, whatever became of the try.
 * Strangers who guess from many addresses have all been there after their first second, and then those who have not go first.
 */
export function openNewcomers(now: () => number = Date.now) {
  const lastSeen = new Map<string, number>();
  return {
    isNew(address: string): boolean {
      const at = now();
      const before = lastSeen.get(address);
      lastSeen.delete(address);
      lastSeen.set(address, at);
      const [oldest] = lastSeen.keys();
      if (lastSeen.size > most && oldest !== undefined) lastSeen.delete(oldest);
      return before === undefined || before < at - rememberedMs;
    },
  };
}
