/** Connections counted per tile, of a whole matrix or of a window of it. */
export interface TileCounts {
  /** Connections per tile, row by row. */
  readonly counts: Uint32Array;
  /** The live weight of largest size in each tile, 0 where there is none; for kernels. A NaN wins over all. */
  readonly extremes?: Float32Array;
}

/** A window of the grid of tiles that starts at unit 0: tiles `top` … `top + rows − 1` down, `left` … `left + columns − 1` across. */
export interface TileWindow {
  readonly down: number;
  readonly across: number;
  readonly top: number;
  readonly left: number;
  readonly rows: number;
  readonly columns: number;
}

export const stronger = (a: number, b: number): number => (Number.isNaN(a) || Math.abs(a) >= Math.abs(b) ? a : b);

/** The largest count: the upper end of the density ramp. */
export const highest = (counts: Uint32Array): number => counts.reduce((most, count) => Math.max(most, count), 0);
