/** A progress bar around a loop. */
import { ArgumentError } from '../argument-error.js';
import { currentHost } from './host.js';
import { newDisplayId, publish } from './publish.js';
import { Throttle } from './throttle.js';

export interface ProgressOptions {
  /** Items that will come; default the length or size of the iterable, where it has one. */
  readonly total?: number;
  readonly label?: string;
}

/**
 * `for (const x of progress(iterable)) …` shows how far the loop is: one display, updated in place, at most ten times a second.
 * When the user interrupts the cell, the loop throws after the item it is at, and the cell ends there.
 *
 * @throws ArgumentError when the first argument cannot be iterated or `total` is not a number of at least 0
 */
export function progress<Item>(iterable: Iterable<Item>, options: ProgressOptions = {}): Generator<Item, void, undefined> {
  if (typeof iterable?.[Symbol.iterator] !== 'function') throw new ArgumentError('progress: iterable', iterable, 'something that for … of takes, such as an array');
  const total = options.total ?? lengthOf(iterable);
  if (total !== undefined && !(total >= 0)) throw new ArgumentError('progress: total', total, 'a number of at least 0');
  return run(iterable, total, options.label);
}

function* run<Item>(iterable: Iterable<Item>, total: number | undefined, label: string | undefined): Generator<Item, void, undefined> {
  const start = performance.now();
  const displayId = newDisplayId();
  const throttle = new Throttle();
  let done = 0;
  let complete = false;
  const line = (): string => progressLine({ done, total, label, seconds: (performance.now() - start) / 1000, complete });
  const update = (first: boolean): void => {
    if (currentHost()) publish({ 'text/plain': line() }, { displayId, update: !first });
    else if (process.stdout.isTTY) process.stdout.write(`\r\u001b[2K${line()}${complete ? '\n' : ''}`);
    else if (complete) console.log(line());
  };
  throttle.due();
  update(true);
  const leaveLoop = currentHost()?.enterLoop();
  try {
    for (const item of iterable) {
      yield item;
      done++;
      if (throttle.due()) update(false);
      currentHost()?.checkpoint();
    }
  } finally {
    leaveLoop?.();
    // Also after `break` and after an error: the bar then says how far the loop came.
    complete = true;
    update(false);
  }
}

function lengthOf(iterable: object): number | undefined {
  if ('length' in iterable && typeof iterable.length === 'number') return iterable.length;
  return 'size' in iterable && typeof iterable.size === 'number' ? iterable.size : undefined;
}

export interface ProgressState {
  readonly done: number;
  readonly total: number | undefined;
  readonly label: string | undefined;
  readonly seconds: number;
  /** The loop has ended. */
  readonly complete: boolean;
}

const BAR = 20;
/** Before that, an estimate of the time that is left would jump about. */
const ESTIMATE_FROM_S = 3;

/** `epochs 37/200 ███▋················ 18 % · 1.3 s each · about 3 min left` */
export function progressLine({ done, total, label, seconds, complete }: ProgressState): string {
  const head = label ? `${label} ` : '';
  const took = `${formatSeconds(seconds)}`;
  if (total === undefined || total === 0) return `${head}${done} · ${took}`;
  const share = Math.min(1, done / total);
  const filled = Math.round(share * BAR);
  const bar = '█'.repeat(filled) + '░'.repeat(BAR - filled);
  const parts = [`${head}${done}/${total} ${bar} ${Math.round(100 * share)} %`];
  if (complete) parts.push(took);
  else if (done > 0 && seconds >= ESTIMATE_FROM_S) parts.push(`${formatSeconds(seconds / done)} each`, `about ${formatSeconds((seconds / done) * (total - done))} left`);
  return parts.join(' · ');
}

export function formatSeconds(seconds: number): string {
  if (seconds < 1) return `${Math.round(1000 * seconds)} ms`;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
  return `${Math.floor(seconds / 3600)} h ${Math.round((seconds % 3600) / 60)} min`;
}
