/** What the views of a mask and of a kernel share: a matrix of connections, rows are inputs, columns outputs. */
import type { MaskData } from '../mask-data.js';
import { decodeConnections, encodeExact, encodeTiles, exactLength, type ConnectionsJson, type Shape } from './connections.js';
import { summariseDegrees, type DegreeSummary, type Orphans, type Spread } from './degree-summary.js';
import { MAX_VIEW_CHARS } from './media-types.js';
import { Fields, VIEW_VERSION } from './payload.js';
import { base64Length, widthFor } from './base64.js';
import { connectionsKey, weightedKey } from './connections-key.js';
import { decodeTileDetail, degreesFor, encodeTileDetail, loneConnections, type TileDetail, type TileDetailJson } from './tile-detail.js';
import { highest } from './tile-counts.js';
import { countTiles, tileGrid, type Tiles } from './tiles.js';

export interface UnitNames {
  readonly inputs?: readonly string[];
  readonly outputs?: readonly string[];
}

/** Exact edges with their weights (kernels), or counts per tile. */
export type MatrixCells =
  | { readonly kind: 'edges'; readonly mask: MaskData; readonly values?: Float32Array }
  | { readonly kind: 'tiles'; readonly tiles: Tiles; readonly detail?: TileDetail };

export interface MatrixView extends Shape {
  readonly version: typeof VIEW_VERSION;
  readonly title?: string;
  readonly names: UnitNames;
  readonly degrees: DegreeSummary;
  /** Names these connections: views with the same name share what the reader points at. */
  readonly link?: string;
  readonly cells: MatrixCells;
}

export interface MatrixJson extends Shape {
  readonly version: typeof VIEW_VERSION;
  readonly title?: string;
  readonly inputNames?: readonly string[];
  readonly outputNames?: readonly string[];
  readonly degrees: DegreeSummary;
  readonly link?: string;
  readonly connections: ConnectionsJson;
  readonly detail?: TileDetailJson;
}

export interface MatrixOptions {
  readonly title?: string;
  readonly names?: UnitNames;
}

export function matrixView(mask: MaskData, options: MatrixOptions, values?: Float32Array): MatrixView {
  const { inputs, outputs } = mask;
  return {
    version: VIEW_VERSION,
    ...(options.title !== undefined && { title: options.title }),
    inputs,
    outputs,
    nnz: mask.indices.length,
    names: options.names ?? {},
    degrees: summariseDegrees(mask),
    link: connectionsKey(mask),
    cells: { kind: 'edges', mask, ...(values && { values }) },
  };
}

/** Characters left for everything in a payload that is not connections, weights or names. */
const HEAD_CHARS = 2_000;
/** Shorter axes are not joined into fewer tiles than this. */
const MIN_TILES = 32;

/** Characters that a payload with exact edges has left. */
export const roomLeft = (view: MatrixView): number =>
  view.cells.kind === 'tiles' ? 0 : MAX_VIEW_CHARS - HEAD_CHARS - exactLength(view.cells.mask) - (view.cells.values ? base64Length(4 * view.nnz) : 0) - namesLength(view.names);

/** True when edges (and, for a kernel, float32 weights) fit into a payload. */
export function fitsExactly(view: MatrixView): boolean {
  if (view.cells.kind === 'tiles') return false;
  const values = view.cells.values ? base64Length(4 * view.nnz) : 0;
  return exactLength(view.cells.mask) + values + namesLength(view.names) <= MAX_VIEW_CHARS - HEAD_CHARS;
}

/** The same view with what a payload can hold: itself, or with tiles in place of edges, and without names when those are too long. */
export function reduced(view: MatrixView): MatrixView {
  if (view.cells.kind === 'tiles' || fitsExactly(view)) return view;
  const unnamed = { ...view, names: {} };
  if (namesLength(view.names) > 0 && fitsExactly(unnamed)) return unnamed;
  return { ...unnamed, cells: tiledCells(view.cells.mask, view.cells.values) };
}

/** Characters of a payload that tiles may take; the rest says where lone connections are. */
const TILES_PART = 0.75;

