/** Losses that have no place on the axis: a triangle at its edge, and a count. */
import { formatCount, plural } from '../format.js';
import type { Curve } from '../loss-view.js';

export type Oddity = 'nan' | 'infinite' | 'low';

/** `low`: −∞, and on a logarithmic axis what is not above 0; it stands at the lower edge, the others at the upper. */
export function oddityOf(value: number, logY: boolean): Oddity | undefined {
  const sent = Math.fround(value);
  if (Number.isNaN(sent)) return 'nan';
  if (sent === Infinity) return 'infinite';
  return sent === -Infinity || (logY && sent <= 0) ? 'low' : undefined;
}

export interface OddPoint {
  readonly x: number;
  readonly oddity: Oddity;
}

export function oddPoints({ x, y }: Curve, logY: boolean): readonly OddPoint[] {
  const found: OddPoint[] = [];
  for (let at = 0; at < x.length; at++) {
    const oddity = oddityOf(y[at] ?? NaN, logY);
    if (oddity) found.push({ x: x[at] ?? 0, oddity });
  }
  return found;
}

/** `At the edge: 3 points NaN, 1 infinite, 12 not above 0.`; undefined when every loss has its place. */
export function oddText(points: readonly OddPoint[], logY: boolean): string | undefined {
  const count = (oddity: Oddity): number => points.filter((point) => point.oddity === oddity).length;
  const parts = (['nan', 'infinite', 'low'] as const).flatMap((oddity) => (count(oddity) > 0 ? [{ count: count(oddity), word: WORDS[oddity](logY) }] : []));
  const [first, ...more] = parts;
  if (!first) return undefined;
  return `At the edge: ${[`${plural(first.count, 'point')} ${first.word}`, ...more.map((part) => `${formatCount(part.count)} ${part.word}`)].join(', ')}.`;
}

const WORDS: Readonly<Record<Oddity, (logY: boolean) => string>> = {
  nan: () => 'NaN',
  infinite: () => 'infinite',
  low: (logY) => (logY ? 'not above 0' : 'minus infinity'),
};
