/**
 * Short bursts, turn by turn between the contenders, so that a machine that slows down slows all of them. A burst is several
 * runs where they are short: the first one finds the cache full of what others have left there.
 */
import { summarize, type Summary } from '../../kernel/bench/statistics.js';

export interface Contender {
  readonly name: string;
  readonly run: () => void;
}

export interface Timing {
  /** Milliseconds of the fastest run. */
  readonly best: number;
  readonly all: Summary;
}

/** Milliseconds of one contender's turn, at least one run. */
const BURST = 15;

/**
 * @param seconds for all contenders together; each runs at least 4 times
 * @returns by name of the contender
 */
export function bursts(contenders: readonly Contender[], seconds: number): Map<string, Timing> {
  const times = new Map(contenders.map(({ name }) => [name, [] as number[]]));
  // V8's better code for a kernel comes after some milliseconds of it.
  for (const { run } of contenders) for (const until = performance.now() + 30; performance.now() < until; ) run();
  const end = performance.now() + seconds * 1000;
  for (let turn = 0; turn < 4 || performance.now() < end; turn++) {
    for (const { name, run } of contenders) {
      const until = performance.now() + BURST;
      for (let start = performance.now(); start < until; ) {
        run();
        const stop = performance.now();
        times.get(name)?.push(stop - start);
        start = stop;
      }
    }
  }
  return new Map([...times].map(([name, samples]) => [name, { best: Math.min(...samples), all: summarize(samples) }]));
}
