/** A network's passes as jobs: forward, back, and what an optimizer does. Pure, but for memory that is asked for. */
import { LINEAR } from '../simd/jobs.js';
import type { KernelMemory } from '../simd/memory.js';
import { job, type Job } from '../simd/operations.js';
import { panelBytes } from '../simd/panels.js';
import { grainOf } from '../simd/placed-layout.js';
import type { DenseNode, Net, Node, NormNode } from './net.js';
import type { Parameters } from './parameters.js';
import type { PlacedDense } from './placed-net.js';

/** Panels for the largest batch; a smaller one uses their beginning. */
export interface Buffers {
  readonly x: number;
  readonly t: number;
  /** Row weights of the batch, or 0. */
  readonly weights: number;
  /** Output of each node. */
  readonly outputs: readonly number[];
  /** Two places for gradients, which take turns. */
  readonly gradients: readonly [number, number];
  /** [features] each, for a node that normalizes. */
  readonly statistics: ReadonlyMap<Node, { readonly mean: number; readonly scale: number }>;
  /** Gradients of biases before the missing ones are left out, and the order that does it. */
  readonly biases: ReadonlyMap<Node, { readonly sums: number; readonly order: number }>;
}

export interface PlacedNet {
  readonly net: Net;
  readonly parameters: Parameters;
  readonly dense: ReadonlyMap<Node, PlacedDense>;
  readonly buffers: Buffers;
}

/** Operations of one element of an activation, about. */
const COSTLY = 40;

export function placeBuffers(memory: KernelMemory, net: Net, batch: number, weighted: boolean): { buffers: Buffers; release(): void } {
  const held: number[] = [];
  const room = (bytes: number): number => {
    const at = memory.allocate(Math.max(64, bytes));
    // Whatever was there before could be NaN in lanes that are read and not used.
    memory.floats(at, Math.max(16, Math.ceil(bytes / 4))).fill(0);
    held.push(at);
    return at;
  };
  const widest = Math.max(...net.nodes.map(({ inputs, outputs }) => Math.max(inputs, outputs)), net.outputs);
  const statistics = new Map<Node, { mean: number; scale: number }>();
  const biases = new Map<Node, { sums: number; order: number }>();
  for (const node of net.nodes) {
    if (node.kind === 'norm') statistics.set(node, { mean: room(node.inputs * 4), scale: room(node.inputs * 4) });
    if (node.kind !== 'dense' || !node.biasMask) continue;
    const order = memory.place(Int32Array.from({ length: node.outputs }, (_, j) => (node.biasMask?.has(0, j) ? j : -1)));
    held.push(order);
    biases.set(node, { sums: room(node.outputs * 4), order });
  }
  const buffers: Buffers = {
    x: room(panelBytes(net.inputs, batch)),
    t: room(panelBytes(net.targets, batch)),
    weights: weighted ? room(panelBytes(1, batch)) : 0,
    outputs: net.nodes.map(({ outputs }) => room(panelBytes(outputs, batch))),
    gradients: [room(panelBytes(widest, batch)), room(panelBytes(widest, batch))],
    statistics,
    biases,
  };
  return { buffers, release: () => held.forEach((at) => memory.release(at)) };
}

const panels = (batch: number): number => Math.ceil(batch / 16);
const perPanel = (batch: number, features: number, cost: number): number => grainOf(panels(batch), features * batch * cost);

/** Where node n reads its inputs. Dropout does nothing but in training. */
export function inputOf({ net, buffers }: Pick<PlacedNet, 'net' | 'buffers'>, n: number, training: boolean): number {
  const before = net.nodes[n - 1];
  if (!before) return buffers.x;
  return before.kind === 'dropout' && !training ? inputOf({ net, buffers }, n - 1, training) : (buffers.outputs[n - 1] ?? 0);
}

export function forwardJobs(placed: PlacedNet, batch: number, training: boolean): Job[] {
  return placed.net.nodes.flatMap((node, n) => forward(placed, node, n, batch, training));
}

function forward(placed: PlacedNet, node: Node, n: number, batch: number, training: boolean): Job[] {
  const x = inputOf(placed, n, training);
  const y = placed.buffers.outputs[n] ?? 0;
  const { inputs: features } = node;
  const length = panelBytes(features, batch) / 4;
  if (node.kind === 'dense') return [product(placed, node, x, y, batch)];
  if (node.kind === 'norm') return [norm(placed, node, x, y, batch, training)];
  if (node.kind === 'dropout') return training ? [job('dropout', panels(batch), { x, y, features, batch, seed: n, rate: node.rate }, perPanel(batch, features, 10))] : [];
  const copy = job('copy', length, { from: x, to: y }, grainOf(length, 2 * length));
  if (node.kind === 'softmax') return [copy, job('softmax', panels(batch), { y, features, batch }, perPanel(batch, features, COSTLY))];
  return [copy, job('activate', features, { kind: node.activation, y, rows: features, batch }, grainOf(features, features * batch * COSTLY))];
}

function product({ dense, parameters }: PlacedNet, node: DenseNode, x: number, y: number, batch: number): Job {
  const placed = layoutOf(dense, node);
  const bias = node.bias ? parameters.address(node.bias, 'weights') : 0;
  return placed.forward.product({ x, y, values: parameters.address(node.kernel, 'weights'), bias, activation: node.activation, batch, tile: placed.tile });
}

