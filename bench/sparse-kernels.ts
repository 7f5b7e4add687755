/**
 * The sparse kernels beside this machine's multiply-add rate, our own dense kernels, and tfjs wasm with dense weights times a
 * mask, all in one run: `npm run bench:sparse [-- --json] [-- --quick]`. Ratios are those of the fastest of many short bursts.
 */
import os from 'node:os';
import { ready } from '../kernel/runtime/index.js';
import { choose } from '../kernel/runtime/simd/dispatch.js';
import { SparseEngine } from '../kernel/runtime/simd/engine.js';
import { calibrate } from '../kernel/runtime/simd/rates.js';
import { VARIANTS } from '../kernel/runtime/simd/variants.js';
import { Wiring } from '../kernel/runtime/simd/wiring.js';
import { bursts, type Contender, type Timing } from './sparse-kernels/bursts.js';
import { layerOf, maskOf, rateProgram, type Layer } from '../kernel/bench/subject/layer.js';
import { tfjsLayer } from '../kernel/bench/subject/tfjs-layer.js';

interface Row {
  readonly what: string;
  readonly milliseconds: number;
  /** Billions of floating-point operations of live connections a second. */
  readonly gflops?: number;
  /** What it is compared with, and how many times faster than that. */
  readonly beside?: string;
  readonly ratio?: number;
}

const quick = process.argv.includes('--quick');
const seconds = quick ? 0.3 : 2;
const engine = new SparseEngine();
const rate = rateProgram(engine);
const rows: Row[] = [];

const add = (row: Row): void => {
  rows.push(row);
  if (process.argv.includes('--json')) return;
  const speed = row.gflops === undefined ? '' : `${row.gflops.toFixed(1)} GF/s`;
  const ratio = row.ratio === undefined ? '' : `${row.ratio.toPrecision(3)} of ${row.beside ?? ''}`;
  console.log(`${row.what.padEnd(52)} ${row.milliseconds.toPrecision(4).padStart(9)} ms  ${speed.padStart(10)}  ${ratio}`);
};

const programs = (name: string, layer: Layer, threads = 1): Contender[] =>
  (['forward', 'inputGradient', 'weightGradient', 'biasGradient', 'step'] as const).map((part) => ({ name: `${name} ${part}`, run: () => engine.run(layer[part], threads) }));

const bestOf = (timings: Map<string, Timing>, name: string): number => {
  const timing = timings.get(name);
  if (!timing) throw new Error(`${name} was not measured`);
  return timing.best;
};

const rated: Contender = { name: 'rate', run: () => engine.run(rate.program) };

/** Every variant that fits, each product beside the rate. */
function kernels(n: number, density: number, batch: number): void {
  const mask = maskOf(n, density);
  const wiring = new Wiring(engine, mask);
  const shape = wiring.forward.shape(batch);
  const fitting = VARIANTS.filter((variant) => variant.operations.length > 0 && variant.unfit(shape) === undefined && (variant.layout !== 'dense' || density === 1));
  const layers = fitting.map((variant) => [variant.name, layerOf(engine, mask, batch, variant.name)] as const);
  const timings = bursts([rated, ...layers.flatMap(([name, layer]) => programs(name, layer))], seconds);
  const machine = rate.flops / bestOf(timings, 'rate') / 1e6;
  const title = `${n}² d=${density} B=${batch}`;
  for (const [name] of layers) {
    for (const part of ['forward', 'inputGradient', 'weightGradient'] as const) {
      const milliseconds = bestOf(timings, `${name} ${part}`);
      const gflops = (2 * mask.nnz * batch) / milliseconds / 1e6;
      add({ what: `${title} ${name} ${part}`, milliseconds, gflops, beside: `the rate (${machine.toFixed(1)})`, ratio: gflops / machine });
    }
  }
  const chosen = choose('product', shape, calibrate(engine)).variant.name;
  add({ what: `${title} dispatch takes ${chosen}`, milliseconds: bestOf(timings, `${chosen} forward`) });
  for (const [, layer] of layers) layer.release();
  wiring.release();
}

/** Forward, backward and SGD: sparse beside our own dense layer and tfjs. */
function steps(n: number, densities: readonly number[], batch: number): void {
  const dense = layerOf(engine, maskOf(n, 1), batch, 'dense');
  for (const density of densities) {
    const mask = maskOf(n, density);
    const sparse = layerOf(engine, mask, batch, density === 1 ? 'dense' : 'sparse16');
    const peer = tfjsLayer(mask, batch, density < 1);
    const contenders: Contender[] = [...programs('ours', sparse), ...programs('dense', dense), { name: 'tfjs forward', run: peer.forward }, ...(n > 2000 ? [] : [{ name: 'tfjs step', run: peer.step }])];
    const timings = bursts(contenders.filter(({ name }) => /(step|forward)$/.test(name)), seconds);
    const title = `${n}² d=${density} B=${batch}`;
    for (const part of ['forward', 'step']) {
      const milliseconds = bestOf(timings, `ours ${part}`);
      add({ what: `${title} ${part}`, milliseconds, beside: 'our dense', ratio: bestOf(timings, `dense ${part}`) / milliseconds });
      if (timings.has(`tfjs ${part}`)) {
        add({ what: `${title} ${part}`, milliseconds, beside: density < 1 ? 'tfjs wasm, dense × mask' : 'tfjs wasm, dense', ratio: bestOf(timings, `tfjs ${part}`) / milliseconds });
      }
    }
    peer.release();
    sparse.release();
  }
  dense.release();
}

/** Two threads beside one. */
function threads(n: number, density: number, batch: number): void {
  engine.pool(2).waitUntilStarted(10_000);
  const layer = layerOf(engine, maskOf(n, density), batch, 'sparse16');
  const timings = bursts([...programs('one', layer), ...programs('two', layer, 2)], seconds);
  for (const part of ['forward', 'inputGradient', 'weightGradient', 'step']) {
    const milliseconds = bestOf(timings, `two ${part}`);
    add({ what: `${n}² d=${density} B=${batch} ${part}, 2 threads`, milliseconds, beside: '1 thread', ratio: bestOf(timings, `one ${part}`) / milliseconds });
  }
  layer.release();
}

async function main(): Promise<void> {
  await ready;
  const where = `${os.cpus()[0]?.model ?? 'unknown CPU'}, ${os.cpus().length} processors, Node ${process.versions.node}, load ${os.loadavg()[0]?.toFixed(1) ?? '?'}`;
  if (!process.argv.includes('--json')) console.log(where);
  kernels(1024, 0.1, 128);
  kernels(1024, 0.01, 128);
  kernels(1024, 1, 128);
  kernels(1024, 0.1, 1);
  steps(1024, [0.01, 0.1, 0.5, 1], 128);
  if (!quick) {
    kernels(4096, 0.1, 128);
    kernels(4096, 0.01, 128);
    steps(4096, [0.01, 0.1], 128);
    threads(4096, 0.1, 128);
  }
  if (process.argv.includes('--json')) console.log(JSON.stringify({ where, rows }, null, 2));
}

void main();
