/**
 * Units of hidden groups in an order in which fewer connections cross: barycentre sweeps (Sugiyama, Tagawa and Toda, 1981).
 *
 * Inputs and outputs stay in their own order, which means something to the reader.
 */
export interface Crossing {
  readonly from: readonly [group: number, unit: number];
  readonly to: readonly [group: number, unit: number];
}

const SWEEPS = 4;

/**
 * @param groups the units of each group, in their natural order
 * @param movable whether a group may be reordered
 * @returns the groups with at most as many crossings as before
 */
export function orderUnits(groups: readonly (readonly number[])[], edges: readonly Crossing[], movable: (group: number) => boolean): readonly (readonly number[])[] {
  let best = groups;
  let least = countCrossings(groups, edges);
  let current = groups;
  for (let sweep = 0; sweep < SWEEPS && least > 0; sweep++) {
    for (const side of ['from', 'to'] as const) {
      current = sweepOnce(current, edges, movable, side);
      const crossings = countCrossings(current, edges);
      if (crossings < least) [best, least] = [current, crossings];
    }
  }
  return best;
}

/** Every group by the mean place of its neighbours on one side; a unit without any stays about where it is. */
function sweepOnce(groups: readonly (readonly number[])[], edges: readonly Crossing[], movable: (group: number) => boolean, side: 'from' | 'to'): readonly (readonly number[])[] {
  const next = groups.map((units) => [...units]);
  const own = side === 'from' ? 'to' : 'from';
  const order = side === 'from' ? next.keys() : [...next.keys()].reverse();
  for (const group of order) {
    if (!movable(group)) continue;
    const at = places(next);
    const sums = new Map<number, { sum: number; count: number }>();
    for (const edge of edges) {
      if (edge[own][0] !== group) continue;
      const place = at[edge[side][0]]?.get(edge[side][1]);
      if (place === undefined) continue;
      const entry = sums.get(edge[own][1]) ?? { sum: 0, count: 0 };
      sums.set(edge[own][1], { sum: entry.sum + place, count: entry.count + 1 });
    }
    const centre = (unit: number): number => {
      const entry = sums.get(unit);
      return entry ? entry.sum / entry.count : (at[group]?.get(unit) ?? 0);
    };
    next[group]?.sort((a, b) => centre(a) - centre(b));
  }
  return next;
}

/** Places from 0 to 1, so that groups of different sizes compare. */
const places = (groups: readonly (readonly number[])[]): Map<number, number>[] =>
  groups.map((units) => new Map(units.map((unit, at) => [unit, (at + 0.5) / units.length])));

/** Pairs of connections between the same two groups that cross. */
export function countCrossings(groups: readonly (readonly number[])[], edges: readonly Crossing[]): number {
  const at = places(groups);
  const placed = edges.map(({ from, to }) => ({ pair: `${from[0]}/${to[0]}`, a: at[from[0]]?.get(from[1]) ?? 0, b: at[to[0]]?.get(to[1]) ?? 0 }));
  let crossings = 0;
  placed.forEach((one, index) => {
    for (let other = index + 1; other < placed.length; other++) {
      const two = placed[other];
      if (two?.pair === one.pair && (one.a - two.a) * (one.b - two.b) < 0) crossings++;
    }
  });
  return crossings;
}
