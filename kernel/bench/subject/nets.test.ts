import { beforeAll, describe, expect, it } from 'vitest';
import { MaskedDense, ready, tf } from '../../runtime/index.js';
import type { Net } from '../specification.js';
import { kernelLayer, rate } from './kernels.js';
import { maskOf } from './layer.js';
import { dataOf, modelOf } from './nets.js';
import { MaskedTfjsDense } from './tfjs-dense.js';
import { tfjsLayer } from './tfjs-layer.js';
import { lengthOf, secondStart, training, worthwhileSteps } from './training.js';

beforeAll(() => ready);

const NET: Net = { sizes: [6, 8, 3], densities: [0.5, 1], batch: 4, optimizer: 'adam', loss: 'crossentropy' };
const TINY: Net = { ...NET, densities: [0.5, 0.5], loss: 'mse', optimizer: 'sgd' };

describe('nets', () => {
  it('are ours, or dense weights times a mask, or an ordinary dense layer at density 1', () => {
    expect(modelOf(NET, true).layers.map((layer) => layer instanceof MaskedDense)).toEqual([true, false]);
    expect(modelOf(NET, false).layers.map((layer) => layer instanceof MaskedTfjsDense)).toEqual([true, false]);
    const rows = dataOf(NET, 3);
    expect([rows.x.shape, rows.y.shape]).toEqual([[12, 6], [12, 3]]);
    expect([...tf.sum(rows.y, 1).dataSync()]).toEqual(new Array(12).fill(1));
  });

  it('compute the same from the same weights, with the same gradients', async () => {
    const [own, peer] = [true, false].map((mine) => modelOf(TINY, mine));
    own?.layers.forEach((layer, k) => peer?.layers[k]?.setWeights(layer.getWeights()));
    const { x, y } = dataOf(TINY, 1);
    const outputs = [own, peer].map((model) => [...(model?.predict(x) as typeof x).dataSync()]);
    outputs[0]?.forEach((value, k) => expect(value).toBeCloseTo(outputs[1]?.[k] ?? NaN, 5));
    for (const model of [own, peer]) await model?.fit(x, y, { batchSize: 4, epochs: 1, verbose: 0 });
    const after = [own, peer].map((model) => model?.getWeights().map((weight) => [...weight.dataSync()]) ?? []);
    // Where the mask is 0 tfjs keeps a number that nothing reads.
    const live = own?.layers.flatMap((layer) => (layer instanceof MaskedDense ? [layer.mask] : [])) ?? [];
    live.forEach((mask, k) => {
      for (const [i, j] of mask.edges()) expect(after[0]?.[2 * k]?.[i * mask.outputs + j]).toBeCloseTo(after[1]?.[2 * k]?.[i * mask.outputs + j] ?? NaN, 5);
      expect(after[0]?.[2 * k + 1]?.length).toBe(mask.outputs);
      after[0]?.[2 * k + 1]?.forEach((bias, j) => expect(bias).toBeCloseTo(after[1]?.[2 * k + 1]?.[j] ?? NaN, 5));
    });
    expect(live).toHaveLength(2);
  });
});

describe('lengths of trainings', () => {
  it.each([
    [0, { steps: 1, epochs: 1 }],
    [50, { steps: 50, epochs: 1 }],
    [1_000_000, { steps: 10_000, epochs: 1 }],
  ])('%d steps', (steps, expected) => expect(lengthOf(NET, steps)).toEqual(expected));

  it('repeat rows that would not fit into memory', () => {
    const { steps, epochs } = lengthOf({ ...NET, sizes: [784, 1024, 10], batch: 128 }, 100);
    expect(steps * 128 * 794).toBeLessThan(4_000_000);
    expect(steps * epochs).toBeGreaterThanOrEqual(100);
  });

  it.each([
    // Fewer would measure the start.
    [60, 0.01, 10_000],
    [6, 0.01, 4096],
    [0, 1, 8],
    [1, 1, 8],
    [0, 500, 1],
    [0, 1e-9, 8],
  ])('a start of %d ms and %d ms a step: %d steps', async (start, perStep, steps) => {
    expect((await worthwhileSteps(async (count) => start + count * perStep)).steps).toBe(steps);
  });
});

describe('contenders', () => {
  it.each([['ours', true], ['tfjs', false]] as const)('%s: trains and says how', async (_, mine) => {
    const contender = await training(TINY, mine);
    expect(await contender.burst(5)).toBeGreaterThan(0);
    expect(contender.note).toMatch(mine ? /^train, engine (tfjs|fused): / : /^fit, dense weights times a mask$/);
    contender.release();
  });

  it('a second start takes little more than nothing', async () => {
    const contender = await secondStart(TINY);
    expect(await contender.burst(1)).toBeGreaterThanOrEqual(0);
    contender.release();
  });

  it('kernels count operations of live connections', async () => {
    const layer = kernelLayer({ n: 64, density: 0.25, batch: 16, part: 'step' }, undefined);
    expect(layer.flops).toBe(6 * 1024 * 16);
    expect(await layer.burst(1)).toBeGreaterThan(0);
    layer.release();
    const two = kernelLayer({ n: 64, density: 1, batch: 16, part: 'forward' }, 'dense', 2);
    expect(two.note).toBe('dense');
    expect(await two.burst(1)).toBeGreaterThan(0);
    two.release();
    expect(await rate().burst(1)).toBeGreaterThan(0);
  });

  it('a layer of tfjs leaves no tensor behind, and its masked weights where they are', () => {
    const before = tf.memory().numTensors;
    const layer = tfjsLayer(maskOf(8, 0.5), 4, true);
    layer.forward();
    layer.step();
    layer.release();
    expect(tf.memory().numTensors).toBe(before);
  });
});
