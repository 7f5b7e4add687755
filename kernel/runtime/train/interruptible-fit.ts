/**
 * `model.fit` and `fitDataset` end after their current batch when the user interrupts the cell, with the history so far.
 *
 * Otherwise the kernel would have to terminate them, and a model whose `fit` never returned refuses every later one
 * ("another fit() call is ongoing").
 */
import type { CustomCallbackArgs, LayersModel } from '@tensorflow/tfjs';
import { currentHost } from '../display/host.js';
import { tf } from '../tf/tfjs.js';

interface FitArgs {
  readonly callbacks?: unknown;
  readonly yieldEvery?: ConstructorParameters<typeof tf.CustomCallback>[1];
}

/** tfjs's own callback objects have this method, plain objects of handlers have not. */
const isCallback = (value: object): boolean => 'setParams' in value;

class StopOnInterrupt extends tf.Callback {
  override async onBatchEnd(): Promise<void> {
    if (currentHost()?.interruptRequested === true) this.model.stopTraining = true;
  }
}

/** Wraps a method whose last argument is `fit`'s options, at `position`. */
function interruptible(name: 'fit' | 'fitDataset', position: number): void {
  const prototype = tf.LayersModel.prototype;
  const original: unknown = Reflect.get(prototype, name);
  if (typeof original !== 'function') throw new Error(`tfjs has no LayersModel.${name}`);
  async function wrapped(this: LayersModel, ...args: unknown[]): Promise<unknown> {
    // SAFETY: the mark by which tfjs refuses a second fit; its declaration hides it.
    const marked = this as unknown as { isTraining: boolean };
    const leave = currentHost()?.enterLoop(() => (marked.isTraining = false));
    const given = args[position];
    if (leave === undefined || (given !== undefined && typeof given !== 'object')) return Reflect.apply(original as () => unknown, this, args); // SAFETY: checked above
    try {
      const passed = [...args];
      passed[position] = withStop(given ?? {});
      return await Reflect.apply(original as () => unknown, this, passed); // SAFETY: checked above
    } finally {
      leave();
    }
  }
  Reflect.set(prototype, name, wrapped);
}

function withStop(options: FitArgs): object {
  const { callbacks, yieldEvery } = options;
  const list: unknown[] = callbacks === undefined || callbacks === null ? [{}] : [callbacks].flat();
  // What tfjs itself does with handlers; a list may not mix the two kinds.
  // SAFETY: what is no callback object is one of handlers, or tfjs says what is wrong with it.
  const objects = list.map((entry) => (typeof entry === 'object' && entry !== null && isCallback(entry) ? entry : new tf.CustomCallback((entry ?? {}) as CustomCallbackArgs, yieldEvery)));
  return { ...options, callbacks: [...objects, new StopOnInterrupt()] };
}

interruptible('fit', 2);
interruptible('fitDataset', 1);
