/** The view of what a net with two inputs answers all over a plane: `application/vnd.patchbay.boundary+json`. */
import type { VIEW_VERSION } from '../payload.js';

export interface Interval {
  readonly min: number;
  readonly max: number;
}

/** What one unit answers on a square grid; row 0 is at the top, where the second input is greatest. */
export interface UnitMap {
  readonly layer: string;
  readonly unit: number;
  /** Cells along one side. */
  readonly side: number;
  /** side · side values; NaN where the net's answer is not finite. */
  readonly values: Float32Array;
  /** The line between two sides of this unit. */
  readonly threshold: number;
}

/** A connection that can be cut to see what it does. */
export interface BoundaryConnection {
  readonly layer: string;
  /** Which of the net's layers. */
  readonly key: string;
  /** The identity of the layer's connections, for views that follow one selection. */
  readonly link: string;
  readonly row: number;
  readonly column: number;
  readonly weight: number;
}

export type CutConnection = Pick<BoundaryConnection, 'layer' | 'key' | 'row' | 'column'>;

export interface BoundaryPoints {
  readonly x: Float32Array;
  readonly y: Float32Array;
  /** Index into `classNames` of each. */
  readonly classes: Uint32Array;
  /** Points there are; the view holds the first of them. */
  readonly total: number;
}

export interface BoundaryView {
  readonly view: 'boundary';
  readonly version: typeof VIEW_VERSION;
  readonly title?: string;
  /** Under this id the code that made the view answers: see view-channel.ts. */
  readonly serves?: string;
  readonly x: Interval;
  readonly y: Interval;
  readonly axisNames: readonly [string, string];
  /** The units of the last layer come first. */
  readonly maps: readonly UnitMap[];
  /** How many of the maps are outputs. One: two sides of its threshold. Several: the greatest wins. */
  readonly outputs: number;
  /** Units of hidden layers that have no map here. */
  readonly unmapped: number;
  readonly classNames: readonly string[];
  readonly points: BoundaryPoints;
  /** Points on the right side, of all; absent where points have no classes of the net. */
  readonly right?: number;
  readonly connections: readonly BoundaryConnection[];
  /** Connections that are not in the list. */
  readonly moreConnections: number;
  /** The connection that was left out of this computation. */
  readonly cut?: CutConnection;
}

export const MAX_MAPS = 64;
export const MAX_SIDE = 200;
export const MAX_POINTS = 1000;
export const MAX_CONNECTIONS = 300;
export const MAX_CLASSES = 16;

/** `hidden 2` */
export const mapName = ({ layer, unit }: Pick<UnitMap, 'layer' | 'unit'>): string => `${layer} ${unit}`;

/** `hidden: 0 → 2` */
export const connectionName = ({ layer, row, column }: Pick<BoundaryConnection, 'layer' | 'row' | 'column'>): string => `${layer}: ${row} → ${column}`;

export const isSameConnection = (a: Pick<BoundaryConnection, 'key' | 'row' | 'column'>, b: Pick<BoundaryConnection, 'key' | 'row' | 'column'>): boolean =>
  a.key === b.key && a.row === b.row && a.column === b.column;

/** The class of each cell: on which side of the threshold, or which output is greatest. −1 where an answer is not finite. */
export function classOfCells(maps: readonly UnitMap[]): Int16Array {
  const [first] = maps;
  const cells = first?.values.length ?? 0;
  const classes = new Int16Array(cells);
  for (let cell = 0; cell < cells; cell++) {
    if (maps.length === 1) {
      const value = first?.values[cell] ?? NaN;
      classes[cell] = Number.isNaN(value) ? -1 : value >= (first?.threshold ?? 0) ? 1 : 0;
      continue;
    }
    let best = -1;
    let most = -Infinity;
    let isFinite = true;
    maps.forEach(({ values }, at) => {
      const value = values[cell] ?? NaN;
      if (Number.isNaN(value)) isFinite = false;
      if (value > most) [best, most] = [at, value];
    });
    classes[cell] = isFinite ? best : -1;
  }
  return classes;
}

/** By how much each output exceeds the greatest of the others, for the line around its region. */
export function margins(maps: readonly UnitMap[]): Float32Array[] {
  return maps.map(({ values }, own) =>
    values.map((value, cell) => {
      let others = -Infinity;
      maps.forEach((map, at) => {
        if (at !== own) others = Math.max(others, map.values[cell] ?? NaN);
      });
      return value - others;
    }),
  );
}

/** The largest distance of a map's values from its threshold: the end of its colour scale. */
export function mapLimit({ values, threshold }: UnitMap): number {
  let limit = 0;
  for (const value of values) if (Number.isFinite(value)) limit = Math.max(limit, Math.abs(value - threshold));
  return limit || 1;
}
