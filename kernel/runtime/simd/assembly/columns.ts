/**
 * Panels by columns: the values of four samples at a time, feature by feature, for what looks at a sample as a whole. A batch
 * of one is a plain vector: one lane of four is used, and three of a neighbour's are never stored.
 */
import { fullPanels, lastRow, ROW, sampleLanes } from './vector';

/** Panels that a batch has. */
// @ts-ignore: decorator
@inline
export function panelCount(batch: i32): i32 {
  return (batch + 15) >> 4;
}

/** Bytes of a row of this panel. */
// @ts-ignore: decorator
@inline
export function panelRow(panel: i32, batch: i32): usize {
  return panel < fullPanels(batch) ? ROW : lastRow(batch);
}

/** Where a panel begins. */
// @ts-ignore: decorator
@inline
export function panelAt(panels: usize, panel: i32, features: i32): usize {
  return panels + <usize>panel * <usize>features * ROW;
}

/** Ones in the lanes of these four that hold samples; `first` is the first of them. */
// @ts-ignore: decorator
@inline
export function lanesOf(first: i32, batch: i32): v128 {
  return first + 4 <= batch ? i32x4.splat(-1) : sampleLanes(batch);
}

// @ts-ignore: decorator
@inline
export function read(row: usize, at: usize): v128 {
  return row == 4 ? v128.load32_zero(at) : v128.load(at);
}

// @ts-ignore: decorator
@inline
export function write(row: usize, at: usize, value: v128): void {
  if (row == 4) v128.store32_lane(at, value, 0);
  else v128.store(at, value);
}
