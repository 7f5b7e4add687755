/** Random masks whose density falls with the size of a layer, as in SET and RigL. */
import { ArgumentError, flag, wholeNumber } from '../argument-error.js';
import type { Mask } from '../mask/mask.js';
import { Random } from '../random/xoshiro.js';
import { exactly } from './random.js';
import { known, sides } from './rows.js';

export interface ErdosRenyiOptions {
  /** Connections per unit of the two layers: exactly `round(epsilon * (n + m))` of them. */
  readonly epsilon: number;
  readonly seed?: number;
  /** True: every input and every output has at least one connection. */
  readonly noOrphans?: boolean;
}

/**
 * A random mask of density epsilon * (n + m) / (n * m), with exactly as many connections as that says.
 *
 * Source: Mocanu et al., "Scalable training of artificial neural networks with adaptive sparse connectivity inspired by network
 * science" (SET), 2018, equation 1.
 *
 * @throws ArgumentError when that is more than all connections
 */
export function erdosRenyi(n: number, m: number, options: ErdosRenyiOptions): Mask {
  sides('erdosRenyi', n, m);
  known('erdosRenyi', options, ['epsilon', 'seed', 'noOrphans']);
  const { epsilon, seed, noOrphans = false } = options ?? {};
  flag('masks.erdosRenyi: noOrphans', noOrphans);
  const largest = (n * m) / (n + m);
  if (!(typeof epsilon === 'number' && epsilon >= 0 && epsilon <= largest)) {
    throw new ArgumentError('masks.erdosRenyi: epsilon', epsilon, `a number from 0 to ${largest} (all ${n * m} connections)`, 'masks.dense(n, m) connects everything.');
  }
  return exactly('erdosRenyi', n, m, Math.round(epsilon * (n + m)), new Random(seed), noOrphans);
}

export interface ErdosRenyiKernelOptions {
  /** Connections per possible connection over all layers, 0 to 1: together exactly `round(density * possible ones)`. */
  readonly density: number;
  readonly seed?: number;
}

/**
 * One random mask a layer, sparser where the layer is larger: the density of a layer is proportional to the sum of its sides
 * divided by their product; a layer that would get more than all of its connections gets all, and the others share the rest.
 *
 * Source: Evci et al., "Rigging the lottery" (RigL), 2020, section 3 (Erdős-Rényi-Kernel).
 *
 * @param shapes [inputs, outputs] of dense layers, [kernelH, kernelW, inChannels, filters] of convolutions
 * @returns shape [inputs, outputs], for a convolution [kernelH * kernelW * inChannels, filters] in row-major order
 */
export function erdosRenyiKernel(shapes: readonly (readonly number[])[], options: ErdosRenyiKernelOptions): Mask[] {
  if (!Array.isArray(shapes) || shapes.length === 0) throw new ArgumentError('masks.erdosRenyiKernel: shapes', shapes, 'an array of shapes, such as [[784, 300], [300, 10]]');
  const checked = shapes.map((shape: unknown, layer) => {
    const argument = `masks.erdosRenyiKernel: shapes[${layer}]`;
    if (!Array.isArray(shape) || shape.length < 2) throw new ArgumentError(argument, shape, '[inputs, outputs], or [kernelH, kernelW, inChannels, filters]');
    return shape.map((side: unknown, axis) => wholeNumber(`${argument}[${axis}]`, side, 1, 2 ** 31));
  });
  known('erdosRenyiKernel', options, ['density', 'seed']);
  const { density, seed } = options ?? {};
  if (!(typeof density === 'number' && density >= 0 && density <= 1)) throw new ArgumentError('masks.erdosRenyiKernel: density', density, 'a number from 0 to 1');
  const sizes = checked.map((shape) => shape.reduce((product, side) => product * side, 1));
  const counts = kernelCounts(sizes, checked.map(sum), Math.round(density * sum(sizes)));
  const source = new Random(seed);
  return checked.map((shape, layer) => {
    const filters = shape.at(-1) ?? 1;
    return exactly('erdosRenyiKernel', (sizes[layer] ?? 0) / filters, filters, counts[layer] ?? 0, source);
  });
}

/** How many connections each layer gets: `budget` in all. A layer's share is proportional to `weights`, and at most its size. */
export function kernelCounts(sizes: readonly number[], weights: readonly number[], budget: number): number[] {
  const full = new Set<number>();
  let shares: number[] = [];
  for (;;) {
    const rest = budget - sum(sizes.filter((_, layer) => full.has(layer)));
    const open = sum(weights.filter((_, layer) => !full.has(layer)));
    shares = sizes.map((size, layer) => (full.has(layer) ? size : (rest * (weights[layer] ?? 0)) / open));
    // A layer that overflows gets less than its share, so the others' shares grow: it stays full.
    const overflowing = [...sizes.keys()].filter((layer) => !full.has(layer) && (shares[layer] ?? 0) > (sizes[layer] ?? 0));
    if (overflowing.length === 0) break;
    for (const layer of overflowing) full.add(layer);
  }
  // Largest remainder: what rounding down leaves goes to those that lost most.
  const counts = shares.map(Math.floor);
  const byLoss = [...sizes.keys()].sort((a, b) => loss(b) - loss(a) || a - b);
  let left = budget - sum(counts);
  for (const layer of [...byLoss, ...byLoss]) {
    if (left === 0) break;
    if ((counts[layer] ?? 0) >= (sizes[layer] ?? 0)) continue;
    counts[layer] = (counts[layer] ?? 0) + 1;
    left--;
  }
  return counts;

  function loss(layer: number): number {
    return (shares[layer] ?? 0) - Math.floor(shares[layer] ?? 0);
  }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, value) => total + value, 0);
