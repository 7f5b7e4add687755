/** Orders of rows and columns, in which structure shows that the natural one hides. */
import type { Order, OrderName } from './orders.js';
import { byColumn, inDegree, outDegree, type MaskData } from '../../mask-data.js';

export function orderOf(mask: MaskData, name: OrderName): Order {
  switch (name) {
    case 'natural':
      return { rows: natural(mask.inputs), columns: natural(mask.outputs) };
    case 'degree':
      return { rows: descending(outDegree(mask)), columns: descending(inDegree(mask)) };
    case 'blocks':
      return cuthillMckee(mask);
    case 'adjacency':
      return { rows: byFirst(mask.inputs, mask.indptr, mask.indices), columns: columnsByFirst(mask) };
  }
}

const natural = (units: number): Uint32Array => Uint32Array.from({ length: units }, (_, unit) => unit);
const sortedBy = (units: number, compare: (a: number, b: number) => number): Uint32Array => natural(units).sort((a, b) => compare(a, b) || a - b);
const descending = (degrees: Uint32Array): Uint32Array => sortedBy(degrees.length, (a, b) => (degrees[b] ?? 0) - (degrees[a] ?? 0));

/** By the list of what a unit is connected to, as words in a dictionary: units with the same connections come together. */
const byFirst = (units: number, indptr: Uint32Array, indices: Uint32Array): Uint32Array =>
  sortedBy(units, (a, b) => {
    const [from, to] = [indptr[a] ?? 0, indptr[b] ?? 0];
    const [lengthA, lengthB] = [(indptr[a + 1] ?? 0) - from, (indptr[b + 1] ?? 0) - to];
    if (lengthA === 0 || lengthB === 0) return lengthB - lengthA;
    for (let k = 0; k < Math.min(lengthA, lengthB); k++) {
      const difference = (indices[from + k] ?? 0) - (indices[to + k] ?? 0);
      if (difference !== 0) return difference;
    }
    return lengthA - lengthB;
  });

function columnsByFirst(mask: MaskData): Uint32Array {
  const { indptr, indices } = byColumn(mask);
  return byFirst(mask.outputs, indptr, indices);
}

/**
 * Reverse Cuthill–McKee on the bipartite graph of inputs and outputs: breadth first from the unit of lowest degree of each part, so
 * that parts without a connection between them become blocks, and the rest a band (Cuthill & McKee 1969; George 1971).
 */
function cuthillMckee(mask: MaskData): Order {
  const transposed = byColumn(mask);
  const out = outDegree(mask);
  const into = inDegree(mask);
  const total = mask.inputs + mask.outputs;
  const degree = (node: number): number => (node < mask.inputs ? (out[node] ?? 0) : (into[node - mask.inputs] ?? 0));
  const seen = new Uint8Array(total);
  const queue = new Uint32Array(total);
  let end = 0;
  const visit = (node: number): void => {
    seen[node] = 1;
    queue[end++] = node;
  };
  const neighbours = (node: number): number[] => {
    const isInput = node < mask.inputs;
    const { indptr, indices } = isInput ? mask : transposed;
    const unit = isInput ? node : node - mask.inputs;
    return Array.from(indices.subarray(indptr[unit] ?? 0, indptr[unit + 1] ?? 0), (other) => (isInput ? other + mask.inputs : other));
  };
  for (const start of sortedBy(total, (a, b) => (degree(a) || Infinity) - (degree(b) || Infinity))) {
    if (seen[start]) continue;
    let at = end;
    visit(start);
    for (; at < end; at++) {
      const fresh = neighbours(queue[at] ?? 0).filter((node) => !seen[node]);
      for (const node of fresh.sort((a, b) => degree(a) - degree(b) || a - b)) visit(node);
    }
  }
  const connected = queue.filter((node) => degree(node) > 0).reverse();
  const all = [...connected, ...queue.filter((node) => degree(node) === 0)];
  return { rows: Uint32Array.from(all.filter((node) => node < mask.inputs)), columns: Uint32Array.from(all.filter((node) => node >= mask.inputs), (node) => node - mask.inputs) };
}

/** Where each unit stands. */
export function placesIn(order: Uint32Array): Uint32Array {
  const places = new Uint32Array(order.length);
  order.forEach((unit, at) => (places[unit] = at));
  return places;
}

/** The matrix with its rows and columns in that order, and the weights with it. */
export function permuted(mask: MaskData, weights: Float32Array | undefined, { rows, columns }: Order): { readonly mask: MaskData; readonly weights: Float32Array | undefined } {
  const place = placesIn(columns);
  const indptr = new Uint32Array(mask.inputs + 1);
  const indices = new Uint32Array(mask.indices.length);
  const moved = weights && new Float32Array(weights.length);
  let to = 0;
  rows.forEach((unit, at) => {
    const from = mask.indptr[unit] ?? 0;
    const connections = Array.from(mask.indices.subarray(from, mask.indptr[unit + 1] ?? 0), (column, k) => ({ column: place[column] ?? 0, weight: weights?.[from + k] ?? 0 }));
    for (const { column, weight } of connections.sort((a, b) => a.column - b.column)) {
      if (moved) moved[to] = weight;
      indices[to++] = column;
    }
    indptr[at + 1] = to;
  });
  return { mask: { ...mask, indptr, indices }, weights: moved };
}
