export type ThrottleSetting = { callsPerSecond: number | null; retryAfterSeconds?: number };

/** A token bucket holding one second's worth of calls, and never less than one call. */
export class Throttle {
  #setting: ThrottleSetting = { callsPerSecond: null };
  #tokens = 0;
  #filledAt = 0;

  get setting(): ThrottleSetting {
    return this.#setting;
  }

  set(setting: ThrottleSetting): void {
    this.#setting = setting;
    this.#tokens = capacityOf(setting);
    this.#filledAt = performance.now();
  }

  /** Takes one call out of the bucket; false when it is empty. */
  admits(): boolean {
    const { callsPerSecond } = this.#setting;
    if (callsPerSecond === null) return true;
    const now = performance.now();
    const filled = this.#tokens + ((now - this.#filledAt) / 1000) * callsPerSecond;
    this.#tokens = Math.min(capacityOf(this.#setting), filled);
    this.#filledAt = now;
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }
}

function capacityOf({ callsPerSecond }: ThrottleSetting): number {
  return Math.max(1, callsPerSecond ?? 1);
}
