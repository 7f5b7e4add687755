import type { Rank } from '@tensorflow/tfjs';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { Mask } from '../mask/mask.js';
import { ready, tf } from '../tf/index.js';
import * as masks from './index.js';

beforeAll(() => ready);

describe('case 26: generators without chance', () => {
  it.each([
    ['dense', masks.dense(2, 3), 'XXX\nXXX'],
    ['empty', masks.empty(2, 3), '...\n...'],
    ['identity', masks.identity(3), 'X..\n.X.\n..X'],
    ['diagonal above', masks.diagonal(3, 3, 1), '.X.\n..X\n...'],
    ['diagonal below', masks.diagonal(3, 2, -1), '..\nX.\n.X'],
    ['banded 1', masks.banded(3, 3, { width: 1 }), 'X..\n.X.\n..X'],
    ['banded 2', masks.banded(3, 3, { width: 2 }), 'XX.\n.XX\n..X'],
    ['banded 3', masks.banded(4, 4, { width: 3 }), 'XX..\nXXX.\n.XXX\n..XX'],
    ['banded, more outputs', masks.banded(2, 5, { width: 3 }), 'XX...\n...XX'],
    ['banded, more inputs', masks.banded(5, 3, { width: 1 }), 'X..\n.X.\n.X.\n..X\n..X'],
    ['banded, one input', masks.banded(1, 3, { width: 1 }), '.X.'],
    ['triangular', masks.triangular(3, 3), 'X..\nXX.\nXXX'],
    ['triangular, strict and upper', masks.triangular(3, 3, { lower: false, strict: true }), '.XX\n..X\n...'],
    ['block', masks.block(4, 4, { blocks: 2 }), 'XX..\nXX..\n..XX\n..XX'],
    ['block, uneven', masks.block(5, 2, { blocks: 2 }), 'X.\nX.\n.X\n.X\n.X'],
    ['fromGroups', masks.fromGroups(3, { up: [2, 0], down: [1] }), 'X.\n.X\nX.'],
  ])('%s', (_name, mask, drawing) => {
    expect(mask.toDrawing()).toBe(drawing);
  });

  it('every row of a band has its width, away from the edges', () => {
    fc.assert(fc.property(fc.integer({ min: 2, max: 30 }), fc.integer({ min: 2, max: 30 }), fc.integer({ min: 1, max: 5 }), (n, m, width) => {
      masks.banded(n, m, { width }).outDegree().forEach((degree, i) => {
        const centre = (i * (m - 1)) / (n - 1);
        if (centre - width / 2 >= 0 && centre + width / 2 <= m - 1) expect(degree).toBe(width);
      });
    }));
  });

  it('blocks cover every input and output exactly once', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 20 }), fc.nat(19), (n, m, b) => {
      const mask = masks.block(n, m, { blocks: 1 + (b % Math.min(n, m)) });
      expect([...mask.inDegree(), ...mask.outDegree()].every((degree) => degree > 0)).toBe(true);
      expect(new Set(mask.toArray().map(String)).size).toBe(1 + (b % Math.min(n, m)));
    }));
  });
});

describe('receptiveField', () => {
  it.each([
    [{ height: 5, width: 4, kernel: 3 }],
    [{ height: 5, width: 4, kernel: 3, stride: 2, padding: 'same' }],
    [{ height: 6, width: 7, kernel: [2, 3], stride: [2, 1] }],
    [{ height: 8, width: 8, kernel: 4, stride: 4 }],
    [{ height: 4, width: 4, kernel: 5, padding: 'same' }],
  ] as const)('is wired as the convolution of %j', (options) => {
    const mask = masks.receptiveField(options);
    const [rows, columns] = typeof options.kernel === 'number' ? [options.kernel, options.kernel] : options.kernel;
    const strides = 'stride' in options ? (options.stride as number | [number, number]) : 1;
    const convolve = (pixel: number) => {
      const image = new Float32Array(options.height * options.width);
      image[pixel] = 1;
      const kernel = tf.ones<Rank.R4>([rows, columns, 1, 1]);
      return tf.tidy(() => [...tf.conv2d(tf.tensor4d(image, [1, options.height, options.width, 1]), kernel, strides, 'padding' in options ? options.padding : 'valid').dataSync()]);
    };
    expect(mask.toArray()).toEqual(Array.from({ length: mask.inputs }, (_, pixel) => convolve(pixel)));
  });

  it('refuses what does not fit', () => {
    expect(() => masks.receptiveField({ height: 3, width: 9, kernel: 4 })).toThrow("kernel is 4, expected at most the height, 3, with padding 'valid'");
    expect(() => masks.receptiveField({ height: 3, width: 3, kernel: 0 })).toThrow('kernel is 0');
    expect(() => masks.receptiveField({ height: 3, width: 3, kernel: 2, padding: 'full' as never })).toThrow('padding is "full"');
  });
});

