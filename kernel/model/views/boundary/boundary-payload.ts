/** A boundary view as JSON and back. */
import { decodeFloats, decodeUints, encodeFloats, encodeUints } from '../base64.js';
import { MAX_VIEW_CHARS } from '../media-types.js';
import { Fields, PayloadError, readPayload, VIEW_VERSION } from '../payload.js';
import type { Problem } from '../problem.js';
import { MAX_CLASSES, MAX_CONNECTIONS, MAX_MAPS, MAX_POINTS, MAX_SIDE, type BoundaryConnection, type BoundaryPoints, type BoundaryView, type CutConnection, type Interval, type UnitMap } from './boundary-view.js';

/** Values as whole numbers between the least and the greatest; 0 is "not finite". */
interface MapJson {
  readonly layer: string;
  readonly unit: number;
  readonly side: number;
  readonly threshold: number;
  readonly min: number;
  readonly max: number;
  /** The greatest level. */
  readonly steps: number;
  readonly levels: string;
}

/** layer (index into `layers`), row, column, weight; a weight that JSON has no number for is null. */
type ConnectionJson = readonly [layer: number, row: number, column: number, weight: number | null];

export interface BoundaryViewJson {
  readonly version: typeof VIEW_VERSION;
  readonly title?: string;
  readonly serves?: string;
  readonly x: Interval;
  readonly y: Interval;
  readonly axisNames: readonly [string, string];
  readonly maps: readonly MapJson[];
  readonly outputs: number;
  readonly unmapped: number;
  readonly classNames: readonly string[];
  readonly points: { readonly x: string; readonly y: string; readonly classes: string; readonly count: number; readonly total: number };
  readonly right?: number;
  readonly layers: readonly { readonly name: string; readonly key: string; readonly link: string }[];
  readonly connections: readonly ConnectionJson[];
  readonly moreConnections: number;
  readonly cut?: CutConnection;
}

const FINE = 65535;
const COARSE = 255;
/** Hidden units are drawn smaller. */
const SMALL_SIDE = 50;

/** At most 256 K characters: outputs keep their grid, hidden units get a coarser one, and as many maps as there is room for. */
export function encodeBoundaryView(view: BoundaryView): BoundaryViewJson {
  const layers = [...new Map(view.connections.map(({ layer, key, link }) => [key, { name: layer, key, link }])).values()];
  const indexOf = new Map(layers.map(({ key }, at) => [key, at]));
  const { x, y, classes, total } = view.points;
  const head: Omit<BoundaryViewJson, 'maps' | 'unmapped'> = {
    version: view.version,
    ...(view.title !== undefined && { title: view.title }),
    ...(view.serves !== undefined && { serves: view.serves }),
    x: view.x,
    y: view.y,
    axisNames: view.axisNames,
    outputs: view.outputs,
    classNames: view.classNames,
    points: { x: encodeFloats(x), y: encodeFloats(y), classes: encodeUints(classes), count: x.length, total },
    ...(view.right !== undefined && { right: view.right }),
    layers,
    connections: view.connections.map(({ key, row, column, weight }): ConnectionJson => [indexOf.get(key) ?? 0, row, column, Number.isFinite(weight) ? Number(weight.toPrecision(6)) + 0 : null]),
    moreConnections: view.moreConnections,
    ...(view.cut && { cut: view.cut }),
  };
  let room = MAX_VIEW_CHARS - JSON.stringify(head).length - 200;
  const maps: MapJson[] = [];
  view.maps.forEach((map, at) => {
    if (maps.length < Math.min(at, view.outputs)) return;
    const json = at < view.outputs ? encodeMap(map, view.outputs <= 4 ? FINE : COARSE) : encodeMap(coarser(map, SMALL_SIDE), COARSE);
    const length = JSON.stringify(json).length + 1;
    if (length > room || maps.length >= MAX_MAPS) return;
    room -= length;
    maps.push(json);
  });
  return { ...head, maps, unmapped: view.unmapped + view.maps.length - maps.length };
}

function encodeMap({ layer, unit, side, values, threshold }: UnitMap, steps: number): MapJson {
  let [min, max] = [Infinity, -Infinity];
  for (const value of values) if (Number.isFinite(value)) [min, max] = [Math.min(min, value), Math.max(max, value)];
  if (min > max) [min, max] = [0, 0];
  const levels = Uint32Array.from(values, (value) => (Number.isFinite(value) ? 1 + (max > min ? Math.round(((value - min) / (max - min)) * (steps - 1)) : 0) : 0));
  return { layer, unit, side, threshold, min: min + 0, max: max + 0, steps, levels: encodeUints(levels) };
}

/** Every so-manieth cell, from the middle of its block. */
function coarser(map: UnitMap, side: number): UnitMap {
  if (map.side <= side) return map;
  const step = map.side / side;
  const pick = (at: number): number => Math.min(map.side - 1, Math.floor((at + 0.5) * step));
  return { ...map, side, values: Float32Array.from({ length: side * side }, (_, cell) => map.values[pick(Math.floor(cell / side)) * map.side + pick(cell % side)] ?? NaN) };
}

