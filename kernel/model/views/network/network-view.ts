/** The view of a net as units and the connections between them: `application/vnd.patchbay.network+json`. */
import type { MaskData } from '../../mask-data.js';
import type { VIEW_VERSION } from '../payload.js';
import { largestSize } from '../weight-statistics.js';

/** Units that stand in one column: an input, or the outputs of a layer. */
export interface NetworkGroup {
  readonly name: string;
  readonly units: number;
  /** Names of the units. */
  readonly names?: readonly string[];
  /** One a unit. */
  readonly bias?: Float32Array;
}

/** Connections from the units of one group to those of a later one. */
export interface NetworkLink {
  readonly from: number;
  readonly to: number;
  /** The identity of the layer's connections, for views that follow one selection. */
  readonly layer?: string;
  /** What is added to a unit's index to get its row in the layer's own matrix. */
  readonly rowOffset: number;
  /** All connections that there are. */
  readonly nnz: number;
  /** Those that the view holds: all, or the ones of its egos. */
  readonly mask: MaskData;
  /** Weights in CSR order; absent where a connection has none of its own (pooling, shared kernels of a convolution). */
  readonly values?: Float32Array;
}

export interface UnitPlace {
  readonly group: number;
  readonly unit: number;
}

/** A unit whose connections the view holds, and how many there are in truth. */
export interface Ego extends UnitPlace {
  readonly fanIn: number;
  readonly fanOut: number;
}

export interface NetworkView {
  readonly view: 'network';
  readonly version: typeof VIEW_VERSION;
  readonly title?: string;
  /** Sources come before what reads them. */
  readonly groups: readonly NetworkGroup[];
  readonly links: readonly NetworkLink[];
  /** The units whose surroundings are drawn where the whole net is too much. */
  readonly pins: readonly UnitPlace[];
  /** Present when the view doesn't hold every connection: the units that can be looked at. */
  readonly egos?: readonly Ego[];
  /** Layers whose inside is not drawn, by name and kind. */
  readonly opaque: readonly string[];
}

/** A net of at most so many units a layer and connections is drawn whole. */
export const MAX_DRAWN_UNITS = 24;
export const MAX_DRAWN_EDGES = 300;

export const edgeCount = ({ links }: NetworkView): number => links.reduce((sum, { nnz }) => sum + nnz, 0);

export const isSmall = (view: NetworkView): boolean =>
  view.egos === undefined && view.groups.every(({ units }) => units <= MAX_DRAWN_UNITS) && edgeCount(view) <= MAX_DRAWN_EDGES;

/** The end of a colour scale that is symmetric about 0, over all finite weights. */
export const weightLimit = ({ links }: NetworkView): number =>
  links.reduce((limit, { values }) => Math.max(limit, values ? largestSize(values) : 0), 0) || 1;

/** `hidden 2`, with its name where it has one: `inputs 0 (x₁)`. */
export function unitLabel({ groups }: NetworkView, { group, unit }: UnitPlace): string {
  const owner = groups[group];
  const name = owner?.names?.[unit];
  return `${owner?.name ?? ''} ${unit}${name ? ` (${name})` : ''}`;
}

/** The unit that is looked at when nobody chose one: the first of the last group. */
export const chosenPins = (view: NetworkView): readonly UnitPlace[] => {
  if (view.pins.length > 0) return view.pins;
  const [ego] = view.egos ?? [];
  if (ego) return [ego];
  const group = view.groups.length - 1;
  return (view.groups[group]?.units ?? 0) > 0 ? [{ group, unit: 0 }] : [];
};
