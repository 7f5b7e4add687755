/**
 * How the connections of one direction are laid out for the kernels. Plain arrays, computed once per mask.
 *
 * Both layouts keep the sources of a target in ascending order, so all of them add the same terms in the same order.
 */
import { LANES } from './panels.js';

/** The connections by target: those of target t come from `indices[indptr[t]] … indices[indptr[t + 1] - 1]`, ascending. */
export interface Connections {
  readonly sources: number;
  readonly targets: number;
  readonly indptr: Uint32Array;
  readonly indices: Uint32Array;
  /** The position of each connection in CSR order of the mask; absent when it is its own. */
  readonly order?: Uint32Array;
}

interface Layout {
  /** Position in CSR order of the weight at each place; -1 where there is no connection, and the weight is 0. */
  readonly order: Int32Array;
}

/** Connections by blocks of sources, in a block by target. */
export interface SparseLayout extends Layout {
  readonly kind: 'sparse';
  readonly blocks: number;
  /** [blocks][targets + 1]: the place where the connections of a target in this block begin. */
  readonly starts: Uint32Array;
  /** [nnz]: the source's row in a full panel, in bytes. */
  readonly offsets: Uint32Array;
}

/** Targets by groups of four that share a list of sources; four weights an entry. */
export interface GroupLayout extends Layout {
  readonly kind: 'groups';
  /** [groups][8]; see `assembly/grouped.ts`. */
  readonly groups: Int32Array;
  /** The lists, one behind the other, as in `SparseLayout`. */
  readonly offsets: Uint32Array;
  readonly longest: number;
}

export type ConnectionLayout = SparseLayout | GroupLayout;

const ROW_BYTES = LANES * 4;
/** Rows of sources that all targets use before the next ones: a panel of them is 24 KiB, which leaves the first level of the cache room. */
const BLOCK_ROWS = 384;
/** Connections that a target should have in a block, or the block is not worth its start. */
const BLOCK_CONNECTIONS = 24;
const GROUP = 4;

/** @throws RangeError for more sources than offsets of 32 bits can tell */
function checkSources(sources: number): void {
  if (sources * ROW_BYTES >= 2 ** 32) throw new RangeError(`a masked layer of ${sources} units: the sparse kernels take fewer than ${2 ** 32 / ROW_BYTES}`);
}

/** @param blockRows for tests; the default follows from the density */
export function sparseLayout(connections: Connections, blockRows?: number): SparseLayout {
  const { sources, targets, indptr, indices, order: csr } = connections;
  checkSources(sources);
  const nnz = indices.length;
  const most = blockRows ?? Math.max(BLOCK_ROWS, Math.ceil((BLOCK_CONNECTIONS * sources * targets) / Math.max(1, nnz)));
  const blocks = Math.max(1, Math.ceil(sources / most));
  const rows = Math.ceil(sources / blocks);
  const starts = new Uint32Array(blocks * (targets + 1));
  const offsets = new Uint32Array(nnz);
  const order = new Int32Array(nnz);
  const next = indptr.slice(0, targets);
  let place = 0;
  for (let block = 0; block < blocks; block++) {
    const end = (block + 1) * rows;
    for (let t = 0; t < targets; t++) {
      starts[block * (targets + 1) + t] = place;
      const stop = indptr[t + 1] ?? 0;
      let k = next[t] ?? 0;
      for (; k < stop; k++) {
        const source = indices[k] ?? 0;
        if (source >= end) break;
        offsets[place] = source * ROW_BYTES;
        order[place++] = csr ? (csr[k] ?? 0) : k;
      }
      next[t] = k;
    }
    starts[block * (targets + 1) + targets] = place;
  }
  return { kind: 'sparse', blocks, starts, offsets, order };
}

/** A number that targets with the same sources share, and others hardly ever. */
function hashOf({ indptr, indices }: Connections, target: number): number {
  const from = indptr[target] ?? 0;
  const to = indptr[target + 1] ?? 0;
  let hash = Math.imul(to - from + 1, 0x9e3779b1);
  for (let k = from; k < to; k++) {
    hash = Math.imul(hash ^ Math.imul((indices[k] ?? 0) + 1, 0x85ebca6b), 0xc2b2ae35);
    hash ^= hash >>> 15;
  }
  return hash >>> 0;
}

