/** Which units of a net are drawn, in which column and row. */
import { byStrength, edgesInto, edgesOutOf, allEdges, type NetworkEdge } from './edges.js';
import { isSmall, type NetworkView, type UnitPlace } from './network-view.js';
import { orderUnits } from './order-units.js';

export interface PlacedUnit extends UnitPlace {
  readonly column: number;
  /** Rows from the middle, which is 0. */
  readonly offset: number;
}

export interface PlacedGroup {
  readonly group: number;
  readonly column: number;
  /** Rows from the middle to the group's first unit, half a row above it. */
  readonly first: number;
  /** Units that are drawn. */
  readonly count: number;
  /** In an ego graph, units that the pins are connected to and that are not drawn; of a group without any, all its units. */
  readonly more: number;
}

export interface NetworkLayout {
  readonly units: readonly PlacedUnit[];
  readonly groups: readonly PlacedGroup[];
  readonly edges: readonly NetworkEdge[];
  readonly columns: number;
  /** Height of the highest column, in rows. */
  readonly rows: number;
  readonly isEgo: boolean;
  columnOf(group: number): number;
}

/** Of one pin, so many neighbours are drawn in each group. */
export const MAX_NEIGHBOURS = 12;
/** Between groups that stand in one column. */
const GAP_ROWS = 1.2;

export function networkLayout(view: NetworkView, pins: readonly UnitPlace[]): NetworkLayout {
  const isEgo = !isSmall(view);
  const { units, edges, more } = isEgo ? egoGraph(view, pins) : wholeGraph(view);
  const depth = depths(view);
  const columns = depth.reduce((most, column) => Math.max(most, column + 1), 0);
  const isRead = new Set(view.links.map(({ from }) => from));
  const isFed = new Set(view.links.map(({ to }) => to));
  const ordered = orderUnits(units, edges.map(({ from, to }) => ({ from: [from.group, from.unit], to: [to.group, to.unit] })), (group) => isRead.has(group) && isFed.has(group));
  const byColumn = Array.from({ length: columns }, (_, column) => view.groups.map((_, group) => group).filter((group) => depth[group] === column));
  const height = (group: number): number => (ordered[group]?.length ?? 0) + ((more[group] ?? 0) > 0 ? 1 : 0);
  const placed: PlacedGroup[] = [];
  const placedUnits: PlacedUnit[] = [];
  let rows = 0;
  byColumn.forEach((groups, column) => {
    const total = groups.reduce((sum, group) => sum + height(group), 0) + GAP_ROWS * Math.max(0, groups.length - 1);
    rows = Math.max(rows, total);
    let first = -total / 2;
    for (const group of groups) {
      const list = ordered[group] ?? [];
      placed.push({ group, column, first: first + 0.5, count: list.length, more: more[group] ?? 0 });
      list.forEach((unit, at) => placedUnits.push({ group, unit, column, offset: first + at + 0.5 }));
      first += height(group) + GAP_ROWS;
    }
  });
  return { units: placedUnits, groups: placed, edges, columns, rows, isEgo, columnOf: (group) => depth[group] ?? 0 };
}

/** The longest way from an input: so every connection goes to the right. */
export function depths({ groups, links }: NetworkView): number[] {
  const depth = groups.map(() => 0);
  for (const { from, to } of [...links].sort((a, b) => a.to - b.to || a.from - b.from)) depth[to] = Math.max(depth[to] ?? 0, (depth[from] ?? 0) + 1);
  return depth;
}

interface Chosen {
  /** Of each group, ascending. */
  readonly units: readonly (readonly number[])[];
  readonly edges: readonly NetworkEdge[];
  readonly more: readonly number[];
}

const wholeGraph = (view: NetworkView): Chosen => ({
  units: view.groups.map(({ units }) => Array.from({ length: units }, (_, unit) => unit)),
  edges: allEdges(view),
  more: view.groups.map(() => 0),
});

/** The pinned units and what they are connected to, the strongest first. */
function egoGraph(view: NetworkView, pins: readonly UnitPlace[]): Chosen {
  const shown = view.groups.map(() => new Set<number>());
  const near = view.groups.map(() => new Set<number>());
  const edges = new Map<string, NetworkEdge>();
  for (const pin of pins) {
    shown[pin.group]?.add(pin.unit);
    near[pin.group]?.add(pin.unit);
    for (const [side, all] of [['from', edgesInto(view, pin)], ['to', edgesOutOf(view, pin)]] as const) {
      const counts = new Map<number, number>();
      for (const edge of [...all].sort(byStrength)) {
        const { group, unit } = edge[side];
        near[group]?.add(unit);
        const count = counts.get(group) ?? 0;
        if (count >= MAX_NEIGHBOURS) continue;
        counts.set(group, count + 1);
        shown[group]?.add(unit);
        edges.set(`${edge.link}/${edge.at}`, edge);
      }
    }
  }
  return {
    units: shown.map((units) => [...units].sort((a, b) => a - b)),
    edges: [...edges.values()],
    more: shown.map((units, group) => {
      const missing = hiddenNeighbours(view, pins, group);
      const held = (near[group]?.size ?? 0) - units.size;
      return units.size === 0 ? (view.groups[group]?.units ?? 0) : Math.max(held, missing);
    }),
  };
}

/** Connections of the pins that the view itself does not hold, of the group that they come from or go to. */
function hiddenNeighbours(view: NetworkView, pins: readonly UnitPlace[], group: number): number {
  let hidden = 0;
  for (const pin of pins) {
    const ego = view.egos?.find((each) => each.group === pin.group && each.unit === pin.unit);
    if (!ego) continue;
    const into = view.links.filter(({ to }) => to === pin.group);
    const outOf = view.links.filter(({ from }) => from === pin.group);
    // With one link on a side the numbers belong to its group; with several nobody knows to which.
    if (into.length === 1 && into[0]?.from === group) hidden += ego.fanIn - Math.min(MAX_NEIGHBOURS, edgesInto(view, pin).length);
    if (outOf.length === 1 && outOf[0]?.to === group) hidden += ego.fanOut - Math.min(MAX_NEIGHBOURS, edgesOutOf(view, pin).length);
  }
  return hidden;
}
