/** Masks that change while a network learns. Weights and slots of the connections that stay are kept; new ones start at 0. */
export { prune, type PruneOptions } from './prune.js';
export { rigl, type RiglOptions } from './rigl.js';
export { set, type SetOptions } from './set.js';
export type { Rewiring } from './rewiring.js';
