/** A payload of tiles as the source of a drawn matrix: counts are exact for any join of its tiles; below them only lone connections. */
import { highest } from '../tile-counts.js';
import { cellsOfTile, mergeWindow, type Tiles } from '../tiles.js';
import type { LoneConnections, TileDetail } from '../tile-detail.js';
import { wholeGrid } from './count-window.js';
import type { Finest, Place } from './camera.js';
import type { Cell, CellSource, CountedWindow, Direction, TileWindow } from './cell-source.js';

export class TiledSource implements CellSource {
  readonly finest: Finest;
  readonly nnz: number;
  readonly inDegree: Uint32Array | undefined;
  readonly outDegree: Uint32Array | undefined;
  readonly #tiles: Tiles;
  readonly #most = new Map<string, number>();
  readonly #alone: ReadonlyMap<number, Place>;

  constructor(
    readonly inputs: number,
    readonly outputs: number,
    tiles: Tiles,
    { inDegree, outDegree, lone }: TileDetail = {},
  ) {
    this.finest = { down: tiles.down, across: tiles.across };
    this.nnz = tiles.counts.reduce((sum, count) => sum + count, 0);
    this.#tiles = tiles;
    this.inDegree = inDegree;
    this.outDegree = outDegree;
    this.#alone = placesByTile(tiles, lone);
  }

  /** The count of the payload's tile that holds a cell. */
  around({ row, column }: Place): { readonly count: number; readonly cells: number } {
    const tileRow = Math.floor(row / this.#tiles.down);
    const tileColumn = Math.floor(column / this.#tiles.across);
    return { count: this.#tiles.counts[tileRow * this.#tiles.columns + tileColumn] ?? 0, cells: cellsOfTile(this.#tiles, this.inputs, this.outputs, tileRow, tileColumn) };
  }

  /** Of the payload's tiles, by the unit: their number in a row of tiles, and their counts row by row. */
  get tiles(): Pick<Tiles, 'counts' | 'columns'> {
    return this.#tiles;
  }

  /** Where the only connection of a tile is, when the payload says so. */
  aloneNear({ row, column }: Place): Place | undefined {
    return this.#alone.get(Math.floor(row / this.#tiles.down) * this.#tiles.columns + Math.floor(column / this.#tiles.across));
  }

  cell(place: Place): Cell {
    const { count, cells } = this.around(place);
    if (count === 0) return { kind: 'absent' };
    if (count === cells && !this.#tiles.extremes) return { kind: 'connected' };
    const alone = this.aloneNear(place);
    if (!alone) return { kind: 'unknown' };
    return alone.row === place.row && alone.column === place.column ? { kind: 'connected' } : { kind: 'absent' };
  }

  outputsOf(): undefined {
    return undefined;
  }

  count(window: TileWindow): CountedWindow {
    return mergeWindow(this.#tiles, window);
  }

  most(down: number, across: number): number {
    const key = `${down}×${across}`;
    const known = this.#most.get(key) ?? highest(this.count(wholeGrid(this, down, across)).counts);
    this.#most.set(key, known);
    return known;
  }

  /** The next tile that holds a connection: its lone one, or its first cell. */
  next({ row, column }: Place, direction: Direction): Place | undefined {
    const { down, across, columns, rows, counts } = this.#tiles;
    const step = direction === 'down' || direction === 'right' ? 1 : -1;
    const isVertical = direction === 'up' || direction === 'down';
    let r = Math.floor(row / down);
    let c = Math.floor(column / across);
    for (;;) {
      if (isVertical) r += step;
      else c += step;
      if (r < 0 || c < 0 || r >= rows || c >= columns) return undefined;
      if ((counts[r * columns + c] ?? 0) > 0) return this.#alone.get(r * columns + c) ?? { row: r * down, column: c * across };
    }
  }
}

function placesByTile({ down, across, columns }: Tiles, lone: LoneConnections | undefined): Map<number, Place> {
  const places = new Map<number, Place>();
  lone?.rows.forEach((row, k) => {
    const column = lone.columns[k] ?? 0;
    places.set(Math.floor(row / down) * columns + Math.floor(column / across), { row, column });
  });
  return places;
}
