/**
 * What optimizers remember of a weight (momentum, moments), when the weights of a variable change place. Our optimizers keep
 * it for the weights that stay, and start new ones at the initial value; those of `tf.train` know weights by their index in a
 * list only, so theirs start anew, with a warning.
 */
import type { Optimizer, Variable } from '@tensorflow/tfjs';
import { tf } from '../tf/tfjs.js';
import { optimizersOf } from './optimizer-steps.js';

/** What our optimizers have. */
interface Remaps {
  /** @param survivors for each entry of `to` its index in `from`, or −1 for a weight that is new */
  remapSlots(from: Variable, to: Variable, survivors: ArrayLike<number>): void;
}
interface Slot {
  originalName: string;
  variable: Variable;
}

const warned = new WeakSet<Optimizer>();

/**
 * Call when the variable has its new size.
 *
 * @param positions for each new place the old one, or −1 for a weight that is new
 */
export function moveSlots(variable: Variable, positions: Int32Array): void {
  for (const optimizer of optimizersOf(variable)) {
    if (remaps(optimizer)) optimizer.remapSlots(variable, variable, positions);
    else if (resetSlots(optimizer, variable)) warn(optimizer);
  }
}

function remaps(optimizer: Optimizer): optimizer is Optimizer & Remaps {
  return 'remapSlots' in optimizer && typeof optimizer.remapSlots === 'function';
}

/** @returns whether there was any */
function resetSlots(optimizer: Optimizer, variable: Variable): boolean {
  const initial = 'initialAccumulatorValue' in optimizer && typeof optimizer.initialAccumulatorValue === 'number' ? optimizer.initialAccumulatorValue : 0;
  let found = false;
  for (const list of Object.values(optimizer)) {
    if (!Array.isArray(list)) continue;
    for (const slot of list.filter(isSlot)) {
      if (!slot.originalName.startsWith(`${variable.name}/`)) continue;
      slot.variable.dispose();
      slot.variable = tf.tidy(() => tf.variable(tf.fill(variable.shape, initial), false));
      found = true;
    }
  }
  return found;
}

function isSlot(entry: unknown): entry is Slot {
  return typeof entry === 'object' && entry !== null && 'originalName' in entry && typeof entry.originalName === 'string' && 'variable' in entry && entry.variable instanceof tf.Variable;
}

function warn(optimizer: Optimizer): void {
  if (warned.has(optimizer)) return;
  warned.add(optimizer);
  const name = optimizer.getClassName();
  console.warn(`The mask changed: ${name} of tf.train forgets its state of the layer's weights (those of optimizers.* keep that of the connections that stay).`);
}