/** Reads a payload of any origin; what is wrong with it comes back as one sentence. */
export const parseBoundaryView = (json: unknown): BoundaryView | Problem => readPayload('decision boundary', json, decode);

function decode(fields: Fields): BoundaryView {
  const title = fields.optionalText('title');
  const serves = fields.optionalText('serves');
  const maps = fields.array('maps', MAX_MAPS).map((map, at) => decodeMap(new Fields(map, `map ${at}`)));
  const outputs = fields.count('outputs', maps.length);
  if (outputs === 0) throw new PayloadError('it has no map of an output');
  if (maps.slice(0, outputs).some(({ side }) => side !== maps[0]?.side)) throw new PayloadError('the maps of its outputs differ in size');
  const classNames = texts(fields, 'classNames', MAX_CLASSES);
  const [first = '', second = ''] = texts(fields, 'axisNames', 2);
  const points = decodePoints(fields.object('points'), classNames.length);
  return {
    view: 'boundary',
    version: VIEW_VERSION,
    ...(title !== undefined && { title }),
    ...(serves !== undefined && { serves }),
    x: decodeInterval(fields.object('x'), 'x'),
    y: decodeInterval(fields.object('y'), 'y'),
    axisNames: [first, second],
    maps,
    outputs,
    unmapped: fields.count('unmapped'),
    classNames,
    points,
    ...(fields.has('right') && { right: fields.count('right', points.total) }),
    connections: decodeConnections(fields),
    moreConnections: fields.count('moreConnections'),
    ...(fields.has('cut') && { cut: decodePlace(fields.object('cut')) }),
  };
}

const texts = (fields: Fields, name: string, max: number): string[] => fields.array(name, max).map((text) => new Fields({ text }, `"${name}"`).optionalText('text') ?? '');

function decodeInterval(fields: Fields, name: string): Interval {
  const interval = { min: fields.number('min'), max: fields.number('max') };
  if (!(interval.max > interval.min)) throw new PayloadError(`"${name}" goes from ${interval.min} to ${interval.max}, expected more at its end`);
  return interval;
}

function decodeMap(fields: Fields): UnitMap {
  const side = fields.count('side', MAX_SIDE);
  if (side < 2) throw new PayloadError(`a map has ${side} cells along a side, expected at least 2`);
  const steps = fields.count('steps', FINE);
  const [min, max] = [fields.number('min'), fields.number('max')];
  const levels = decodeUints(fields.text('levels'), side * side);
  if (!levels || levels.some((level) => level > steps)) throw new PayloadError(`"levels" does not hold ${side} × ${side} numbers up to ${steps}`);
  const values = Float32Array.from(levels, (level) => (level === 0 ? NaN : min + ((level - 1) / Math.max(1, steps - 1)) * (max - min)));
  return { layer: fields.optionalText('layer') ?? '', unit: fields.count('unit'), side, values, threshold: fields.number('threshold') };
}

function decodePoints(fields: Fields, classCount: number): BoundaryPoints {
  const count = fields.count('count', MAX_POINTS);
  const x = decodeFloats(fields.text('x'), count);
  const y = decodeFloats(fields.text('y'), count);
  const classes = decodeUints(fields.text('classes'), count);
  if (!x || !y || !classes) throw new PayloadError(`"points" does not hold ${count} points`);
  classes.forEach((index, at) => {
    if (index >= classCount) throw new PayloadError(`point ${at} is of class ${index}, and there are ${classCount}`);
  });
  return { x, y, classes, total: fields.count('total') };
}

function decodeConnections(fields: Fields): BoundaryConnection[] {
  const layers = fields.array('layers', MAX_CONNECTIONS).map((layer, at) => {
    const each = new Fields(layer, `layer ${at}`);
    return { name: each.optionalText('name') ?? '', key: each.optionalText('key') ?? '', link: each.optionalText('link') ?? '' };
  });
  return fields.array('connections', MAX_CONNECTIONS).map((entry, at) => {
    const [index, row, column, weight] = Array.isArray(entry) ? [...new Fields({ entry }, '').array('entry', 4)] : [];
    const each = new Fields({ index, row, column, weight: weight ?? undefined }, `connection ${at}`);
    const layer = layers[each.count('index', layers.length - 1)];
    return { layer: layer?.name ?? '', key: layer?.key ?? '', link: layer?.link ?? '', row: each.count('row'), column: each.count('column'), weight: each.has('weight') ? each.number('weight') : NaN };
  });
}

const decodePlace = (fields: Fields): CutConnection => ({
  layer: fields.optionalText('layer') ?? '',
  key: fields.optionalText('key') ?? '',
  row: fields.count('row'),
  column: fields.count('column'),
});
