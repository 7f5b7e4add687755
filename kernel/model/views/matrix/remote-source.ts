/**
 * A payload of tiles, and a kernel that knows what is below them. What is on its way is drawn from the payload: where its tiles are
 * empty nothing is, where they are not the place is marked as coarse.
 */
import type { Finest, Place } from './camera.js';
import type { Cell, CellSource, CountedWindow, Direction, TileWindow } from './cell-source.js';
import { readTiles, type TilesRequest } from './tile-messages.js';
import type { TiledSource } from './tiled-source.js';

/** Tiles that are asked for beyond the window, as a part of it: a short drag asks for nothing. */
const MARGIN = 0.3;
const KEPT = 6;

export class RemoteSource implements CellSource {
  readonly finest: Finest = { down: 1, across: 1 };
  readonly #known: TiledSource;
  readonly #ask: (request: TilesRequest) => void;
  #answers: CountedWindow[] = [];
  readonly #most = new Map<string, number>();
  #asked: TileWindow | undefined;

  constructor(known: TiledSource, ask: (request: TilesRequest) => void) {
    this.#known = known;
    this.#ask = ask;
  }

  get inputs(): number {
    return this.#known.inputs;
  }

  get outputs(): number {
    return this.#known.outputs;
  }

  get nnz(): number {
    return this.#known.nnz;
  }

  get inDegree(): Uint32Array | undefined {
    return this.#known.inDegree;
  }

  get outDegree(): Uint32Array | undefined {
    return this.#known.outDegree;
  }

  /** True when the message is an answer: what is drawn may have changed. */
  take(message: unknown): boolean {
    const answer = readTiles(message, this);
    if (answer === undefined) return false;
    const { counted, most } = answer;
    this.#answers = [counted, ...this.#answers].slice(0, KEPT);
    this.#most.set(keyOf(counted), most);
    this.#asked = undefined;
    return true;
  }

  count(window: TileWindow): CountedWindow {
    if (isMultiple(window, this.#known.finest)) return this.#known.count(window);
    const answer = this.#answers.find((kept) => holds(kept, window));
    if (answer) return cut(answer, window);
    this.#request(window);
    return this.#coarse(window);
  }

  most(down: number, across: number): number {
    if (down === 1 && across === 1) return 1;
    if (isMultiple({ down, across }, this.#known.finest)) return this.#known.most(down, across);
    const { down: least, across: narrow } = this.#known.finest;
    return this.#most.get(keyOf({ down, across })) ?? Math.min(down * across, this.#known.most(Math.ceil(down / least) * least, Math.ceil(across / narrow) * narrow));
  }

  cell(place: Place): Cell {
    const answer = this.#exactAt(place);
    if (!answer) return this.#known.cell(place);
    const at = (place.row - answer.top) * answer.columns + place.column - answer.left;
    if ((answer.counts[at] ?? 0) === 0) return { kind: 'absent' };
    const weight = answer.extremes?.[at];
    return weight === undefined ? { kind: 'connected' } : { kind: 'connected', weight };
  }

  outputsOf(): undefined {
    return undefined;
  }

  next(from: Place, direction: Direction): Place | undefined {
    const exact = this.#exactAt(from);
    const step = direction === 'down' || direction === 'right' ? 1 : -1;
    const isVertical = direction === 'up' || direction === 'down';
    let { row, column } = from;
    for (;;) {
      if (isVertical) row += step;
      else column += step;
      if (!exact || !holds(exact, cellAt({ row, column }))) return this.#known.next({ row, column }, direction);
      if ((exact.counts[(row - exact.top) * exact.columns + column - exact.left] ?? 0) > 0) return { row, column };
    }
  }

  /** An answer that has this cell for itself. */
  #exactAt(place: Place): CountedWindow | undefined {
    return this.#answers.find((kept) => holds(kept, cellAt(place)));
  }

  #request(window: TileWindow): void {
    if (this.#asked && holds(this.#asked, window)) return;
    const wanted = widened(window, this.inputs, this.outputs);
    this.#asked = wanted;
    this.#ask({ type: 'tiles', ...wanted });
  }

  #coarse(window: TileWindow): CountedWindow {
    const { down, across, top, left, rows, columns } = window;
    const counts = new Uint32Array(rows * columns);
    const coarse = new Uint8Array(rows * columns);
    const { finest, tiles } = this.#known;
    // How many of the tile's connections a part of it would hold, were they spread evenly.
    const part = Math.min(1, (down * across) / (finest.down * finest.across));
    for (let r = 0; r < rows; r++) {
      const from = Math.floor(((top + r) * down) / finest.down) * tiles.columns;
      for (let c = 0; c < columns; c++) {
        const count = tiles.counts[from + Math.floor(((left + c) * across) / finest.across)] ?? 0;
        if (count === 0) continue;
        const at = r * columns + c;
        const alone = count === 1 ? this.#known.aloneNear({ row: (top + r) * down, column: (left + c) * across }) : undefined;
        if (alone) counts[at] = Math.floor(alone.row / down) === top + r && Math.floor(alone.column / across) === left + c ? 1 : 0;
        else {
          counts[at] = Math.max(1, Math.round(count * part));
          coarse[at] = 1;
        }
      }
    }
    return { ...window, counts, coarse };
  }
}

const keyOf = ({ down, across }: Pick<TileWindow, 'down' | 'across'>): string => `${down}×${across}`;
const isMultiple = ({ down, across }: Pick<TileWindow, 'down' | 'across'>, finest: Finest): boolean => down % finest.down === 0 && across % finest.across === 0;

const cellAt = ({ row, column }: Place): TileWindow => ({ down: 1, across: 1, top: row, left: column, rows: 1, columns: 1 });

const holds = (outer: TileWindow, inner: TileWindow): boolean =>
  outer.down === inner.down && outer.across === inner.across && inner.top >= outer.top && inner.left >= outer.left && inner.top + inner.rows <= outer.top + outer.rows && inner.left + inner.columns <= outer.left + outer.columns;

function widened(window: TileWindow, inputs: number, outputs: number): TileWindow {
  const grow = (first: number, tiles: number, most: number): { first: number; tiles: number } => {
    const margin = Math.ceil(tiles * MARGIN);
    const from = Math.max(0, first - margin);
    return { first: from, tiles: Math.min(most, first + tiles + margin) - from };
  };
  const down = grow(window.top, window.rows, Math.ceil(inputs / window.down));
  const across = grow(window.left, window.columns, Math.ceil(outputs / window.across));
  return { ...window, top: down.first, rows: down.tiles, left: across.first, columns: across.tiles };
}

function cut(answer: CountedWindow, window: TileWindow): CountedWindow {
  const { rows, columns } = window;
  const counts = new Uint32Array(rows * columns);
  const extremes = answer.extremes && new Float32Array(rows * columns);
  for (let r = 0; r < rows; r++) {
    const from = (window.top - answer.top + r) * answer.columns + window.left - answer.left;
    counts.set(answer.counts.subarray(from, from + columns), r * columns);
    if (answer.extremes) extremes?.set(answer.extremes.subarray(from, from + columns), r * columns);
  }
  return { ...window, counts, ...(extremes && { extremes }) };
}
