/** Which connections of a net are lit: what the reader points at here or in another view, and what is pinned. */
import { edgesBetween, type PathCounts } from '../../../kernel/model/views/network/paths.js';
import type { NetworkEdge } from '../../../kernel/model/views/network/edges.js';
import type { NetworkView, UnitPlace } from '../../../kernel/model/views/network/network-view.js';
import type { LayerSelection } from '../selection.js';

export interface Pointed {
  readonly unit?: UnitPlace;
  readonly edge?: NetworkEdge;
}

export type Lit = (edge: NetworkEdge) => boolean;

const isSame = (a: UnitPlace, b: UnitPlace): boolean => a.group === b.group && a.unit === b.unit;
const touches = ({ from, to }: NetworkEdge, place: UnitPlace): boolean => isSame(from, place) || isSame(to, place);

/**
 * Undefined: nothing is picked, all is lit. Two pinned units light the paths between them.
 *
 * @param elsewhere what other views picked, by layer
 */
export function litEdges(view: NetworkView, pointed: Pointed | undefined, pins: readonly UnitPlace[], elsewhere: ReadonlyMap<string, LayerSelection>): Lit | undefined {
  if (pointed?.edge) {
    const { link, at } = pointed.edge;
    return (edge) => edge.link === link && edge.at === at;
  }
  const { unit } = pointed ?? {};
  if (unit) return (edge) => touches(edge, unit);
  const [first, second, ...more] = pins;
  if (first && second && more.length === 0 && first.group !== second.group && !view.egos) {
    const between = new Set(edgesBetween(view, first, second).map(({ link, at }) => `${link}/${at}`));
    return ({ link, at }) => between.has(`${link}/${at}`);
  }
  if (first) return (edge) => pins.some((pin) => touches(edge, pin));
  const picked = [...elsewhere.values()].flatMap(({ hover, pins: others }) => (hover ? [hover] : [...others]));
  if (picked.length === 0) return undefined;
  return ({ link, from, to }) => {
    const { layer, rowOffset = 0 } = view.links[link] ?? {};
    return picked.some((each) => each.layer === layer && (each.row === undefined || each.row === from.unit + rowOffset) && (each.column === undefined || each.column === to.unit));
  };
}

/** What two pinned units have between them, in words; undefined for anything else. */
export function betweenText(view: NetworkView, pins: readonly UnitPlace[], paths: PathCounts | undefined): string | undefined {
  const [first, second, ...more] = pins;
  if (!first || !second || more.length > 0 || !paths || first.group === second.group) return undefined;
  const edges = edgesBetween(view, first, second);
  return edges.length === 0 ? 'no path between them' : `${edges.length} connections on paths between them`;
}
