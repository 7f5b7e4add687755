/** The backends that tests of the runtime go through. */
import { ready, tf } from '../../kernel/runtime/tf/index.js';

await ready;

/** wasm and cpu; in the project `tfjs-node`, which runs the same files, the native one alone. */
export const BACKENDS: readonly string[] = tf.getBackend() === 'tensorflow' ? ['tensorflow'] : ['wasm', 'cpu'];
