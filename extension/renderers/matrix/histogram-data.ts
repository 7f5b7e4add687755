import { histogramOf } from '../../../kernel/model/views/weight-statistics.js';
import type { Selection } from '../selection.js';
import type { Subject, View } from './drawn.js';

export interface HistogramData {
  readonly counts: Uint32Array;
  /** Of the pinned units alone. */
  readonly pinned?: Uint32Array | undefined;
  readonly limit: number;
  readonly live: number;
  readonly missing: number;
  readonly quantity: string;
}

/** Of the mode that is drawn; undefined where it has no numbers, or a payload of tiles has none. */
export function histogramData(view: View, { mode, values, known }: Subject, pins: readonly Selection[]): HistogramData | undefined {
  if (view.view !== 'kernel' || mode.quantity === undefined) return undefined;
  const own = mode.name === 'weights' ? view.histogram : undefined;
  const counts = values ? histogramOf(values, mode.limit) : own;
  if (!counts) return undefined;
  const live = values?.length ?? view.nnz;
  const missing = view.inputs * view.outputs - live;
  const pinned = values && pins.length > 0 ? histogramOf(pinnedValues(known, pins), mode.limit) : undefined;
  return { counts, pinned, limit: mode.limit, live, missing, quantity: mode.quantity };
}

/** Values of pinned cells and of cells in pinned lines, each once. */
function pinnedValues(source: Subject['known'], pins: readonly Selection[]): Float32Array {
  const found: number[] = [];
  for (let row = 0; row < source.inputs; row++) {
    const mine = pins.filter((pin) => pin.row === undefined || pin.row === row);
    if (mine.length === 0) continue;
    const outputs = source.outputsOf(row);
    for (let k = 0; k < (outputs?.length ?? 0); k++) {
      const column = outputs?.[k] ?? 0;
      if (!mine.some((pin) => pin.column === undefined || pin.column === column)) continue;
      const cell = source.cell({ row, column });
      if (cell.kind === 'connected' && cell.weight !== undefined) found.push(cell.weight);
    }
  }
  return Float32Array.from(found);
}
