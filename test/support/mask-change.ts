/** A small layer's wiring before and after a change, and data to train it with, for the tests of `updateMask`. */
import { Mask } from '../../kernel/runtime/mask/mask.js';
import { tf } from '../../kernel/runtime/tf/index.js';

export const A = Mask.from([[1, 0], [0, 1], [1, 1]]);
/** Keeps (0,0) and (2,1), drops (1,1) and (2,0), adds (0,1) and (1,0). */
export const B = Mask.from([[1, 1], [1, 0], [0, 1]]);
export const x = () => tf.randomNormal([16, 3], 0, 1, 'float32', 1);
export const y = () => tf.randomNormal([16, 2], 0, 1, 'float32', 2);
