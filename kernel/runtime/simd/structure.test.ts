import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byColumn } from '../../model/mask-data.js';
import type { Mask } from '../mask/mask.js';
import * as masks from '../masks/index.js';
import { denseLayout, groupLayout, groupPlaces, orderBetween, placesOf, sparseLayout, type Connections, type ConnectionLayout } from './structure.js';

const connectionsOf = (mask: Mask): Connections => {
  const { indptr, indices, order } = byColumn(mask.data);
  return { sources: mask.inputs, targets: mask.outputs, indptr, indices, order };
};

/** Every live place as [source, target, connection]. */
function placesIn(layout: ConnectionLayout, { targets }: Connections): number[][] {
  const found: number[][] = [];
  if (layout.kind === 'sparse') {
    for (let block = 0; block < layout.blocks; block++) {
      for (let t = 0; t < targets; t++) {
        for (let k = layout.starts[block * (targets + 1) + t]!; k < layout.starts[block * (targets + 1) + t + 1]!; k++) found.push([layout.offsets[k]! / 64, t, layout.order[k]!]);
      }
    }
    return found;
  }
  for (let g = 0; g < layout.groups.length / 8; g++) {
    const [from, to, values, , ...members] = layout.groups.subarray(8 * g, 8 * g + 8);
    for (let k = from!; k < to!; k++) {
      members.forEach((target, m) => {
        const connection = layout.order[4 * (values! + k - from!) + m]!;
        if (connection >= 0) found.push([layout.offsets[k]! / 64, target, connection]);
      });
    }
  }
  return found;
}

const maskOf = fc.oneof(
  fc.record({ n: fc.integer({ min: 1, max: 20 }), m: fc.integer({ min: 1, max: 20 }), density: fc.constantFrom(0, 0.1, 0.5, 1), seed: fc.nat(50) })
    .map(({ n, m, density, seed }) => masks.random(n, m, { density, seed })),
  fc.record({ n: fc.integer({ min: 1, max: 5 }), r: fc.integer({ min: 1, max: 7 }), seed: fc.nat(50) })
    .map(({ n, r, seed }) => masks.random(n, n, { density: 0.6, seed }).kron(masks.dense(2, r))),
);

describe.each([
  ['sparse, one block', (c: Connections) => sparseLayout(c)],
  ['sparse, blocks of 3', (c: Connections) => sparseLayout(c, 3)],
  ['groups', groupLayout],
  ['dense', denseLayout],
] as [string, (c: Connections) => ConnectionLayout][])('%s', (_name, build) => {
  it('holds every connection once, with the position of its weight', () => {
    fc.assert(
      fc.property(maskOf, (mask) => {
        const connections = connectionsOf(mask);
        const layout = build(connections);
        const want = mask.toEdges().map(([i, j], k) => [i, j, k]);
        expect(placesIn(layout, connections).sort((a, b) => a[2]! - b[2]!)).toEqual(want);
        const places = placesOf(layout, mask.nnz);
        expect([...places].map((place) => layout.order[place])).toEqual(want.map((_, k) => k));
      }),
    );
  });
});

describe('groups', () => {
  it('take as many places as connections for blocks of four and for a dense mask, four times as many for a random one', () => {
    const blocks = masks.random(6, 5, { density: 0.5, seed: 1 }).kron(masks.dense(2, 4));
    expect(groupPlaces(connectionsOf(blocks))).toBe(blocks.nnz);
    expect(groupPlaces(connectionsOf(masks.dense(9, 8)))).toBe(72);
    expect(groupPlaces(connectionsOf(masks.dense(9, 9)))).toBe(108);
    const random = masks.random(60, 40, { density: 0.5, seed: 1 });
    expect(groupPlaces(connectionsOf(random))).toBe(4 * random.nnz);
    expect(groupPlaces(connectionsOf(masks.empty(3, 4)))).toBe(0);
  });

  it('are laid out in the places that were counted', () => {
    fc.assert(fc.property(maskOf, (mask) => {
      const connections = connectionsOf(mask);
      expect(groupLayout(connections).order.length).toBe(groupPlaces(connections));
    }));
  });

  it('may have members far apart', () => {
    // Columns 0, 2, 4, 6 and 1, 3, 5, 7 are alike.
    const layout = groupLayout(connectionsOf(masks.identity(2).permute([1, 0]).concat([masks.identity(2), masks.identity(2), masks.identity(2)].map((m) => m.permute([1, 0])), 1)));
    expect([...layout.groups.subarray(4, 8), ...layout.groups.subarray(12, 16)]).toEqual([0, 2, 4, 6, 1, 3, 5, 7]);
  });
});

describe('blocks', () => {
  it('are smaller than the sources where there are many connections, and not where a target would have few in each', () => {
    const shape = (density: number) => ({ sources: 4096, targets: 8, density });
    const blocks = ({ sources, targets, density }: ReturnType<typeof shape>) => sparseLayout(connectionsOf(masks.random(sources, targets, { density, seed: 1 }))).blocks;
    expect(blocks(shape(0.1))).toBe(11);
    expect(blocks(shape(0.01))).toBe(2);
    expect(blocks(shape(0.001))).toBe(1);
  });

  it('refuse more sources than offsets of 32 bits can tell', () => {
    const connections = { sources: 2 ** 26, targets: 1, indptr: Uint32Array.of(0, 0), indices: new Uint32Array() };
    expect(() => sparseLayout(connections)).toThrow('fewer than 67108864');
  });
});

it('moves weights from one layout to another', () => {
  const connections = connectionsOf(masks.random(12, 9, { density: 0.5, seed: 3 }));
  const sparse = sparseLayout(connections, 5);
  const dense = denseLayout(connections);
  const order = orderBetween(sparse, dense, connections.indices.length);
  expect([...order].map((place) => (place < 0 ? -1 : sparse.order[place]))).toEqual([...dense.order]);
});
