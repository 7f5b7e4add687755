/**
 * What part of a matrix is in the window, and how large: pure functions from camera to camera.
 *
 * Zoom 1 shows everything; each axis goes on from its own scale there, so that a matrix of 784 × 10, whose cells are not square
 * at first, gets square ones when it is enlarged.
 */
import { detailOf as detailOfScales, fitShape, MAX_CELL, type Detail, type Scale } from '../matrix-fit.js';
import { centred, extentOf, movedTo, rescaled, revealed, scaleFor, shownPixels, tileAt, unitsOfTile, type Axis } from './axis.js';

/** A cell. */
export interface Place {
  readonly row: number;
  readonly column: number;
}

/** Units that a tile holds at least; 1 × 1 where every connection is known. */
export interface Finest {
  readonly down: number;
  readonly across: number;
}

export interface Camera {
  readonly rows: Axis;
  readonly columns: Axis;
  readonly zoom: number;
  /** The scales at zoom 1, where everything is in the window. */
  readonly home: { readonly rows: Scale; readonly columns: Scale };
  readonly finest: Finest;
  /** Device pixels per CSS pixel. */
  readonly scale: number;
}

export interface Window {
  /** Device pixels for the cells alone. */
  readonly width: number;
  readonly height: number;
  readonly scale: number;
}

/** Everything, as large as the window allows; the height of the camera's window is what that takes. */
export function fitCamera(shape: { readonly inputs: number; readonly outputs: number }, finest: Finest, window: Window): Camera {
  const fit = fitShape({ inputs: shape.inputs, outputs: shape.outputs, down: finest.down, across: finest.across }, window);
  const rows: Axis = { units: shape.inputs, per: fit.rows.per, size: fit.rows.size, room: Math.max(1, fit.rows.extent), offset: 0 };
  const columns: Axis = { units: shape.outputs, per: fit.columns.per, size: fit.columns.size, room: Math.max(1, Math.floor(window.width)), offset: 0 };
  return { rows, columns, zoom: 1, home: { rows: scaleOf(rows), columns: scaleOf(columns) }, finest, scale: window.scale };
}

/** The same part of the matrix, as far as possible, in a window of another size or from a source that knows more or less. */
export function refit(camera: Camera, finest: Finest, window: Window): Camera {
  const fitted = fitCamera({ inputs: camera.rows.units, outputs: camera.columns.units }, finest, window);
  if (camera.zoom === 1) return fitted;
  const zoomed = zoomTo(fitted, camera.zoom, { x: 0, y: 0 });
  const middle = (axis: Axis): number => ((axis.offset + shownPixels(axis) / 2) / axis.size) * axis.per;
  return { ...zoomed, rows: centred(zoomed.rows, middle(camera.rows) - 0.5), columns: centred(zoomed.columns, middle(camera.columns) - 0.5) };
}

const scaleOf = ({ per, size }: Scale): Scale => ({ per, size });
const density = ({ per, size }: Scale): number => size / per;

/** Beyond this every cell has its largest size. */
export const largestZoom = ({ home, scale }: Camera): number => Math.max(1, (MAX_CELL * scale) / Math.min(density(home.rows), density(home.columns)));

/** @param anchor pixels of the window; what is there stays there */
export function zoomTo(camera: Camera, zoom: number, anchor: { readonly x: number; readonly y: number }): Camera {
  const { home, finest, scale } = camera;
  const to = Math.min(largestZoom(camera), Math.max(1, zoom));
  const at = (from: Scale, least: number): Scale => (to === 1 ? from : scaleFor(density(from) * to, least, MAX_CELL * scale));
  return {
    ...camera,
    zoom: to,
    rows: rescaled(camera.rows, at(home.rows, finest.down), anchor.y),
    columns: rescaled(camera.columns, at(home.columns, finest.across), anchor.x),
  };
}

/** The next zoom that draws anything differently, about the factor 2 away; the camera itself when there is none. */
export function zoomBy(camera: Camera, factor: number, anchor: { readonly x: number; readonly y: number }): Camera {
  for (let zoom = camera.zoom * factor; ; zoom *= factor) {
    const next = zoomTo(camera, zoom, anchor);
    if (isRescaled(camera, next)) return next;
    if (next.zoom === 1 || next.zoom === largestZoom(camera)) return { ...camera, zoom: next.zoom };
  }
}

const isRescaled = (a: Camera, b: Camera): boolean =>
  a.rows.per !== b.rows.per || a.rows.size !== b.rows.size || a.columns.per !== b.columns.per || a.columns.size !== b.columns.size;

/** Moves the matrix by pixels, as a hand that drags it. */
export const panBy = (camera: Camera, right: number, down: number): Camera => ({
  ...camera,
  rows: movedTo(camera.rows, camera.rows.offset - down),
  columns: movedTo(camera.columns, camera.columns.offset - right),
});

/** Moved as little as brings the cell into the window. */
export const reveal = (camera: Camera, { row, column }: Place): Camera => ({ ...camera, rows: revealed(camera.rows, row), columns: revealed(camera.columns, column) });

/** With the cell in the middle. */
export const centreOn = (camera: Camera, { row, column }: Place): Camera => ({ ...camera, rows: centred(camera.rows, row), columns: centred(camera.columns, column) });

/** True when a part of the matrix is outside of the window. */
export const isPartial = ({ rows, columns }: Camera): boolean => extentOf(rows) > rows.room || extentOf(columns) > columns.room;

/** The cell under a pixel of the window, where tiles are drawn the first of the tile; undefined beside the matrix. */
export function placeAt({ rows, columns }: Camera, x: number, y: number): Place | undefined {
  const row = tileAt(rows, y);
  const column = tileAt(columns, x);
  return row === undefined || column === undefined ? undefined : { row: unitsOfTile(rows, row).first, column: unitsOfTile(columns, column).first };
}

export const detailOf = ({ rows, columns, scale }: Camera): Detail => detailOfScales(rows, columns, scale);

/** `density, 1 px = 20×20 cells`, `cells of 3 px` */
export function modeCaption(camera: Camera): string {
  const { rows, columns, scale } = camera;
  const detail = detailOf(camera);
  if (detail === 'tiles') return `density, ${pixels(rows.size, columns.size)} = ${columns.per}×${rows.per} cells`;
  const size = rows.size === columns.size ? `${round(rows.size / scale)} px` : `${round(columns.size / scale)}×${round(rows.size / scale)} px`;
  return `cells of ${size}`;
}

const pixels = (down: number, across: number): string => (down === across ? `${down} px` : `${across}×${down} px`);
const round = (value: number): number => Math.round(value * 10) / 10;
