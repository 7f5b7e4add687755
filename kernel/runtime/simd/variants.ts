/**
 * The table of kernels: every way to compute the products of a masked layer. It drives dispatch, the equality tests, the
 * calibration and the benchmark; a variant that is not here does not exist.
 */
import type { Tile } from './placed-layout.js';
import { denseLayout, groupLayout, sparseLayout, type Connections, type ConnectionLayout } from './structure.js';

/** `product`: forward, or the gradient of the inputs. `weights`: the gradient of the weights. */
export type ProductOperation = 'product' | 'weights';

/** What a variant is chosen by. */
export interface ProductShape {
  readonly sources: number;
  readonly targets: number;
  readonly connections: number;
  readonly batch: number;
  /** Places that groups of targets with the same sources need: at least `connections`. */
  readonly groupPlaces: number;
}

export interface Variant {
  readonly name: string;
  readonly layout: 'sparse' | 'groups' | 'dense';
  readonly operations: readonly ProductOperation[];
  /** Lanes that one pass over the connections serves. */
  readonly tile: Tile;
  /** The reason why it cannot run, if there is one. */
  readonly unfit: (shape: ProductShape) => string | undefined;
  /** True when a source that is NaN or infinite would reach targets that it is not connected to. */
  readonly needsFinite: (shape: ProductShape) => boolean;
}

const never = (): boolean => false;
const lanes = (tile: number, least: number) => ({ batch }: ProductShape): string | undefined =>
  Math.floor(batch / 16) * 16 < least ? `its tile of ${tile} lanes begins to pay at a batch of ${least}` : undefined;
/** Places of a dense layout: targets come in fours. */
export const densePlaces = ({ sources, targets }: { sources: number; targets: number }): number => 4 * Math.ceil(targets / 4) * sources;

const MOST_DENSE = 2 ** 28;

export const VARIANTS: readonly Variant[] = [
  { name: 'sparse16', layout: 'sparse', operations: ['product', 'weights'], tile: 16, unfit: () => undefined, needsFinite: never },
  // Six accumulators: what V8 keeps in registers everywhere.
  { name: 'sparse24', layout: 'sparse', operations: ['product'], tile: 24, unfit: lanes(24, 48), needsFinite: never },
  // Eight: from Node 24 on.
  { name: 'sparse32', layout: 'sparse', operations: ['product'], tile: 32, unfit: lanes(32, 32), needsFinite: never },
  {
    name: 'groups',
    layout: 'groups',
    operations: ['product', 'weights'],
    tile: 16,
    unfit: ({ groupPlaces, connections }) => (groupPlaces > 2 * connections ? 'too few targets share their sources' : undefined),
    needsFinite: never,
  },
  {
    name: 'dense',
    layout: 'dense',
    operations: ['product', 'weights'],
    tile: 16,
    unfit: (shape) => (densePlaces(shape) > MOST_DENSE ? 'the dense weights would not fit into memory' : undefined),
    needsFinite: ({ sources, targets, connections }) => connections < sources * targets,
  },
];

export const LAYOUTS: Readonly<Record<Variant['layout'], (connections: Connections) => ConnectionLayout>> = {
  sparse: sparseLayout,
  groups: groupLayout,
  dense: denseLayout,
};

export const variantNamed = (name: string): Variant => {
  const found = VARIANTS.find((variant) => variant.name === name);
  if (!found) throw new Error(`no kernel variant ${name}; there are ${VARIANTS.map((variant) => variant.name).join(', ')}`);
  return found;
};