function norm({ parameters, buffers }: PlacedNet, node: NormNode, x: number, y: number, batch: number, training: boolean): Job {
  const at = (weight: NormNode['gamma']): number => parameters.address(weight, 'weights');
  const common = { x, y, gamma: at(node.gamma), beta: at(node.beta), features: node.inputs, batch, epsilon: node.epsilon };
  const grain = grainOf(node.inputs, node.inputs * batch * 8);
  if (!training) return job('normalizeBy', node.inputs, { ...common, mean: at(node.movingMean), variance: at(node.movingVariance) }, grain);
  const { mean, scale } = statisticsOf(buffers, node);
  return job('normalize', node.inputs, { ...common, mean, scale, movingMean: at(node.movingMean), movingVariance: at(node.movingVariance), momentum: node.momentum }, grain);
}

/** Which node's inputs need a gradient: those behind something that is trained. */
export function needsGradient(net: Net): boolean[] {
  let behind = false;
  return net.nodes.map((node) => {
    const needed = behind;
    if (node.kind === 'dense') behind ||= node.kernel.trainable;
    if (node.kind === 'norm') behind ||= node.gamma.trainable || node.beta.trainable;
    return needed;
  });
}

/** The seed of a dropout job is the number of its node; the trainer puts that of the step in its place.
 *
 * From the gradient of the last outputs, in the first of the two places. @param extra jobs that look at a dense node's gradient and inputs */
export function backwardJobs(placed: PlacedNet, batch: number, extra: (node: DenseNode, x: number, d: number) => Job[]): Job[] {
  const { net, buffers } = placed;
  const needed = needsGradient(net);
  const jobs: Job[] = [];
  let [d, other] = buffers.gradients;
  for (let n = net.nodes.length - 1; n >= 0; n--) {
    const node = net.nodes[n];
    if (!node) continue;
    const [x, y] = [inputOf(placed, n, true), buffers.outputs[n] ?? 0];
    const features = node.outputs;
    if (node.kind === 'dense') {
      jobs.push(...backwardDense(placed, node, { x, y, d, dx: other, needed: needed[n] === true, batch }), ...extra(node, x, d));
      if (needed[n]) [d, other] = [other, d];
    } else if (node.kind === 'norm') jobs.push(backwardNorm(placed, node, x, d, batch));
    else if (node.kind === 'dropout') jobs.push(job('dropout', panels(batch), { x: d, y: d, features, batch, seed: n, rate: node.rate }, perPanel(batch, features, 10)));
    else if (node.kind === 'softmax') jobs.push(job('softmaxGradient', panels(batch), { y, d, features, batch }, perPanel(batch, features, 8)));
    else jobs.push(slope(node.activation, y, d, features, batch));
    // What stands before has nothing to learn.
    if (!needed[n]) break;
  }
  return jobs;
}

const slope = (kind: number, y: number, d: number, rows: number, batch: number): Job => job('activationGradient', rows, { kind, y, d, rows, batch }, grainOf(rows, rows * batch * 4));

interface Pass {
  readonly x: number;
  readonly y: number;
  readonly d: number;
  readonly dx: number;
  readonly needed: boolean;
  readonly batch: number;
}

function backwardDense({ dense, parameters, buffers }: PlacedNet, node: DenseNode, { x, y, d, dx, needed, batch }: Pass): Job[] {
  const { forward, backward } = layoutOf(dense, node);
  const jobs: Job[] = node.activation === LINEAR ? [] : [slope(node.activation, y, d, node.outputs, batch)];
  if (node.kernel.trainable && forward.places > 0) jobs.push(forward.sampled({ own: d, other: x, out: parameters.address(node.kernel, 'gradients'), batch }));
  if (node.bias?.trainable) {
    const out = parameters.address(node.bias, 'gradients');
    const masked = buffers.biases.get(node);
    jobs.push(job('rowSums', node.outputs, { d, out: masked?.sums ?? out, rows: node.outputs, batch }, grainOf(node.outputs, node.outputs * batch)));
    if (masked) jobs.push(job('permute', node.outputs, { values: masked.sums, order: masked.order, out }));
  }
  if (!needed || !backward) return jobs;
  const weights = parameters.address(node.kernel, 'weights');
  const { layout, tile, order } = backward;
  if (order) jobs.push(job('permute', layout.places, { values: weights, order, out: backward.values }, grainOf(layout.places, 20 * layout.places)));
  jobs.push(layout.product({ x: d, y: dx, values: order ? backward.values : weights, batch, tile }));
  return jobs;
}

function backwardNorm({ parameters, buffers }: PlacedNet, node: NormNode, x: number, d: number, batch: number): Job {
  const { mean, scale } = statisticsOf(buffers, node);
  return job('normalizeGradient', node.inputs, {
    x, d, gamma: parameters.address(node.gamma, 'weights'), mean, scale,
    dGamma: parameters.address(node.gamma, 'gradients'), dBeta: parameters.address(node.beta, 'gradients'), features: node.inputs, batch,
  }, grainOf(node.inputs, node.inputs * batch * 12));
}

function layoutOf(dense: PlacedNet['dense'], node: DenseNode): PlacedDense {
  const found = dense.get(node);
  if (!found) throw new Error('a layer has not been laid out');
  return found;
}

function statisticsOf(buffers: Buffers, node: NormNode): { mean: number; scale: number } {
  const found = buffers.statistics.get(node);
  if (!found) throw new Error('a layer has no place for its statistics');
  return found;
}
