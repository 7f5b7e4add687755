/** Generators of masks; the namespace `masks` of the module `patchbay`. */
export { banded, block, dense, diagonal, empty, fromGroups, identity, triangular } from './regular.js';
export { butterfly } from './butterfly.js';
export { erdosRenyi, erdosRenyiKernel, type ErdosRenyiKernelOptions, type ErdosRenyiOptions } from './erdos-renyi.js';
export { lenet5C3 } from './lenet5.js';
export { made, type MadeOptions } from './made.js';
export { nearest } from './nearest.js';
export { nOfM } from './n-of-m.js';
export { fixedFanIn, fixedFanOut, random, type RandomMaskOptions } from './random.js';
export { receptiveField, type ReceptiveFieldOptions } from './receptive-field.js';
export { smallWorld, type SmallWorldOptions } from './small-world.js';
