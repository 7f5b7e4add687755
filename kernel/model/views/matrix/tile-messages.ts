/** What the renderer of tiles asks a kernel, and how the answer is made and read: the counts of a window at any size of tile. */
import type { MaskData } from '../../mask-data.js';
import { decodeFloats, decodeUints, encodeFloats, encodeUints } from '../base64.js';
import { highest } from '../tile-counts.js';
import type { CountedWindow, TileWindow } from './cell-source.js';
import { countWindow, wholeGrid } from './count-window.js';

export interface TilesRequest extends TileWindow {
  readonly type: 'tiles';
}

export interface TilesAnswer extends TileWindow {
  readonly type: 'tiles';
  readonly counts: string;
  readonly extremes?: string;
  /** The largest count of any tile of that size. */
  readonly most: number;
}

/** More than any screen shows. */
const MAX_TILES = 1 << 21;
const NUMBERS = ['down', 'across', 'top', 'left', 'rows', 'columns'] as const;

/** Undefined for what is no window of this matrix: a message may come from anybody. */
export function readWindow(data: unknown, { inputs, outputs }: { readonly inputs: number; readonly outputs: number }): TileWindow | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const fields = new Map<string, unknown>(Object.entries(data));
  const numbers = NUMBERS.map((name) => fields.get(name));
  const [down = 0, across = 0, top = 0, left = 0, rows = 0, columns = 0] = numbers.map((value) => (typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : NaN));
  const isInside = down >= 1 && across >= 1 && rows * columns <= MAX_TILES && top + rows <= Math.ceil(inputs / down) && left + columns <= Math.ceil(outputs / across);
  return isInside ? { down, across, top, left, rows, columns } : undefined;
}

/** The largest count by size of tile: every answer tells it, and finding it looks at all connections. */
const largest = new WeakMap<MaskData, Map<string, number>>();

function mostOf(mask: MaskData, down: number, across: number): number {
  if (down === 1 && across === 1) return 1;
  const known = largest.get(mask) ?? new Map<string, number>();
  largest.set(mask, known);
  const size = `${down}×${across}`;
  const most = known.get(size) ?? highest(countWindow(mask, wholeGrid(mask, down, across)).counts);
  known.set(size, most);
  return most;
}

/** The kernel's side. Undefined for a message that asks for nothing here. */
export function answerTiles(mask: MaskData, weights: Float32Array | undefined, message: unknown): TilesAnswer | undefined {
  const window = readWindow(message, mask);
  if (window === undefined || typeof message !== 'object' || message === null || !('type' in message) || message.type !== 'tiles') return undefined;
  const { counts, extremes } = countWindow(mask, window, weights);
  return { type: 'tiles', ...window, counts: encodeUints(counts), ...(extremes && { extremes: encodeFloats(extremes) }), most: mostOf(mask, window.down, window.across) };
}

export interface ReadAnswer {
  readonly counted: CountedWindow;
  readonly most: number;
}

/** The renderer's side. Undefined for what is no answer. */
export function readTiles(message: unknown, shape: { readonly inputs: number; readonly outputs: number }): ReadAnswer | undefined {
  const window = readWindow(message, shape);
  if (window === undefined || typeof message !== 'object' || message === null) return undefined;
  const fields = new Map<string, unknown>(Object.entries(message));
  const [type, counted, strongest, most] = ['type', 'counts', 'extremes', 'most'].map((name) => fields.get(name));
  if (type !== 'tiles' || typeof counted !== 'string' || typeof most !== 'number' || !(most >= 0)) return undefined;
  const size = window.rows * window.columns;
  const counts = decodeUints(counted, size);
  const extremes = typeof strongest === 'string' ? decodeFloats(strongest, size) : undefined;
  if (!counts || extremes === null) return undefined;
  return { counted: { ...window, counts, ...(extremes && { extremes }) }, most };
}
