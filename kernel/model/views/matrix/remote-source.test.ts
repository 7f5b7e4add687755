import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyMask, maskWhere, sparseMask } from '../../../../test/support/masks.js';
import { countTiles } from '../tiles.js';
import { loneConnections } from '../tile-detail.js';
import { countWindow, wholeGrid } from './count-window.js';
import { RemoteSource } from './remote-source.js';
import { answerTiles, readTiles, type TilesRequest } from './tile-messages.js';
import { TiledSource } from './tiled-source.js';

const mask = sparseMask(120, 90, 4);
const tiled = (source = mask, down = 10, across = 6): TiledSource => {
  const tiles = countTiles(source, down, across);
  return new TiledSource(source.inputs, source.outputs, tiles, { lone: loneConnections(source, tiles, 10_000) });
};
const fine = { down: 1, across: 1, top: 20, left: 10, rows: 15, columns: 12 };

describe('tiles of a payload', () => {
  it('join into larger ones exactly', () => {
    fc.assert(
      fc.property(anyMask(20), fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 }), (any, downBy, acrossBy) => {
        const source = tiled(any, 2, 3);
        const window = wholeGrid(any, 2 * downBy, 3 * acrossBy);
        expect([...source.count(window).counts]).toEqual([...countWindow(any, window).counts]);
        expect(source.most(window.down, window.across)).toBe(Math.max(0, ...countWindow(any, window).counts));
      }),
    );
  });

  it('know a lone connection, and what is empty; of the rest they know that they do not', () => {
    const source = tiled(maskWhere(40, 40, (i, j) => (i === 25 && j === 33) || (i < 3 && j < 3)), 10, 10);
    expect([source.cell({ row: 25, column: 33 }), source.cell({ row: 25, column: 34 }), source.cell({ row: 39, column: 0 }), source.cell({ row: 0, column: 0 })].map(({ kind }) => kind)).toEqual(['connected', 'absent', 'absent', 'unknown']);
    expect(source.next({ row: 25, column: 0 }, 'right')).toEqual({ row: 25, column: 33 });
    expect(source.next({ row: 25, column: 33 }, 'right')).toBeUndefined();
    expect(source.next({ row: 39, column: 5 }, 'up')).toEqual({ row: 0, column: 0 });
  });
});

describe('a kernel behind them', () => {
  it('is asked once for what is drawn, with a margin; its answers are exact', () => {
    const asked: TilesRequest[] = [];
    const source = new RemoteSource(tiled(), (request) => asked.push(request));
    const first = source.count(fine);
    expect(first.coarse!.some((is) => is === 1)).toBe(true);
    source.count(fine);
    expect(asked).toHaveLength(1);
    expect(source.take(JSON.parse(JSON.stringify(answerTiles(mask, undefined, asked[0]))))).toBe(true);
    expect(source.count(fine)).toEqual(countWindow(mask, fine));
    expect(source.count({ ...fine, top: 22, left: 11 })).toEqual(countWindow(mask, { ...fine, top: 22, left: 11 }));
    expect(asked).toHaveLength(1);
    expect(source.most(1, 1)).toBe(1);
  });

  it('is not asked for what the payload tells', () => {
    const source = new RemoteSource(tiled(), () => expect.unreachable());
    expect(source.count(wholeGrid(mask, 20, 12)).counts).toEqual(countWindow(mask, wholeGrid(mask, 20, 12)).counts);
  });

  it('leaves empty, until it has answered, what must be', () => {
    const corner = maskWhere(100, 100, (i, j) => i < 30 && j < 30 && (i + j) % 2 === 0);
    const source = new RemoteSource(tiled(corner, 10, 10), () => undefined);
    const drawn = source.count({ down: 1, across: 1, top: 25, left: 25, rows: 10, columns: 10 });
    drawn.counts.forEach((count, at) => expect(count > 0).toBe(at % 10 < 5 && at < 50));
  });

  it('answers at any size of tile, with weights', () => {
    const weights = Float32Array.from(mask.indices, (_, k) => (k % 7) - 3);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }), fc.nat(8), fc.nat(8), (down, across, top, left) => {
        const window = { down, across, top, left, rows: 2, columns: 2 };
        const read = readTiles(JSON.parse(JSON.stringify(answerTiles(mask, weights, { type: 'tiles', ...window }))), mask);
        expect(read!.counted).toEqual(countWindow(mask, window, weights));
      }),
    );
  });

  it.each([[undefined], ['tiles'], [{ type: 'tiles' }], [{ type: 'tiles', ...fine, counts: 'AAAA', most: 1 }], [{ type: 'tiles', ...fine, rows: 1e9, counts: '', most: 1 }], [{ type: 'tiles', ...fine, counts: 7, most: NaN }]])('%o is no answer', (message) => {
    const source = new RemoteSource(tiled(), () => undefined);
    expect(source.take(message)).toBe(false);
  });
});
