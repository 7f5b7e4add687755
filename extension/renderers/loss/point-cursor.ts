/** Reading loss curves with the keyboard: left and right between the points of a line, up and down between lines. */
import { formatNumber } from '../../../kernel/model/views/format.js';
import { lowerBound } from '../../../kernel/model/views/lower-bound.js';
import type { Series } from '../../../kernel/model/views/loss-series.js';

export interface Cursor {
  readonly line: number;
  readonly epoch: number;
}

/** Where a key moves the cursor; undefined takes it away; `not ours` leaves the key to the notebook. Lines are those that are read. */
export function movePoint(key: string, from: Cursor | undefined, lines: readonly Series[]): Cursor | undefined | 'not ours' {
  if (key === 'Escape') return from ? undefined : 'not ours';
  if (!MOVES.has(key) || lines.length === 0) return 'not ours';
  // Behind a stop of the run, or with fewer lines after an update, the cursor is where it can be.
  const line = Math.min(from?.line ?? firstLine(lines), lines.length - 1);
  const x = lines[line]?.curve.x ?? new Float64Array(0);
  if (!from) return { line, epoch: x[key === 'ArrowLeft' || key === 'End' ? x.length - 1 : 0] ?? 0 };
  if (key === 'ArrowUp' || key === 'ArrowDown') {
    const next = Math.max(0, Math.min(lines.length - 1, line + (key === 'ArrowDown' ? 1 : -1)));
    return { line: next, epoch: nearest(lines[next]?.curve.x ?? x, from.epoch) };
  }
  const at = indexOf(x, from.epoch);
  // A page of a long line is a twentieth of it.
  const page = Math.max(10, Math.round(x.length / 20));
  const to: Readonly<Record<string, number>> = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: x.length - 1, PageUp: at - page, PageDown: at + page };
  return { line, epoch: x[Math.max(0, Math.min(x.length - 1, to[key] ?? at))] ?? 0 };
}

const MOVES = new Set(['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End', 'PageUp', 'PageDown']);

/** The first line of whole epochs. */
const firstLine = (lines: readonly Series[]): number => Math.max(0, lines.findIndex(({ kind, curve }) => kind === 'training' && curve.x.length > 0));

function indexOf(x: Float64Array, epoch: number): number {
  const after = Math.min(lowerBound(x, epoch), x.length - 1);
  return after > 0 && epoch - (x[after - 1] ?? 0) < (x[after] ?? 0) - epoch ? after - 1 : Math.max(0, after);
}

const nearest = (x: Float64Array, epoch: number): number => x[indexOf(x, epoch)] ?? epoch;

/** `epoch 12, training 0.31; validation 0.35`: the line of the cursor first. */
export function pointText(lines: readonly Series[], { line, epoch }: Cursor): string {
  const at = ({ label, curve }: Series): string[] => {
    const index = indexOf(curve.x, epoch);
    return curve.x[index] === epoch ? [`${label} ${formatNumber(curve.y[index] ?? NaN)}`] : [];
  };
  const own = lines[line];
  const others = lines.filter((other) => other !== own && other.kind !== 'steps').flatMap(at);
  return `epoch ${formatNumber(epoch)}, ${[...(own ? at(own) : []), ...others].join('; ')}`;
}
