import { ArgumentError, wholeNumber } from '../argument-error.js';
import { Mask } from '../mask/mask.js';
import { known } from './rows.js';

type Points = readonly (readonly number[] | Float32Array | Float64Array)[];

/**
 * Every output sees the `k` inputs nearest to it, by Euclidean distance; of equally distant ones those with the lower index.
 *
 * @param from coordinates of the inputs, [n][dimensions]
 * @param to coordinates of the outputs, [m][dimensions]
 * @returns shape [n, m], k connections an output
 */
export function nearest(from: Points, to: Points, options: { k: number }): Mask {
  const dimensions = checkPoints('from', from, undefined);
  checkPoints('to', to, dimensions);
  known('nearest', options, ['k']);
  const k = wholeNumber('masks.nearest: k', options?.k, 0, from.length);
  const indices = new Uint32Array(to.length * k);
  const found = { distances: new Float64Array(k), inputs: new Uint32Array(k) };
  to.forEach((point, j) => {
    findNearest(from, point, found);
    indices.set(found.inputs.sort(), j * k);
  });
  return Mask.ofData({ inputs: to.length, outputs: from.length, indptr: Uint32Array.from({ length: to.length + 1 }, (_, j) => j * k), indices }).transpose();
}

/** The nearest inputs of one point, kept in order of distance; an input that is no nearer than the last of them is passed over. */
function findNearest(from: Points, point: ArrayLike<number>, { distances, inputs }: { distances: Float64Array; inputs: Uint32Array }): void {
  const k = inputs.length;
  let size = 0;
  from.forEach((candidate, i) => {
    let distance = 0;
    for (let axis = 0; axis < point.length; axis++) distance += ((candidate[axis] ?? 0) - (point[axis] ?? 0)) ** 2;
    if (size === k && !(distance < (distances[k - 1] ?? -1))) return;
    let place = size < k ? size++ : k - 1;
    while (place > 0 && (distances[place - 1] ?? 0) > distance) {
      distances[place] = distances[place - 1] ?? 0;
      inputs[place] = inputs[place - 1] ?? 0;
      place--;
    }
    distances[place] = distance;
    inputs[place] = i;
  });
}

/** @returns the number of dimensions */
function checkPoints(name: string, points: unknown, expected: number | undefined): number {
  if (!Array.isArray(points) || points.length === 0) throw new ArgumentError(`masks.nearest: ${name}`, points, 'an array of points, such as [[0, 0], [0, 1]]');
  let dimensions = expected;
  points.forEach((point: unknown, i) => {
    const argument = `masks.nearest: ${name}[${i}]`;
    const isList = Array.isArray(point) || (ArrayBuffer.isView(point) && !(point instanceof DataView));
    if (!isList) throw new ArgumentError(argument, point, 'the coordinates of a point, such as [0, 1]');
    // SAFETY: an array or a typed array, by the test above; what is in it is checked below.
    const coordinates = Array.from(point as ArrayLike<unknown>);
    dimensions ??= coordinates.length;
    if (coordinates.length !== dimensions || dimensions === 0) throw new Error(`${argument} has ${coordinates.length} coordinates, expected ${dimensions || 'at least 1'}`);
    coordinates.forEach((value, axis) => {
      if (typeof value !== 'number' || !Number.isFinite(value)) throw new ArgumentError(`${argument}[${axis}]`, value, 'a finite number');
    });
  });
  return dimensions ?? 0;
}
