/** Where the cells of a drawn matrix come from: a mask in memory, a payload, a kernel that answers by message, an editor. */
import type { TileCounts, TileWindow } from '../tile-counts.js';
import type { Finest, Place } from './camera.js';

export type { TileWindow };

/** Exact counts for a window. Tiles of one cell hold 0 or 1, and in a kernel their weight. */
export interface CountedWindow extends TileWindow, TileCounts {
  /** 1 where something differs from what the editor began with. */
  readonly changed?: Uint8Array;
  /** 1 where the tile is only known to be somewhere in a larger one: what is drawn there is not exact yet. */
  readonly coarse?: Uint8Array;
}

export type Cell =
  | { readonly kind: 'absent' }
  | { readonly kind: 'connected'; readonly weight?: number }
  /** Within a tile of which only the count is known. */
  | { readonly kind: 'unknown' };

export type Direction = 'up' | 'down' | 'left' | 'right';

export interface CellSource {
  readonly inputs: number;
  readonly outputs: number;
  readonly nnz: number;
  readonly finest: Finest;
  cell(place: Place): Cell;
  /** Outputs of an input, ascending; undefined where they are not known. */
  outputsOf(row: number): ArrayLike<number> | undefined;
  /** The sides of the tiles are multiples of `finest`. */
  count(window: TileWindow): CountedWindow;
  /** The largest count of any tile of that size: the end of the ramp, steady while the camera moves. */
  most(down: number, across: number): number;
  /** Connections per output and per input. */
  readonly inDegree: Uint32Array | undefined;
  readonly outDegree: Uint32Array | undefined;
  /** The nearest connected cell (or tile that holds one) in that direction. */
  next(from: Place, direction: Direction): Place | undefined;
}
