/** What a payload holds of a net that is larger than it: the surroundings of units, one unit after the other. */
import { MAX_VIEW_CHARS } from '../media-types.js';
import { edgesInto, edgesOutOf, type NetworkEdge } from './edges.js';
import type { Ego, NetworkLink, NetworkView, UnitPlace } from './network-view.js';

/** At most so many connections on either side of one unit, the strongest: more than anybody looks at. */
const MAX_SIDE = 2000;
/** A connection takes at most 12 bytes, 16 characters; a unit about 60. */
const CHARS_AN_EDGE = 16;
const CHARS_AN_EGO = 60;
const MAX_EGOS = 2000;

/** @param length characters of a view's JSON */
export function reducedNetwork(view: NetworkView, length: (view: NetworkView) => number): NetworkView {
  if (view.egos || (roughLength(view) <= 4 * MAX_VIEW_CHARS && length(view) <= MAX_VIEW_CHARS)) return view;
  const plain = { ...view, groups: view.groups.map(({ name, units }) => ({ name, units })) };
  const named = length(withEgos(view, 0)) <= MAX_VIEW_CHARS / 2 ? view : plain;
  const room = MAX_VIEW_CHARS - length(withEgos(named, 0)) - 2_000;
  return withEgos(named, room);
}

/** Without writing it: a net of millions of connections would be written in vain. */
const roughLength = ({ links }: NetworkView): number => links.reduce((sum, { nnz, values, mask }) => sum + (values ? 5 * nnz : 0) + Math.min(nnz, (mask.inputs * mask.outputs) / 6), 0);

function withEgos(view: NetworkView, room: number): NetworkView {
  const kept = view.links.map(() => new Set<number>());
  const egos: Ego[] = [];
  let left = room;
  for (const place of candidates(view)) {
    if (left <= 0 || egos.length >= MAX_EGOS) break;
    const sides = [edgesInto(view, place), edgesOutOf(view, place)] as const;
    const fresh = sides.flatMap((edges) => strongest(edges)).filter(({ link, at }) => !kept[link]?.has(at));
    const cost = CHARS_AN_EGO + fresh.length * CHARS_AN_EDGE;
    if (cost > left) continue;
    left -= cost;
    for (const { link, at } of fresh) kept[link]?.add(at);
    egos.push({ ...place, fanIn: sides[0].length, fanOut: sides[1].length });
  }
  return { ...view, pins: view.pins.filter((pin) => egos.some((ego) => ego.group === pin.group && ego.unit === pin.unit)), egos, links: view.links.map((link, at) => subset(link, kept[at] ?? new Set())) };
}

/** Pinned units, then outputs, then the groups before them, a few of each first. */
function* candidates({ groups, pins }: NetworkView): Generator<UnitPlace> {
  yield* pins;
  const isPin = (group: number, unit: number): boolean => pins.some((pin) => pin.group === group && pin.unit === unit);
  for (let start = 0; groups.some(({ units }) => units > start) && start < MAX_EGOS; start += 8) {
    for (let group = groups.length - 1; group >= 0; group--) {
      const end = Math.min(start + 8, groups[group]?.units ?? 0);
      for (let unit = start; unit < end; unit++) if (!isPin(group, unit)) yield { group, unit };
    }
  }
}

const strongest = (edges: readonly NetworkEdge[]): readonly NetworkEdge[] =>
  edges.length <= MAX_SIDE ? edges : [...edges].sort((a, b) => Math.abs(b.weight ?? 0) - Math.abs(a.weight ?? 0)).slice(0, MAX_SIDE);

function subset(link: NetworkLink, kept: ReadonlySet<number>): NetworkLink {
  const order = [...kept].sort((a, b) => a - b);
  const { inputs, outputs, indptr: whole, indices } = link.mask;
  const indptr = new Uint32Array(inputs + 1);
  let next = 0;
  for (let row = 0; row < inputs; row++) {
    while (next < order.length && (order[next] ?? 0) < (whole[row + 1] ?? 0)) next++;
    indptr[row + 1] = next;
  }
  const { values, ...rest } = link;
  return {
    ...rest,
    mask: { inputs, outputs, indptr, indices: Uint32Array.from(order, (at) => indices[at] ?? 0) },
    ...(values && { values: Float32Array.from(order, (at) => values[at] ?? 0) }),
  };
}
