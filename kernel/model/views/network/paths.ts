/** Paths from inputs to outputs. Their number grows exponentially with depth, so they are counted and never listed. */
import type { NetworkView, UnitPlace } from './network-view.js';
import { allEdges, type NetworkEdge } from './edges.js';

export interface PathCounts {
  /** Paths from any input to any output. */
  readonly all: number;
  /** Those that go through a unit. */
  through(place: UnitPlace): number;
  /** Those that take a connection. */
  along(edge: NetworkEdge): number;
}

/** Exact up to 2^53; only for a view that holds every connection. */
export function countPaths(view: NetworkView): PathCounts {
  const edges = allEdges(view);
  const { groups, links } = view;
  const isRead = new Set(links.map(({ from }) => from));
  const isFed = new Set(links.map(({ to }) => to));
  const into = groups.map(({ units }, group) => new Float64Array(units).fill(isFed.has(group) ? 0 : 1));
  const outOf = groups.map(({ units }, group) => new Float64Array(units).fill(isRead.has(group) ? 0 : 1));
  const add = (to: Float64Array | undefined, at: number, value: number): void => void (to && (to[at] = (to[at] ?? 0) + value));
  // Groups stand in order, so all that reaches a group is known before it is read.
  for (const { from, to } of [...edges].sort((a, b) => a.to.group - b.to.group)) add(into[to.group], to.unit, into[from.group]?.[from.unit] ?? 0);
  for (const { from, to } of [...edges].sort((a, b) => b.from.group - a.from.group)) add(outOf[from.group], from.unit, outOf[to.group]?.[to.unit] ?? 0);
  const through = ({ group, unit }: UnitPlace): number => (into[group]?.[unit] ?? 0) * (outOf[group]?.[unit] ?? 0);
  let all = 0;
  groups.forEach(({ units }, group) => {
    if (!isRead.has(group)) for (let unit = 0; unit < units; unit++) all += through({ group, unit });
  });
  return { all, through, along: ({ from, to }) => (into[from.group]?.[from.unit] ?? 0) * (outOf[to.group]?.[to.unit] ?? 0) };
}

/** The connections that lie on a path from one unit to another, whichever of the two comes first. */
export function edgesBetween(view: NetworkView, a: UnitPlace, b: UnitPlace): NetworkEdge[] {
  const [first, last] = a.group <= b.group ? [a, b] : [b, a];
  const edges = allEdges(view);
  const name = ({ group, unit }: UnitPlace): string => `${group}/${unit}`;
  const ahead = new Set([name(first)]);
  for (const { from, to } of [...edges].sort((x, y) => x.to.group - y.to.group)) if (ahead.has(name(from))) ahead.add(name(to));
  const behind = new Set([name(last)]);
  for (const { from, to } of [...edges].sort((x, y) => y.from.group - x.from.group)) if (behind.has(name(to))) behind.add(name(from));
  return edges.filter(({ from, to }) => ahead.has(name(from)) && behind.has(name(to)));
}
