/** Degrees in words. */
import { formatCount, formatPercent, plural } from '../format.js';
import { unitsOfBin, type Bin } from './bins.js';
import type { DegreesView, Side } from './degrees-view.js';

const MAX_LISTED = 24;

/** `Degrees of a mask of 64 × 10 (25.0 % connected). Inputs per output: 9 to 23, most often 16 (3 outputs). … 2 inputs unused (0, 39).` */
export function degreesSentence(view: DegreesView): string {
  const { title, inputs, outputs, nnz, inSide, outSide } = view;
  const name = title ? `Degrees of “${title}”` : 'Degrees';
  return [
    `${name}: ${plural(inputs, 'input')} × ${plural(outputs, 'output')}, ${formatCount(nnz)} of ${formatCount(inputs * outputs)} connected (${formatPercent(nnz, inputs * outputs)}).`,
    `Inputs per output: ${spread(inSide, 'output')}.`,
    `Outputs per input: ${spread(outSide, 'input')}.`,
    ...zeroSentences(view),
  ].join(' ');
}

function spread({ degrees, counts }: Side, unit: string): string {
  const least = degrees[0];
  const most = degrees.at(-1);
  if (least === undefined || most === undefined) return 'none';
  if (least === most) return `${formatCount(least)} each`;
  const mode = counts.reduce((best, count, at) => (count > (counts[best] ?? 0) ? at : best), 0);
  return `${formatCount(least)} to ${formatCount(most)}, most often ${formatCount(degrees[mode] ?? 0)} (${plural(counts[mode] ?? 0, unit)})`;
}

/** Units without any connection, with as many of their indices as a reader takes in. */
export function zeroSentences({ inSide, outSide }: DegreesView): string[] {
  return [...zero(inSide, 'output', 'without inputs'), ...zero(outSide, 'input', 'unused')];
}

function zero(side: Side, unit: string, what: string): string[] {
  const count = side.degrees[0] === 0 ? (side.counts[0] ?? 0) : 0;
  if (count === 0) return [];
  const units = unitsOfBin(side, { first: 0, last: 0, units: count });
  return [`${plural(count, unit)} ${what}${units ? ` (${listed(units)})` : ''}.`];
}

export const listed = (units: readonly number[]): string => `${units.slice(0, MAX_LISTED).join(', ')}${units.length > MAX_LISTED ? ', …' : ''}`;

/** `3`, `20–39` */
export const binText = ({ first, last }: Bin): string => (first === last ? String(first) : `${first}–${last}`);

/** `5 outputs with 3 inputs (expected at random 6.2): 1, 4, 8, 12, 13` */
export function barText(side: Side, kind: 'in' | 'out', bin: Bin, expected: number | undefined): string {
  const [unit, other] = kind === 'in' ? ['output', 'input'] : ['input', 'output'];
  const units = unitsOfBin(side, bin);
  const random = expected === undefined ? '' : ` (at random ${expected < 0.05 ? 'about 0' : expected.toFixed(1)})`;
  return `${plural(bin.units, unit)} with ${binText(bin)} ${other}${bin.first === 1 && bin.last === 1 ? '' : 's'}${random}${units && units.length > 0 ? `: ${listed(units)}` : ''}`;
}
