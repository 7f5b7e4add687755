import { tf } from './tfjs.js';

const PROBE = 'patchbay/name-scope-probe';

/**
 * Forgets the layers that terminated code was applying. tfjs-layers 4.22 keeps their names in an array of its module
 * `common`, which it empties in `catch` blocks that a terminate skips: from then on each new weight has them before its own
 * name, and a saved model finds no weight for its variables. Nothing that is exported reaches the array, so it is met
 * where a layer's name is pushed on it.
 */
export function resetNameScopes(): void {
  const layer = tf.layers.activation({ activation: 'linear', name: PROBE });
  const descriptor = Object.getOwnPropertyDescriptor(Array.prototype, 'push');
  if (descriptor === undefined) return;
  const push = Array.prototype.push;
  const stacks: unknown[][] = [];
  const watching = function (this: unknown[], ...items: unknown[]): number {
    if (items[0] === PROBE) stacks[0] = this;
    return Reflect.apply(push, this, items);
  };
  Object.defineProperty(Array.prototype, 'push', { ...descriptor, value: watching });
  try {
    tf.tidy(() => void layer.apply(tf.scalar(0)));
  } finally {
    Object.defineProperty(Array.prototype, 'push', descriptor);
  }
  for (const stack of stacks) stack.length = 0;
}
