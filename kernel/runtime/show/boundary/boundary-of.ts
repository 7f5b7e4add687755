/** What a net answers on a grid, as a boundary view. */
import type { LayersModel } from '@tensorflow/tfjs';
import { MAX_CLASSES, MAX_MAPS, MAX_POINTS, type BoundaryView, type CutConnection, type Interval, type UnitMap } from '../../../model/views/boundary/boundary-view.js';
import { VIEW_VERSION } from '../../../model/views/payload.js';
import { connectionsOf } from './connections.js';
import type { Points } from './read-points.js';
import type { LayerValues, UnitProbe } from './unit-outputs.js';

export interface BoundarySettings {
  readonly title?: string;
  readonly names?: readonly [string, string];
  readonly classes?: readonly string[];
  readonly threshold?: number;
  readonly resolution: number;
  readonly range?: readonly [readonly [number, number], readonly [number, number]];
}

/** Room around the points, as a share of their extent. */
const MARGIN = 0.12;

export function boundaryOf(model: LayersModel, probe: UnitProbe, points: Points, settings: BoundarySettings, serves: string, cut?: CutConnection): BoundaryView {
  const x = intervalOf(points, 0, settings.range?.[0]);
  const y = intervalOf(points, 1, settings.range?.[1]);
  const side = settings.resolution;
  const count = points.rows.length / 2;
  const places = new Float32Array(2 * side * side + points.rows.length);
  places.set(gridOf(x, y, side));
  places.set(points.rows, 2 * side * side);
  const all = probe.at(places);
  const last = all.at(-1);
  const outputs = last?.units ?? 0;
  const threshold = settings.threshold ?? (points.isSigned ? 0 : 0.5);
  const grid = side * side;
  const maps = [...(last ? mapsOf(last, side, threshold) : []), ...all.slice(0, -1).flatMap((layer) => mapsOf(layer, side, midpoint(layer)))];
  const { connections, more } = connectionsOf(model);
  const names = points.names.map((name, at) => settings.classes?.[at] ?? name);
  return {
    view: 'boundary',
    version: VIEW_VERSION,
    ...(settings.title !== undefined && { title: settings.title }),
    serves,
    x,
    y,
    axisNames: [settings.names?.[0] ?? 'x₁', settings.names?.[1] ?? 'x₂'],
    maps: maps.slice(0, MAX_MAPS),
    outputs,
    unmapped: Math.max(0, maps.length - MAX_MAPS),
    classNames: outputs > 1 && names.length < outputs ? Array.from({ length: Math.min(MAX_CLASSES, outputs) }, (_, at) => settings.classes?.[at] ?? String(at)) : names,
    points: {
      x: Float32Array.from({ length: Math.min(count, MAX_POINTS) }, (_, at) => points.rows[2 * at] ?? 0),
      y: Float32Array.from({ length: Math.min(count, MAX_POINTS) }, (_, at) => points.rows[2 * at + 1] ?? 0),
      classes: points.classes.slice(0, MAX_POINTS),
      total: count,
    },
    ...(points.wanted && last && { right: countRight(last, grid, points.wanted, threshold) }),
    connections,
    moreConnections: more,
    ...(cut && { cut }),
  };
}

function intervalOf({ rows }: Points, offset: 0 | 1, given: readonly [number, number] | undefined): Interval {
  if (given) return { min: given[0], max: given[1] };
  let [min, max] = [Infinity, -Infinity];
  for (let at = offset; at < rows.length; at += 2) [min, max] = [Math.min(min, rows[at] ?? 0), Math.max(max, rows[at] ?? 0)];
  if (min > max) return { min: -1, max: 1 };
  const room = (max - min) * MARGIN || 1;
  return { min: min - room, max: max + room };
}

/** Centres of cells; the first row has the greatest y. */
function gridOf(x: Interval, y: Interval, side: number): Float32Array {
  const grid = new Float32Array(2 * side * side);
  const at = ({ min, max }: Interval, cell: number): number => min + ((cell + 0.5) / side) * (max - min);
  for (let cell = 0; cell < side * side; cell++) {
    grid[2 * cell] = at(x, cell % side);
    grid[2 * cell + 1] = at(y, side - 1 - Math.floor(cell / side));
  }
  return grid;
}

function mapsOf({ layer, units, values }: LayerValues, side: number, threshold: number): UnitMap[] {
  return Array.from({ length: units }, (_, unit) => ({
    layer: layer.name,
    unit,
    side,
    threshold,
    values: Float32Array.from({ length: side * side }, (_, cell) => values[cell * units + unit] ?? NaN),
  }));
}

/** Where a unit changes sides: the middle of a sigmoid, else 0. */
function midpoint({ layer }: LayerValues): number {
  const { activation } = layer.getConfig();
  return typeof activation === 'string' && ['sigmoid', 'hardSigmoid', 'hard_sigmoid', 'softmax'].includes(activation) ? 0.5 : 0;
}

function countRight({ units, values }: LayerValues, grid: number, wanted: Int32Array, threshold: number): number {
  let right = 0;
  wanted.forEach((target, at) => {
    const answer = values.subarray((grid + at) * units, (grid + at + 1) * units);
    if (answer.some((value) => !Number.isFinite(value))) return;
    const found = units === 1 ? ((answer[0] ?? 0) >= threshold ? 1 : 0) : answer.reduce((best, value, k) => (value > (answer[best] ?? 0) ? k : best), 0);
    if (found === target) right++;
  });
  return right;
}
