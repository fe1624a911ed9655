/**
 * Collects what is given to it while a call is on its way and sends it together in the next one. Next sends a page's
 * actions strictly one after another, so twenty quick changes would otherwise wait for twenty calls.
 */
export type Batcher<Item, Answer> = {
  /** Resolves with the item's own answer; rejects when its call gave none. Null when it was withdrawn before. */
  add(key: string, item: Item): Promise<Answer | null>;
  /** Changes what is sent for a key that has not left yet. */
  replace(key: string, item: Item): void;
  /** Takes a key back that has not left yet. */
  withdraw(key: string): void;
};

type Waiting<Item, Answer> = { item: Item; resolve(answer: Answer | null): void; reject(error: unknown): void };

export function createBatcher<Item, Answer>(
  most: number,
  leaving: (items: Item[]) => void,
  send: (items: Item[]) => Promise<(Answer | undefined)[]>,
  moment: () => Promise<void> = () => Promise.resolve(),
): Batcher<Item, Answer> {
  const waiting = new Map<string, Waiting<Item, Answer>>();
  let isSending = false;

  async function sendAll() {
    if (isSending) return;
    isSending = true;
    try {
      await moment(); // What is chosen meanwhile travels together.
      while (waiting.size > 0) await sendSome();
    } finally {
      isSending = false;
    }
  }

  async function sendSome() {
    const batch = [...waiting].slice(0, most);
    for (const [key] of batch) waiting.delete(key);
    try {
      const items = batch.map(([, { item }]) => item);
      leaving(items);
      const answers = await send(items);
      batch.forEach(([, { resolve, reject }], index) => {
        const answer = answers[index];
        if (answer === undefined) reject(new Error('No answer for this change.'));
        else resolve(answer);
      });
    } catch (error) {
      for (const [, { reject }] of batch) reject(error);
    }
  }

  return {
    add(key, item) {
      waiting.get(key)?.resolve(null);
      return new Promise((resolve, reject) => {
        waiting.set(key, { item, resolve, reject });
        void sendAll();
      });
    },
    replace(key, item) {
      const entry = waiting.get(key);
      if (entry) entry.item = item;
    },
    withdraw(key) {
      waiting.get(key)?.resolve(null);
      waiting.delete(key);
    },
  };
}
