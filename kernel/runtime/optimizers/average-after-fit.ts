/**
 * With `useEma`, Keras' `fit` leaves the moving average in the model when it has run to its end; so do `fit` and `fitDataset` here.
 * A cell that is interrupted keeps the weights of its last step, as Keras does.
 */
import { currentHost } from '../display/host.js';
import { tf } from '../tf/tfjs.js';
import { KerasOptimizer } from './keras-optimizer.js';

/** Sets a model's weights to their average, where its optimizer keeps one. */
export function leaveAverage(optimizer: unknown): void {
  if (optimizer instanceof KerasOptimizer) optimizer.finalizeVariableValues();
}

for (const name of ['fit', 'fitDataset'] as const) {
  const prototype = tf.LayersModel.prototype;
  const original: unknown = Reflect.get(prototype, name);
  if (typeof original !== 'function') throw new Error(`tfjs has no LayersModel.${name}`);
  Reflect.set(prototype, name, async function (this: InstanceType<typeof tf.LayersModel>, ...args: unknown[]): Promise<unknown> {
    const history: unknown = await Reflect.apply(original, this, args);
    // SAFETY: the optimizer of a compiled model, which the declaration of LayersModel keeps to itself.
    if (currentHost()?.interruptRequested !== true) leaveAverage((this as unknown as { optimizer?: unknown }).optimizer);
    return history;
  });
}
