/** Reading loss curves with the keyboard, epoch by epoch. */
import { formatNumber } from '../../kernel/model/views/format.js';
import type { Curve, LossView } from '../../kernel/model/views/loss-view.js';

/** Every epoch at which some curve has a point, ascending. */
export function epochsOf({ runs }: LossView): number[] {
  const epochs = new Set(runs.flatMap(({ training, validation }) => [...training.x, ...(validation?.x ?? [])]));
  return [...epochs].sort((a, b) => a - b);
}

/** The index that a key moves to; undefined takes the cursor away; `not ours` leaves the key to the notebook. */
export function moveEpoch(key: string, from: number | undefined, count: number): number | undefined | 'not ours' {
  if (count === 0) return 'not ours';
  if (key === 'Escape') return from === undefined ? 'not ours' : undefined;
  const at = from ?? (key === 'ArrowLeft' ? count : -1);
  const moves: Readonly<Record<string, number>> = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: count - 1, PageUp: at - 10, PageDown: at + 10 };
  const to = moves[key];
  return to === undefined ? 'not ours' : Math.min(count - 1, Math.max(0, to));
}

/** `epoch 12: training 0.31, validation 0.35` */
export function epochText({ runs }: LossView, epoch: number): string {
  const parts = runs.flatMap(({ name, training, validation }) => {
    const of = runs.length > 1 ? `${name} ` : '';
    return [...valueAt(`${of}training`, training, epoch), ...(validation ? valueAt(`${of}validation`, validation, epoch) : [])];
  });
  return `epoch ${formatNumber(epoch)}: ${parts.join(', ')}`;
}

function valueAt(label: string, { x, y }: Curve, epoch: number): string[] {
  const at = x.indexOf(epoch);
  return at < 0 ? [] : [`${label} ${formatNumber(y[at] ?? NaN)}`];
}
