/** Connections of a network view as edges between units, and questions about them. */
import { byColumn, type ByColumn } from '../../mask-data.js';
import type { NetworkLink, NetworkView, UnitPlace } from './network-view.js';

export interface NetworkEdge {
  /** Index of the link. */
  readonly link: number;
  /** Place in the link's CSR order. */
  readonly at: number;
  readonly from: UnitPlace;
  readonly to: UnitPlace;
  /** Undefined where the connection has no weight of its own. */
  readonly weight: number | undefined;
}

const columns = new WeakMap<NetworkLink, ByColumn>();

function columnsOf(link: NetworkLink): ByColumn {
  const known = columns.get(link);
  if (known) return known;
  const made = byColumn(link.mask);
  columns.set(link, made);
  return made;
}

const edge = (link: number, { from, to, values }: NetworkLink, at: number, row: number, column: number): NetworkEdge => ({
  link,
  at,
  from: { group: from, unit: row },
  to: { group: to, unit: column },
  weight: values?.[at],
});

/** Every connection that the view holds. */
export function allEdges({ links }: NetworkView): NetworkEdge[] {
  return links.flatMap((link, index) => {
    const edges: NetworkEdge[] = [];
    const { inputs, indptr, indices } = link.mask;
    for (let row = 0; row < inputs; row++) {
      const end = indptr[row + 1] ?? 0;
      for (let at = indptr[row] ?? 0; at < end; at++) edges.push(edge(index, link, at, row, indices[at] ?? 0));
    }
    return edges;
  });
}

/** What reaches a unit, of what the view holds. */
export function edgesInto({ links }: NetworkView, { group, unit }: UnitPlace): NetworkEdge[] {
  return links.flatMap((link, index) => {
    if (link.to !== group) return [];
    const { indptr, indices, order } = columnsOf(link);
    const first = indptr[unit] ?? 0;
    return Array.from({ length: (indptr[unit + 1] ?? 0) - first }, (_, k) => edge(index, link, order[first + k] ?? 0, indices[first + k] ?? 0, unit));
  });
}

/** What a unit reaches. */
export function edgesOutOf({ links }: NetworkView, { group, unit }: UnitPlace): NetworkEdge[] {
  return links.flatMap((link, index) => {
    if (link.from !== group) return [];
    const first = link.mask.indptr[unit] ?? 0;
    return Array.from({ length: (link.mask.indptr[unit + 1] ?? 0) - first }, (_, k) => edge(index, link, first + k, unit, link.mask.indices[first + k] ?? 0));
  });
}

/** How many connections reach and leave a unit in truth. */
export function degreesOf(view: NetworkView, place: UnitPlace): { readonly fanIn: number; readonly fanOut: number } | undefined {
  if (!view.egos) return { fanIn: edgesInto(view, place).length, fanOut: edgesOutOf(view, place).length };
  return view.egos.find(({ group, unit }) => group === place.group && unit === place.unit);
}

/** Strongest first: that a weight is NaN matters most; without weights in order. */
export const byStrength = (a: NetworkEdge, b: NetworkEdge): number => strength(b) - strength(a);
const strength = ({ weight }: NetworkEdge): number => (weight === undefined ? 0 : Number.isNaN(weight) ? Infinity : Math.abs(weight));
