/** One request to the API. `status` is null until it is answered, and stays so when the connection was dropped. */
export type Call = {
  seq: number;
  at: string;
  operation: string | null;
  accountId: string | null;
  userId: string | null;
  status: number | null;
  requestId: string;
  invocationId: string | null;
};

const kept = 10_000;

/** The last 10,000 requests, in the order they arrived. */
export class CallLog {
  #calls: Call[] = [];
  #next = 1;

  add(call: Omit<Call, 'seq'>): Call {
    const logged = { seq: this.#next, ...call };
    this.#calls[this.#next % kept] = logged;
    this.#next += 1;
    return logged;
  }

  after(seq: number): Call[] {
    return this.#calls.filter((call) => call.seq > seq).sort((a, b) => a.seq - b.seq);
  }

  clear(): void {
    this.#calls = [];
  }
}