function tiledCells(mask: MaskData, values: Float32Array | undefined): MatrixCells {
  const room = MAX_VIEW_CHARS - HEAD_CHARS;
  const { detail, length } = degreesFor(mask, room);
  const tiles = finestTiles(mask, values, (room - length) * TILES_PART);
  const left = room - length - base64Length(tiles.counts.length * (widthFor(highest(tiles.counts)) + (values ? 4 : 0)));
  const source = values ? weightedKey(mask, values) : connectionsKey(mask);
  return { kind: 'tiles', tiles, detail: { ...detail, lone: loneConnections(mask, tiles, left), source } };
}

/** Small counts take a byte: whether they are small shows when they are counted. */
function finestTiles(mask: MaskData, values: Float32Array | undefined, room: number): Tiles {
  for (const width of [1, 2] as const) {
    const tiles = tilesOfWidth(mask, values, room, width);
    if (widthFor(highest(tiles.counts)) <= width) return tiles;
  }
  return tilesOfWidth(mask, values, room, 4);
}

function tilesOfWidth(mask: MaskData, values: Float32Array | undefined, room: number, width: number): Tiles {
  for (let size = 1; ; size += Math.max(1, Math.floor(size / 10))) {
    const down = tileSide(size, mask.inputs);
    const across = tileSide(size, mask.outputs);
    const { rows, columns } = tileGrid(mask.inputs, mask.outputs, down, across);
    if (base64Length(rows * columns * (width + (values ? 4 : 0))) <= room) return countTiles(mask, down, across, values);
  }
}

const tileSide = (size: number, units: number): number => Math.max(1, Math.min(size, Math.floor(units / MIN_TILES)));

const namesLength = (names: UnitNames): number => JSON.stringify(names).length;

/** Encodes what `reduced` returned. */
export function encodeMatrix(view: MatrixView): MatrixJson {
  return {
    version: view.version,
    ...(view.title !== undefined && { title: view.title }),
    inputs: view.inputs,
    outputs: view.outputs,
    nnz: view.nnz,
    ...(view.names.inputs && { inputNames: view.names.inputs }),
    ...(view.names.outputs && { outputNames: view.names.outputs }),
    degrees: view.degrees,
    ...(view.link !== undefined && { link: view.link }),
    connections: view.cells.kind === 'edges' ? encodeExact(view.cells.mask) : encodeTiles(view.cells.tiles),
    ...(view.cells.kind === 'tiles' && view.cells.detail && { detail: encodeTileDetail(view.cells.detail) }),
  };
}

/** Throws a PayloadError that says what is wrong. Edges come without weights: those are the kernel's. */
export function decodeMatrix(fields: Fields): MatrixView {
  const shape: Shape = { inputs: fields.count('inputs'), outputs: fields.count('outputs'), nnz: fields.count('nnz') };
  const title = fields.optionalText('title');
  const inputs = fields.optionalNames('inputNames', shape.inputs);
  const outputs = fields.optionalNames('outputNames', shape.outputs);
  const link = fields.optionalText('link');
  const connections = decodeConnections(fields.object('connections'), shape);
  return {
    version: VIEW_VERSION,
    ...(title !== undefined && { title }),
    ...shape,
    names: { ...(inputs && { inputs }), ...(outputs && { outputs }) },
    degrees: decodeDegrees(fields.object('degrees')),
    ...(link !== undefined && { link }),
    cells: 'edges' in connections ? { kind: 'edges', mask: connections.edges } : decodeTiled(fields, shape, connections.tiles),
  };
}

const decodeTiled = (fields: Fields, shape: Shape, tiles: Tiles): MatrixCells => ({
  kind: 'tiles',
  tiles,
  ...(fields.has('detail') && { detail: decodeTileDetail(fields.object('detail'), shape, tiles) }),
});

function decodeDegrees(fields: Fields): DegreeSummary {
  const spread = (name: string): Spread => {
    const at = fields.object(name);
    return { min: at.count('min'), median: at.count('median'), max: at.count('max') };
  };
  const orphans = (name: string): Orphans => {
    const at = fields.object(name);
    const first = at.array('first', 64).map((unit) => new Fields({ unit }, name).count('unit'));
    return { count: at.count('count'), first };
  };
  return {
    inDegree: spread('inDegree'),
    outDegree: spread('outDegree'),
    unusedInputs: orphans('unusedInputs'),
    unconnectedOutputs: orphans('unconnectedOutputs'),
  };
}
