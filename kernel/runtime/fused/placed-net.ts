/** The connections of a network, laid out for its passes forward and back. */
import { byColumn } from '../../model/mask-data.js';
import type { SparseEngine } from '../simd/engine.js';
import { choose } from '../simd/dispatch.js';
import { PlacedLayout, type Tile } from '../simd/placed-layout.js';
import { ratesOf, TYPICAL } from '../simd/rates.js';
import { groupPlaces, orderBetween, placesOf, type ConnectionLayout, type Connections } from '../simd/structure.js';
import { LAYOUTS, type ProductShape } from '../simd/variants.js';
import type { DenseNode } from './net.js';

/** Floating-point operations below which no wide tile is worth a measurement. */
const WORTH_MEASURING = 2_000_000;

export interface PlacedDense {
  readonly forward: PlacedLayout;
  readonly tile: Tile;
  /** Undefined where no gradient of the inputs is wanted. */
  readonly backward: { readonly layout: PlacedLayout; readonly tile: Tile; /** Address for the weights in its order; 0 when that is the forward one's. */ readonly values: number; /** Address: the forward place of each of its places; 0 likewise. */ readonly order: number } | undefined;
  /** Forward place of each connection in CSR order; undefined when it is its own. */
  readonly toPlace: Int32Array | undefined;
  release(): void;
}

/**
 * By typical costs, so that the choice is the same at every run: a batch of one is summed in another order by each layout. Only
 * variants that multiply no missing connection, since 0 · NaN would reach what nothing connects.
 */
function chosen(engine: SparseEngine, connections: Connections, batch: number): { layout: ConnectionLayout; tile: Tile } {
  const shape: ProductShape = { sources: connections.sources, targets: connections.targets, connections: connections.indices.length, batch, groupPlaces: groupPlaces(connections) };
  const fits = choose('product', shape, TYPICAL).estimates.filter(({ unfit }) => unfit === undefined);
  const kinds = fits.map(({ variant }) => variant).filter((name) => name !== 'dense' || shape.connections === shape.sources * shape.targets);
  const [best = 'sparse16'] = kinds;
  const kind = best.startsWith('sparse') ? 'sparse' : best === 'dense' ? 'dense' : 'groups';
  const layout = LAYOUTS[kind](connections);
  if (kind !== 'sparse' || batch < 32 || 2 * shape.connections * batch < WORTH_MEASURING) return { layout, tile: 16 };
  // Tiles differ in time only.
  const measured = choose('product', shape, ratesOf(engine)).estimates.find(({ variant, unfit }) => variant.startsWith('sparse') && unfit === undefined);
  return { layout, tile: measured?.variant === 'sparse24' ? 24 : measured?.variant === 'sparse32' ? 32 : 16 };
}

/** @param back whether the gradient of the inputs is wanted */
export function placeDense(engine: SparseEngine, node: DenseNode, batch: number, back: boolean): PlacedDense {
  const { memory } = engine;
  const { mask, inputs, outputs } = node;
  const { indptr, indices } = mask.data;
  const ahead: Connections = { sources: inputs, targets: outputs, ...byColumn(mask.data) };
  const there = chosen(engine, ahead, batch);
  const forward = new PlacedLayout(memory, ahead, there.layout, false);
  let toPlace = forward.inOrder ? undefined : placesOf(there.layout, mask.nnz);
  if (!back) return { forward, tile: there.tile, backward: undefined, toPlace, release: () => forward.release() };
  const behind: Connections = { sources: outputs, targets: inputs, indptr, indices };
  const home = chosen(engine, behind, batch);
  const layout = new PlacedLayout(memory, behind, home.layout, false);
  const same = layout.inOrder && forward.inOrder;
  const values = same ? 0 : memory.allocate(Math.max(1, layout.places) * 4);
  let order = 0;
  if (layout.inOrder && toPlace) {
    // One list serves both: the place of each connection is where the way back finds its weight.
    order = memory.place(toPlace);
    toPlace = memory.words(order, toPlace.length);
  } else if (!same) order = memory.place(orderBetween(there.layout, home.layout, mask.nnz));
  return {
    forward, tile: there.tile, toPlace, backward: { layout, tile: home.tile, values, order },
    release: () => {
      forward.release();
      layout.release();
      if (values) memory.release(values);
      if (order) memory.release(order);
    },
  };
}
