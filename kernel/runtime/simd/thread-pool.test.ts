/** Workers: the same bits for any number of them, none of which holds anything up. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bitsOf } from '../../../test/support/guarded-kernels.js';
import { byColumn } from '../../model/mask-data.js';
import * as masks from '../masks/index.js';
import { SparseEngine } from './engine.js';
import { job, type Job } from './operations.js';
import { panelBytes } from './panels.js';
import { PlacedLayout } from './placed-layout.js';
import { sparseLayout } from './structure.js';

const engine = new SparseEngine();

function program(n: number, batch: number, grain: number) {
  const mask = masks.random(n, n, { density: 0.2, seed: 5 });
  const { indptr, indices, order } = byColumn(mask.data);
  const connections = { sources: n, targets: n, indptr, indices, order };
  const placed = new PlacedLayout(engine.memory, connections, sparseLayout(connections));
  const floats = (length: number) => engine.memory.place(Float32Array.from({ length }, (_, k) => Math.sin(k)));
  const size = panelBytes(n, batch) / 4;
  const [x, y, values, gradient] = [floats(size), floats(size), floats(placed.places), floats(placed.places)];
  const jobs: Job[] = [
    placed.product({ x, y, values, batch }),
    placed.sampled({ own: y, other: x, out: gradient, batch }),
    job('optimize', placed.places, { kind: 0, w: values, g: gradient, m: 0, v: 0, s: 0, rate: 1e-4, a: 0, b: 0, c: 0, d: 0, e: 0, f: 0 }),
  ];
  const read = () => [...bitsOf(engine.memory.floats(y, size)), ...bitsOf(engine.memory.floats(values, placed.places))];
  const reset = () => engine.memory.floats(values, placed.places).forEach((_, k, all) => (all[k] = Math.sin(k)));
  return { program: engine.program(jobs.map((one) => ({ ...one, grain }))), read, reset };
}

describe('a pool', () => {
  it('computes the same bits with any number of threads, part size and number of steps', () => {
    for (const [n, batch, grain] of [[40, 20, 1], [40, 20, 7], [150, 33, 16]] as const) {
      const { program: steps, read, reset } = program(n, batch, grain);
      const results = [1, 2, 3, 5].map((threads) => {
        reset();
        if (threads > 1) expect(engine.pool(threads).waitUntilStarted(5000)).toBe(true);
        for (let step = 0; step < 40; step++) engine.run(steps, threads);
        return read();
      });
      for (const result of results) expect(result).toEqual(results[0]);
    }
  });

  it('is started once for a number of threads, and its work is done whether its workers have started or not', () => {
    const { program: steps, read, reset } = program(60, 16, 1);
    reset();
    engine.run(steps);
    const alone = read();
    reset();
    engine.run(steps, 4);
    expect(read()).toEqual(alone);
    expect(engine.pool(4)).toBe(engine.pool(4));
    expect(engine.pool(4).workers).toBe(3);
  });

  it('takes 1 to 61 threads', () => {
    expect(() => engine.pool(62)).toThrow('threads: 1 to 61, got 62');
    expect(() => engine.pool(2.5)).toThrow('threads: 1 to 61, got 2.5');
  });
});

describe('a process', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'patchbay-pool-'));
  const bundle = path.join(folder, 'engine.cjs');
  beforeAll(() => build({ entryPoints: [path.join(import.meta.dirname, 'engine.ts')], outfile: bundle, bundle: true, platform: 'node', format: 'cjs', logLevel: 'error' }));
  afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

  const script = (body: string) => `
    const { SparseEngine } = require(${JSON.stringify(bundle)});
    const engine = new SparseEngine();
    const run = (repeats, threads) => {
      const { memory } = engine;
      const [x, weight, out] = [memory.allocate(9600), memory.allocate(4), memory.allocate(96)];
      memory.floats(x, 2400).fill(1);
      engine.runJobs([{ operation: 'multiplyAddRate', items: repeats, grain: 1, values: { x, bytes: 9600, weight, out } }], threads);
    };
    ${body}`;
  // The kernels lie in dist/kernel of the project, which is looked for from the bundle upwards.
  const runScript = (body: string) => {
    fs.mkdirSync(path.join(folder, 'kernel'), { recursive: true });
    fs.copyFileSync(path.resolve('dist/kernel/sparse-kernels.wasm'), path.join(folder, 'kernel', 'sparse-kernels.wasm'));
    return spawnSync(process.execPath, ['-e', script(body)], { encoding: 'utf8', timeout: 20_000 });
  };

  it('ends although its workers sleep', () => {
    const { status, stdout, stderr } = runScript(`run(100, 3); console.log(engine.pool(3).waitUntilStarted(10000)); run(100, 3);`);
    expect([status, stdout.trim(), stderr]).toEqual([0, 'true', '']);
  });

  it('ends at once when it says so while workers are at work', () => {
    const { status, stderr } = runScript(`engine.pool(3).waitUntilStarted(10000); setTimeout(() => process.exit(7), 50); setImmediate(() => run(50, 3));`);
    expect([status, stderr]).toEqual([7, '']);
  });

  it('goes on after a call that was cut off in the middle', () => {
    const { status, stdout, stderr } = runScript(`
      const vm = require('node:vm');
      engine.pool(3).waitUntilStarted(10000);
      globalThis.run = run;
      for (let turn = 0; turn < 3; turn++) {
        try { vm.runInThisContext('run(1e8, 3)', { timeout: 40 }); } catch (error) { console.log(error.code); }
        run(200, 3);
      }
      console.log('done');`);
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout.trim().split('\n')).toEqual(['ERR_SCRIPT_EXECUTION_TIMEOUT', 'ERR_SCRIPT_EXECUTION_TIMEOUT', 'ERR_SCRIPT_EXECUTION_TIMEOUT', 'done']);
  });
});