/** Targets that have the same sources, by groups of up to four. */
function classesOf(connections: Connections): number[][] {
  const { targets, indptr, indices } = connections;
  const byHash = new Map<number, number[][]>();
  const groups: number[][] = [];
  for (let t = 0; t < targets; t++) {
    const from = indptr[t] ?? 0;
    const length = (indptr[t + 1] ?? 0) - from;
    const same = (other: number): boolean => {
      const begin = indptr[other] ?? 0;
      if ((indptr[other + 1] ?? 0) - begin !== length) return false;
      for (let k = 0; k < length; k++) if (indices[begin + k] !== indices[from + k]) return false;
      return true;
    };
    const hash = hashOf(connections, t);
    const candidates = byHash.get(hash) ?? [];
    byHash.set(hash, candidates);
    const open = candidates.find(([first]) => first !== undefined && same(first));
    if (open && open.length < GROUP) open.push(t);
    else {
      const group = [t];
      groups.push(group);
      // A full group makes room for the next one of its kind.
      if (open) candidates[candidates.indexOf(open)] = group;
      else candidates.push(group);
    }
  }
  return groups;
}

/**
 * The places that groups of four need: four times the connections where no target shares its sources, as many as the
 * connections where all groups are full. From hashes alone, so it may be out by a few; with little memory.
 */
export function groupPlaces(connections: Connections): number {
  const { targets, indptr } = connections;
  const hashes = new Uint32Array(targets);
  const order = new Uint32Array(targets);
  for (let t = 0; t < targets; t++) {
    hashes[t] = hashOf(connections, t);
    order[t] = t;
  }
  order.sort((a, b) => (hashes[a] ?? 0) - (hashes[b] ?? 0));
  let places = 0;
  for (let at = 0; at < targets; ) {
    const first = order[at] ?? 0;
    let end = at + 1;
    while (end < targets && hashes[order[end] ?? 0] === hashes[first]) end++;
    places += GROUP * Math.ceil((end - at) / GROUP) * ((indptr[first + 1] ?? 0) - (indptr[first] ?? 0));
    at = end;
  }
  return places;
}

/** Only targets with the same sources share a group. */
export function groupLayout(connections: Connections): GroupLayout {
  const { sources, indptr, indices, order: csr } = connections;
  checkSources(sources);
  const classes = classesOf(connections);
  const lists = classes.map(([first = 0]) => indices.subarray(indptr[first], indptr[first + 1]));
  const entries = lists.reduce((sum, list) => sum + list.length, 0);
  const groups = new Int32Array(8 * classes.length);
  const offsets = new Uint32Array(entries);
  const order = new Int32Array(GROUP * entries).fill(-1);
  let at = 0;
  classes.forEach((members, g) => {
    const list = lists[g] ?? new Uint32Array();
    groups.set([at, at + list.length, at, 0], 8 * g);
    for (let m = 0; m < GROUP; m++) {
      const target = members[m];
      groups[8 * g + 4 + m] = target ?? -1;
      if (target === undefined) continue;
      const from = indptr[target] ?? 0;
      for (let k = 0; k < list.length; k++) order[GROUP * (at + k) + m] = csr ? (csr[from + k] ?? 0) : from + k;
    }
    list.forEach((source, k) => (offsets[at + k] = source * ROW_BYTES));
    at += list.length;
  });
  return { kind: 'groups', groups, offsets, longest: lists.reduce((most, list) => Math.max(most, list.length), 0), order };
}

/** All sources for all targets; a missing connection is a weight of 0. Sources must be finite: 0 · NaN is NaN. */
export function denseLayout(connections: Connections): GroupLayout {
  const { sources, targets, indptr, indices, order: csr } = connections;
  checkSources(sources);
  const count = Math.ceil(targets / GROUP);
  const groups = new Int32Array(8 * count);
  const order = new Int32Array(count * GROUP * sources).fill(-1);
  for (let g = 0; g < count; g++) {
    groups.set([0, sources, g * sources, 0], 8 * g);
    for (let m = 0; m < GROUP; m++) {
      const target = GROUP * g + m;
      groups[8 * g + 4 + m] = target < targets ? target : -1;
      if (target >= targets) continue;
      for (let k = indptr[target] ?? 0; k < (indptr[target + 1] ?? 0); k++) {
        order[GROUP * (g * sources + (indices[k] ?? 0)) + m] = csr ? (csr[k] ?? 0) : k;
      }
    }
  }
  return { kind: 'groups', groups, offsets: Uint32Array.from({ length: sources }, (_, i) => i * ROW_BYTES), longest: sources, order };
}

/** Where each connection's weight lies in the layout: the inverse of `order`. */
export function placesOf({ order }: Layout, nnz: number): Int32Array {
  const places = new Int32Array(nnz);
  order.forEach((connection, place) => {
    if (connection >= 0) places[connection] = place;
  });
  return places;
}

/** For each place of one layout the place of the same connection in another, or -1: what moves weights between them. */
export function orderBetween(from: Layout, to: Layout, nnz: number): Int32Array {
  const places = placesOf(from, nnz);
  return to.order.map((connection) => (connection < 0 ? -1 : (places[connection] ?? -1)));
}
