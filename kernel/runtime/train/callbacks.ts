/** Runs callbacks of tfjs `fit`: objects of functions, and instances such as `tf.callbacks.earlyStopping()`. */
import { tf } from '../tf/tfjs.js';
import type { TrainCallback } from './options.js';

export type Logs = Record<string, number>;
type Event = 'onTrainBegin' | 'onTrainEnd' | 'onEpochBegin' | 'onEpochEnd' | 'onBatchBegin' | 'onBatchEnd';
type Listener = Partial<Record<Event | 'setModel' | 'setParams', (...args: unknown[]) => unknown>>;

// SAFETY: the class that tfjs's callbacks extend (4.22); its methods do nothing, and every callback inherits them.
const nothing = Object.getPrototypeOf(tf.Callback.prototype) as Listener;

export class Callbacks {
  readonly #listeners: Listener[];

  constructor(callbacks: TrainCallback | TrainCallback[] | undefined, model: unknown, params: Record<string, unknown>) {
    // SAFETY: both kinds of callback have these methods, each of them optional or inherited.
    this.#listeners = (callbacks === undefined ? [] : [callbacks].flat()) as unknown as Listener[];
    for (const listener of this.#listeners) {
      if (typeof listener !== 'object' || listener === null) throw new Error('train: a callback is an object of functions such as { onEpochEnd(epoch, logs) {…} }');
      listener.setModel?.(model);
      listener.setParams?.(params);
    }
  }

  async call(event: Event, ...args: unknown[]): Promise<void> {
    for (const listener of this.#listeners) await listener[event]?.(...args);
  }

  /** Whether there is anyone to call; a loop of fast steps need not wait for nobody. */
  hears(event: Event): boolean {
    return this.#listeners.some((listener) => typeof listener[event] === 'function' && listener[event] !== nothing[event]);
  }
}
