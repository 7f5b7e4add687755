/** At most so many updates a second; what comes between them is replaced by what comes after it. */
export const MIN_INTERVAL_MS = 100;

export class Throttle {
  #last = -Infinity;

  /** True when an update is due now; the caller then does it. `now` in milliseconds. */
  due(now: number = performance.now()): boolean {
    if (now - this.#last < MIN_INTERVAL_MS) return false;
    this.#last = now;
    return true;
  }
}
