/** One thing that a subject can run, again and again. */
export interface Contender {
  /** Floating-point operations of a run at live connections. */
  readonly flops?: number;
  /** How it is computed. */
  readonly note?: string;
  /** Runs for about so many milliseconds, at least once; resolves to milliseconds a run. */
  burst(milliseconds: number): Promise<number>;
  release(): void;
}

/** Of something short that runs at once: the median of its runs, so that one which was held up does not count. */
export function repeated(run: () => void, milliseconds: number, now: () => number = () => performance.now()): number {
  const times: number[] = [];
  const end = now() + milliseconds;
  for (let start = now(); times.length === 0 || start < end; ) {
    run();
    const stop = now();
    times.push(stop - start);
    start = stop;
  }
  times.sort((a, b) => a - b);
  return times[Math.floor((times.length - 1) / 2)] ?? NaN;
}