describe('case 26: random masks', () => {
  it('have exactly the connections asked for, wherever they fall', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 20 }), fc.double({ min: 0, max: 1, noNaN: true }), fc.integer(), (n, m, density, seed) => {
      const mask = masks.random(n, m, { density, seed });
      expect(mask.nnz).toBe(Math.round(density * n * m));
      expect(Mask.from(mask.toArray()).equals(mask)).toBe(true);
      expect(masks.random(n, m, { nnz: mask.nnz, seed }).equals(mask)).toBe(true);
    }));
  });

  it('leave no orphan when asked', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 20 }), fc.double({ min: 0, max: 1, noNaN: true }), fc.integer(), (n, m, extra, seed) => {
      const nnz = Math.max(n, m) + Math.floor(extra * (n * m - Math.max(n, m)));
      const mask = masks.random(n, m, { nnz, seed, noOrphans: true });
      expect(mask.nnz).toBe(nnz);
      expect([...mask.inDegree(), ...mask.outDegree()].every((degree) => degree > 0)).toBe(true);
      expect(Mask.from(mask.toArray()).equals(mask)).toBe(true);
    }));
    expect(() => masks.random(5, 9, { nnz: 8, noOrphans: true })).toThrow('noOrphans needs at least 9');
  });

  it('are the same for a seed, for ever', () => {
    expect(masks.random(4, 6, { density: 0.4, seed: 1 }).toDrawing()).toBe(SEED_1);
    expect(masks.random(4, 6, { density: 0.4, seed: 2 }).toDrawing()).not.toBe(SEED_1);
  });

  it('hit every entry equally often', () => {
    const hits = new Array<number>(12).fill(0);
    for (let seed = 0; seed < 3000; seed++) for (const [i, j] of masks.random(3, 4, { nnz: 4, seed }).edges()) hits[4 * i + j]!++;
    // 1000 expected, standard deviation 26.
    for (const count of hits) expect(Math.abs(count - 1000)).toBeLessThan(130);
  });

  it('have fixed degrees', () => {
    expect([...masks.fixedFanIn(10, 7, { fanIn: 3, seed: 4 }).inDegree()]).toEqual(new Array(7).fill(3));
    expect([...masks.fixedFanOut(10, 7, { fanOut: 6, seed: 4 }).outDegree()]).toEqual(new Array(10).fill(6));
  });

  it('may be large', () => {
    const mask = masks.random(100_000, 100_000, { nnz: 400_000, seed: 1 });
    expect(mask.nnz).toBe(400_000);
  });

  it.each([
    [() => masks.random(3, 3, { density: 1.5 }), 'density is 1.5, expected a number from 0 to 1'],
    [() => masks.random(3, 3, { nnz: 10 }), 'nnz is 10, expected a whole number from 0 to 9'],
    [() => masks.random(3, 3, {}), 'give either density or nnz'],
    [() => masks.random(3, 3, { nnz: 1, density: 0.1 }), 'give either density or nnz'],
    [() => masks.random(0, 3, { nnz: 1 }), 'n (inputs) is 0'],
    [() => masks.random(3, 3, { nnz: 1, seed: 'a' as never }), 'seed is "a", expected a finite number'],
    [() => masks.fixedFanIn(3, 3, { fanIn: 4 }), 'fanIn is 4, expected a whole number from 0 to 3'],
    [() => masks.banded(3, 3, {} as never), 'width is undefined'],
    [() => masks.block(3, 2, { blocks: 3 }), 'blocks is 3, expected a whole number from 1 to 2'],
    [() => masks.diagonal(3, 3, 3), 'offset is 3'],
    [() => masks.fromGroups(3, [[0, 3]]), 'an input of group 0 is 3'],
    [() => masks.fromGroups(3, []), 'at least one list'],
  ])('refuse the impossible (%#)', (make, message) => {
    expect(make).toThrow(message);
  });
});

const SEED_1 = '......\nX.X.X.\nXXX.X.\n.X.X.X';
