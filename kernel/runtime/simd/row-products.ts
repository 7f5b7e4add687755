/**
 * The three products of a masked layer on plain arrays [batch, features], as tensors hold them: into the kernels' memory, over
 * into panels, computed, and back. Only connected sources are read, so NaN or Inf in any other reaches nothing.
 */
import type { SparseEngine } from './engine.js';
import { job, type Job } from './operations.js';
import { panelBytes } from './panels.js';
import type { Direction, Plan, Wiring } from './wiring.js';

/** Consecutive places in one piece of scratch memory. */
class Places {
  #bytes = 0;

  add(bytes: number): number {
    const at = this.#bytes;
    this.#bytes += Math.ceil(bytes / 64) * 64;
    return at;
  }

  get bytes(): number {
    return this.#bytes;
  }
}

/**
 * y = x · K, or dx = dy · Kᵀ when the direction is backward.
 *
 * @param x [batch, sources]
 * @param weights [nnz] in CSR order of the mask
 * @returns [batch, targets]
 */
export function rowProduct(direction: Direction, x: Float32Array, weights: Float32Array): Float32Array {
  const { engine, connections: { sources, targets } } = direction;
  const batch = x.length / sources;
  const result = new Float32Array(batch * targets);
  if (result.length === 0) return result;
  const plan = direction.plan('product', batch);
  if (runProduct(engine, plan, batch, x, weights, result)) return result;
  runProduct(engine, direction.plan('product', batch, 'sparse16'), batch, x, weights, result);
  return result;
}

/** False when the variant does not take these values, because a source is not finite; nothing is computed then. */
function runProduct(engine: SparseEngine, { layout, variant }: Plan, batch: number, x: Float32Array, weights: Float32Array, result: Float32Array): boolean {
  const { sources, targets } = layout;
  const places = new Places();
  const needed = {
    rows: places.add(x.byteLength), panels: places.add(panelBytes(sources, batch)), weights: places.add(weights.byteLength),
    values: places.add(layout.inOrder ? 0 : layout.places * 4), y: places.add(panelBytes(targets, batch)), result: places.add(result.byteLength), flag: places.add(4),
  };
  const base = engine.scratch(places.bytes);
  const at = (name: keyof typeof needed): number => base + needed[name];
  const { memory } = engine;
  memory.floats(at('rows'), x.length).set(x);
  if (variant.needsFinite({ sources, targets, connections: weights.length, batch, groupPlaces: 0 })) {
    memory.words(at('flag'), 1)[0] = 1;
    engine.runJobs([job('allFinite', x.length, { values: at('rows'), flag: at('flag') })]);
    if (memory.words(at('flag'), 1)[0] === 0) return false;
  }
  memory.floats(at('weights'), weights.length).set(weights);
  const jobs: Job[] = [
    ...(batch === 1 ? [] : [job('toPanels', sources, { rows: at('rows'), panels: at('panels'), features: sources, batch })]),
    ...(layout.inOrder ? [] : [layout.unpack(at('weights'), at('values'))]),
    layout.product({ x: at(batch === 1 ? 'rows' : 'panels'), y: at('y'), values: at(layout.inOrder ? 'weights' : 'values'), batch, tile: variant.tile }),
    ...(batch === 1 ? [] : [job('fromPanels', targets, { panels: at('y'), rows: at('result'), features: targets, batch })]),
  ];
  engine.runJobs(jobs);
  result.set(memory.floats(at(batch === 1 ? 'y' : 'result'), result.length));
  return true;
}

/**
 * xᵀ · dy at the connections: the gradient of the live weights, in CSR order of the mask.
 *
 * @param x [batch, inputs]
 * @param dy [batch, outputs]
 */
export function rowWeightGradient({ engine, backward }: Wiring, x: Float32Array, dy: Float32Array): Float32Array {
  const { sources: outputs, targets: inputs, indices } = backward.connections;
  const result = new Float32Array(indices.length);
  const batch = x.length / inputs;
  if (batch === 0 || result.length === 0) return result;
  const { layout } = backward.plan('weights', batch);
  const places = new Places();
  const needed = {
    x: places.add(x.byteLength), dy: places.add(dy.byteLength), own: places.add(panelBytes(inputs, batch)), other: places.add(panelBytes(outputs, batch)),
    out: places.add(layout.places * 4), result: places.add(layout.inOrder ? 0 : result.byteLength),
  };
  const base = engine.scratch(places.bytes);
  const at = (name: keyof typeof needed): number => base + needed[name];
  const { memory } = engine;
  memory.floats(at('x'), x.length).set(x);
  memory.floats(at('dy'), dy.length).set(dy);
  engine.runJobs([
    job('toPanels', inputs, { rows: at('x'), panels: at('own'), features: inputs, batch }),
    job('toPanels', outputs, { rows: at('dy'), panels: at('other'), features: outputs, batch }),
    layout.sampled({ own: at('own'), other: at('other'), out: at('out'), batch }),
    ...(layout.inOrder ? [] : [layout.pack(at('out'), at('result'))]),
  ]);
  result.set(memory.floats(at(layout.inOrder ? 'out' : 'result'), result.length));
  return result;
}
