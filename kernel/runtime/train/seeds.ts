/**
 * The random numbers of a run. They follow from the seed and the number of the epoch or step alone, so a run that goes on from a
 * checkpoint draws what it would have drawn, and both engines shuffle alike.
 */
import { Random } from '../random/xoshiro.js';

const mixed = (seed: number, purpose: number, number: number): Random => {
  const bits = new Random(seed).bits();
  // Whole numbers below 2⁵³ that differ.
  return new Random(bits * 2 ** 21 + purpose * 2 ** 20 + (number % 2 ** 20));
};

/** The rows of an epoch in the order in which they are taken. @param seed undefined: as they are */
export function orderOf(order: Int32Array, seed: number | undefined, epoch: number): void {
  for (let k = 0; k < order.length; k++) order[k] = k;
  if (seed !== undefined) mixed(seed, 0, epoch).shuffle(order);
}

/** For what a step draws besides: dropout. @param step 1 is an optimizer's first */
export const randomOfStep = (seed: number, step: number): Random => mixed(seed, 1, step);

/** 32 bits for a dropout layer in a step. They are mixed further by the kernel. */
export function dropoutSeed(seed: number, step: number, layer: number): number {
  // Twice the finalizer of splitmix32, of what differs.
  let t = (Math.imul(step, 0x9e3779b9) ^ Math.imul(layer + 1, 0x85ebca6b) ^ Math.imul(seed | 0, 0xc2b2ae35) ^ fraction(seed)) | 0;
  t = Math.imul(t ^ (t >>> 16), 0x21f0aaad);
  t = Math.imul(t ^ (t >>> 15), 0x735a2d97);
  return t ^ (t >>> 15);
}

/** What of a seed `| 0` does not see. */
const fraction = (seed: number): number => Math.imul(Math.floor((seed - Math.floor(seed)) * 2 ** 32) | 0, 0x27d4eb2f) ^ (Math.floor(seed / 2 ** 32) | 0);
