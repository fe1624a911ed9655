type Waiting<T> = { item: T; done: () => void; failed: (error: unknown) => void };

type Options<T> = {
  /** The most that go together. */
  most: number;
  /** Only what has the same key goes together; keys do not wait for each other. */
  keyOf: (item: T) => string;
  run: (group: T[]) => Promise<void>;
  /** Whether an error is about one of a group, so that each of it is tried alone. After any other, all may have been done all the same. */
  isAboutOne: (error: unknown) => boolean;
};

/**
 * Does things one after the other, and those together that come while others are being done: many at once then cost one transaction,
 * and one wait for the disk. Each resolves or rejects on its own.
 */
export function openGroups<T>({ most, keyOf, run, isAboutOne }: Options<T>): (item: T) => Promise<void> {
  const queues = new Map<string, Waiting<T>[]>();

  async function work(key: string, queue: Waiting<T>[]): Promise<void> {
    while (queue.length > 0) {
      const group = queue.splice(0, most);
      try {
        await run(group.map(({ item }) => item));
        for (const { done } of group) done();
      } catch (error) {
        if (group.length === 1 || !isAboutOne(error)) for (const { failed } of group) failed(error);
        else for (const { item, done, failed } of group) await run([item]).then(done, failed);
      }
    }
    queues.delete(key);
  }

  return (item) =>
    new Promise((done, failed) => {
      const key = keyOf(item);
      const queue = queues.get(key);
      if (queue) {
        queue.push({ item, done, failed });
        return;
      }
      const begun = [{ item, done, failed }];
      queues.set(key, begun);
      void work(key, begun);
    });
}
