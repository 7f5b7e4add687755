import { expect, it } from 'vitest';
import { masks } from '../../runtime/index.js';
import { SparseEngine } from '../../runtime/simd/engine.js';
import { layerOf, maskOf, rateProgram } from './layer.js';

it('measures work that is done: each program runs, and nothing stays in memory', () => {
  const engine = new SparseEngine();
  const before = engine.memory.used;
  for (const variant of ['sparse16', 'sparse32', 'dense']) {
    const layer = layerOf(engine, masks.random(20, 12, { density: 0.4, seed: 1 }), 35, variant);
    for (const program of [layer.forward, layer.inputGradient, layer.weightGradient, layer.biasGradient, layer.step]) engine.run(program);
    expect(layer.step.jobs.map(({ operation }) => operation.replace('grouped', '').toLowerCase())).toEqual(['product', 'product', 'sampled', 'rowsums', 'optimize', 'optimize', 'permute']);
    layer.release();
  }
  expect(engine.memory.used).toBe(before);
});

it('counts the operations of the rate', () => {
  const engine = new SparseEngine();
  const { program, flops } = rateProgram(engine);
  engine.run(program);
  // Six accumulators of four lanes, each the sum of 100 passes over 100 ones times 0.999.
  const [job] = program.jobs;
  const sums = engine.memory.floats(job!.values['out']!, 24);
  const additions = 24 * 100 * 100;
  expect(flops).toBe(2 * additions);
  for (const sum of sums) expect(sum / (0.999 * additions / 24)).toBeCloseTo(1, 3);
  expect(maskOf(8, 1).nnz).toBe(64);
});
