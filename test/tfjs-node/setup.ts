/** Each file of the project `tfjs-node` computes on the native backend, or fails: never on another without a word. */
import { backendSentence, ready, tf } from '../../kernel/runtime/tf/index.js';

await ready;
if (tf.getBackend() !== 'tensorflow') throw new Error(`tests for tfjs-node on another backend: ${backendSentence()}`);
