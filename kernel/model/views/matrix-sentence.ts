/** One sentence (or three short ones) that a screen reader can read in place of a matrix. */
import type { Orphans, Spread } from './degree-summary.js';
import { formatCount, formatNumber, formatPercent, plural } from './format.js';
import type { KernelView } from './kernel-view.js';
import type { MaskView } from './mask-view.js';
import type { MatrixView } from './matrix-view.js';

/** `Connection mask, 64 inputs × 10 outputs: 160 of 640 connected (25.0 %). Inputs per output: min 9, median 16, max 23. …` */
export function maskSentence(view: MaskView): string {
  const what = view.title ? `Connection mask “${view.title}”` : 'Connection mask';
  const parts = [`${what}, ${shape(view)}: ${connected(view)}.`];
  if (view.nnz > 0) parts.push(`Inputs per output: ${spreadText(view.degrees.inDegree)}.`);
  return [...parts, ...orphanSentences(view)].join(' ');
}

/** `Kernel of layer dense_1, 3 inputs × 2 outputs: 4 of 6 connected (66.7 %). Live weights from −0.52 to 0.81, mean size 0.33. …` */
export function kernelSentence(view: KernelView): string {
  const name = view.title ? `Kernel “${view.title}”` : view.layer ? `Kernel of layer ${view.layer}` : 'Kernel';
  const { min, max, meanSize, zeros, notFinite } = view.statistics;
  const parts = [`${name}, ${shape(view)}: ${connected(view)}.`];
  if (view.nnz > notFinite) parts.push(`Live weights from ${formatNumber(min)} to ${formatNumber(max)}, mean size ${formatNumber(meanSize)}.`);
  if (zeros > 0) parts.push(`${plural(zeros, 'live weight')} ${zeros === 1 ? 'is' : 'are'} 0.`);
  if (notFinite > 0) parts.push(`${plural(notFinite, 'live weight')} ${notFinite === 1 ? 'is' : 'are'} NaN or infinite.`);
  return [...parts, ...orphanSentences(view)].join(' ');
}

/** Above a matrix: its title, or what it is. */
export const matrixTitle = (view: MaskView | KernelView): string =>
  view.title ?? (view.view === 'mask' ? 'Connection mask' : view.layer ? `Kernel of ${view.layer}` : 'Kernel');

export const matrixSentence = (view: MaskView | KernelView): string => (view.view === 'kernel' ? kernelSentence(view) : maskSentence(view));

const shape = ({ inputs, outputs }: MatrixView): string => `${plural(inputs, 'input')} × ${plural(outputs, 'output')}`;

export function connected({ inputs, outputs, nnz }: MatrixView): string {
  const cells = inputs * outputs;
  return `${formatCount(nnz)} of ${formatCount(cells)} connected (${formatPercent(nnz, cells)})`;
}

/** `9 each`, `min 9, median 16, max 23` */
export const spreadText = ({ min, median, max }: Spread): string => (min === max ? `${min} each` : `min ${min}, median ${median}, max ${max}`);

/** What a student most often wired by mistake. */
export function orphanSentences({ degrees }: MatrixView): string[] {
  const { unusedInputs, unconnectedOutputs } = degrees;
  return [
    ...(unusedInputs.count > 0 ? [`${plural(unusedInputs.count, 'input')} unused ${list(unusedInputs)}.`] : []),
    ...(unconnectedOutputs.count > 0 ? [`${plural(unconnectedOutputs.count, 'output')} without inputs ${list(unconnectedOutputs)}.`] : []),
  ];
}

const list = ({ count, first }: Orphans): string => `(${first.join(', ')}${count > first.length ? ', …' : ''})`;
