/** More work waits than can be done soon: the caller should try again later. */
export class TooBusy extends Error {
  override name = 'TooBusy';
}

type Limits = { atOnce: number; maxWaiting: number; maxWaitingForOne: number };

type Waiting = { name: string; rank: number; start: () => void };

/**
 * Lets a few pieces of heavy work run at a time, those of the highest rank first. Each rank has a short line of its own, and no
 * single name may fill it: work that would have to wait longer is refused at once, with `TooBusy`.
 */
export function openQueue({ atOnce, maxWaiting, maxWaitingForOne }: Limits) {
  let running = 0;
  const line: Waiting[] = [];

  function next() {
    const highest = Math.max(...line.map(({ rank }) => rank));
    const at = line.findIndex(({ rank }) => rank === highest);
    const [first] = line.splice(at, 1);
    first?.start();
  }

  return async function inTurn<T>(name: string, rank: number, work: () => Promise<T>): Promise<T> {
    if (running >= atOnce) {
      const alike = line.filter((one) => one.rank === rank);
      const isFull = alike.length >= maxWaiting || alike.filter((one) => one.name === name).length >= maxWaitingForOne;
      if (isFull) throw new TooBusy('Too much is waiting for its turn.');
      await new Promise<void>((start) => line.push({ name, rank, start }));
    } else {
      running += 1;
    }
    try {
      return await work();
    } finally {
      if (line.length > 0) next();
      else running -= 1;
    }
  };
}
