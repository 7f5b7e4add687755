/** Layers computed by our kernels alone, and the multiply-add rate of this machine. */
import { choose } from '../../runtime/simd/dispatch.js';
import { sparseEngine } from '../../runtime/simd/engine.js';
import { ratesOf } from '../../runtime/simd/rates.js';
import { Wiring } from '../../runtime/simd/wiring.js';
import type { Mask } from '../../runtime/index.js';
import type { LayerWork } from '../specification.js';
import { repeated, type Contender } from './contender.js';
import { layerOf, maskOf, rateProgram } from './layer.js';

/** How long to wait for the second thread of a pool. */
const START_OF_THREADS = 10_000;

/** Milliseconds of a kernel until V8 has its better code. */
const WARM_UP = 60;

function chosen(mask: Mask, batch: number): string {
  const wiring = new Wiring(sparseEngine(), mask);
  const choice = choose('product', wiring.forward.shape(batch), ratesOf(sparseEngine()));
  wiring.release();
  return choice.variant.name;
}

/**
 * @param how the name of a kernel variant; without it what dispatch chooses, by rates measured when the kernels are warm
 * @throws Error when two threads do not start
 */
export function kernelLayer({ n, density, batch, part }: LayerWork, how: string | undefined, threads = 1): Contender {
  const engine = sparseEngine();
  const mask = maskOf(n, density);
  if (how === undefined) warm();
  const variant = how ?? chosen(mask, batch);
  const layer = layerOf(engine, mask, batch, variant);
  if (threads > 1 && !engine.pool(threads).waitUntilStarted(START_OF_THREADS)) throw new Error(`the ${threads - 1} workers of the pool did not start within ${START_OF_THREADS / 1000} s`);
  return {
    flops: (part === 'step' ? 6 : 2) * mask.nnz * batch,
    note: variant,
    burst: async (milliseconds) => repeated(() => engine.run(layer[part], threads), milliseconds),
    release: () => layer.release(),
  };
}

let isWarm = false;

/** Dispatch measures the kernels once: by then they should be as fast as they get. */
function warm(): void {
  if (isWarm) return;
  isWarm = true;
  for (const variant of ['sparse16', 'dense']) {
    const layer = layerOf(sparseEngine(), maskOf(256, variant === 'dense' ? 1 : 0.1), 128, variant);
    repeated(() => sparseEngine().run(layer.step), WARM_UP);
    layer.release();
  }
}

export function rate(): Contender {
  const engine = sparseEngine();
  const { program, flops } = rateProgram(engine);
  return { flops, burst: async (milliseconds) => repeated(() => engine.run(program), milliseconds), release: () => program.release() };
}
