import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Fields } from '../payload.js';
import { decodeEpochs, dequantize, encodeEpochs, fitEpochs, limitOf, MAX_SNAPSHOTS, quantize, snapshotEpochs, type WeightEpochs } from './snapshots.js';

const weights = fc.array(fc.float({ noDefaultInfinity: true, noNaN: true, min: -1000, max: 1000 }), { maxLength: 60 }).map((list) => Float32Array.from(list));
const made = (epochs: number[], ...layers: number[]): WeightEpochs => ({
  epochs,
  layers: layers.map((connections, k) => ({ key: `k${k}`, name: `layer ${k}`, connections, states: epochs.map((epoch) => quantize(new Float32Array(connections).fill(epoch - 3))) })),
});

describe('snapshots of weights', () => {
  it('are of every epoch to 20, then further and further apart, and never more than 64 with the best and the last', () => {
    expect([...snapshotEpochs(5)]).toEqual([0, 1, 2, 3, 4, 5]);
    fc.assert(fc.property(fc.integer({ min: 0, max: 1_000_000 }), (total) => {
      const kept = [...snapshotEpochs(total)];
      expect(kept.length).toBeLessThanOrEqual(MAX_SNAPSHOTS - 1);
      expect(kept.slice(0, Math.min(20, total) + 1)).toEqual(Array.from({ length: Math.min(20, total) + 1 }, (_, k) => k));
      expect(kept.at(-1)).toBe(total);
      expect([...kept].sort((a, b) => a - b)).toEqual(kept);
    }));
  });

  it('are within half a step of the weights; what is not 0 stays so, and 0 stays 0', () => {
    fc.assert(fc.property(weights, (w) => {
      const state = quantize(w);
      dequantize(state).forEach((value, k) => {
        expect(Math.abs(value - w[k]!)).toBeLessThanOrEqual(state.scale * 1.001);
        expect(Math.sign(value)).toBe(Math.sign(w[k]!) + 0);
      });
    }));
  });

  it('say where a weight is not a number', () => expect([...dequantize(quantize(Float32Array.of(1, NaN, Infinity, -1)))]).toEqual([expect.closeTo(1), NaN, NaN, expect.closeTo(-1)]));

  it('have one scale for all epochs', () => expect(limitOf(made([0, 3, 9], 2).layers[0]!)).toBeCloseTo(6));

  it('come back from JSON', () => {
    const all = made([0, 1, 5], 3, 0, 2);
    expect(decodeEpochs(new Fields(JSON.parse(JSON.stringify(encodeEpochs(all))), 'weights'))).toEqual(all);
  });

  it('are fewer where they would not fit: first, best and last stay', () => {
    const all = made(Array.from({ length: 60 }, (_, k) => k), 96);
    expect(fitEpochs(all, 41, 6000)).toBe(all);
    const few = fitEpochs(all, 41, 1000)!;
    expect(few.epochs).toHaveLength(10);
    expect(few.epochs).toEqual(expect.arrayContaining([0, 41, 59]));
    expect(few.layers[0]!.states).toHaveLength(10);
    expect(fitEpochs(all, 41, 250)).toBeUndefined();
  });

  const json = () => JSON.parse(JSON.stringify(encodeEpochs(made([0, 1], 2)))) as { epochs: unknown; layers: Record<string, unknown>[] };
  it.each<[string, object, RegExp]>([
    ['epochs that do not ascend', { ...json(), epochs: [1, 1] }, /do not ascend/],
    ['an epoch of a half', { ...json(), epochs: [0, 0.5] }, /epoch 1 of its weights is none/],
    ['too few weights', { ...json(), layers: [{ ...json().layers[0], codes: 'AAAA' }] }, /2 weights for each of 2 epochs/],
    ['a billion connections', { ...json(), layers: [{ ...json().layers[0], connections: 1e9 }] }, /"connections" is 1000000000/],
    ['scales that are none', { ...json(), layers: [{ ...json().layers[0], scales: '' }] }, /2 scales/],
    ['a thousand layers', { ...json(), layers: Array.from({ length: 1000 }, () => json().layers[0]) }, /at most 16/],
  ])('with %s are refused', (_, payload, message) => expect(() => decodeEpochs(new Fields(payload, 'weights'))).toThrow(message));
});
