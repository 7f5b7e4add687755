/** Generators of masks; the namespace `masks` of the module `patchbay`. */
export { banded, block, dense, diagonal, empty, fromGroups, identity, triangular } from './regular.js';
export { fixedFanIn, fixedFanOut, random, type RandomMaskOptions } from './random.js';
export { receptiveField, type ReceptiveFieldOptions } from './receptive-field.js';
