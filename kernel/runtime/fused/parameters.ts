/**
 * Weights in the kernels' memory, from the first step to the last: one after the other, each in the order of the layout that
 * computes with it, so that one job does the optimizer's step of all. Beside them in the same order lie their gradients and
 * the optimizer's slots.
 */
import type { Variable } from '@tensorflow/tfjs';
import { variableOf } from '../layers/mask-update.js';
import type { KernelMemory } from '../simd/memory.js';
import { assign, type OptimizerState, type SlotName } from './optimizer-state.js';
import type { Weight } from './net.js';

/** Floats that a weight begins at a multiple of: a cache line. */
const ALIGNED = 16;

export interface Parameter {
  readonly weight: Weight;
  readonly variable: Variable;
  /** Where it begins, counted in floats. */
  readonly at: number;
  /** Values in the kernels' order, those of missing places included. */
  readonly places: number;
  /** The place of each value of the variable; undefined when it is its own. */
  readonly toPlace: Int32Array | undefined;
}

export class Parameters {
  readonly list: readonly Parameter[];
  /** Floats of what the optimizer trains; the rest lies behind. */
  readonly trained: number;
  readonly length: number;
  /** Addresses: weights [length], gradients and slots [trained]. */
  readonly weights: number;
  readonly gradients: number;
  readonly slots: ReadonlyMap<SlotName, number>;
  readonly #memory: KernelMemory;
  /** tfjs's keys of the values that the variables had from us, or we from them. */
  readonly #keys = new WeakMap<Variable, object>();

  /** @param given weights with the order of their places, in the model's order */
  constructor(memory: KernelMemory, given: readonly { weight: Weight; places: number; toPlace: Int32Array | undefined }[], slots: readonly SlotName[]) {
    this.#memory = memory;
    const list: Parameter[] = [];
    let at = 0;
    const place = (trainable: boolean): void => {
      for (const { weight, places, toPlace } of given) {
        if (weight.trainable !== trainable) continue;
        list.push({ weight, variable: variableOf(weight.variable), at, places, toPlace });
        at += Math.ceil(places / ALIGNED) * ALIGNED;
      }
    };
    place(true);
    this.trained = at;
    place(false);
    this.length = at;
    this.list = list;
    const zeros = (length: number): number => {
      const address = memory.allocate(Math.max(1, length) * 4);
      memory.floats(address, length).fill(0);
      return address;
    };
    this.weights = zeros(this.length);
    this.gradients = zeros(this.trained);
    this.slots = new Map(slots.map((slot) => [slot, zeros(this.trained)]));
  }

  of(weight: Weight): Parameter {
    const found = this.list.find((parameter) => parameter.weight === weight);
    if (!found) throw new Error(`${weight.variable.name} is not among the parameters`);
    return found;
  }

  /** Where a weight, its gradient or a slot lies; 0 when there is no such thing. */
  address(weight: Weight, what: 'weights' | 'gradients' | SlotName): number {
    const { at } = this.of(weight);
    const base = what === 'weights' ? this.weights : what === 'gradients' ? this.gradients : this.slots.get(what);
    return base === undefined || (what !== 'weights' && !weight.trainable) ? 0 : base + 4 * at;
  }

  /** From the model and its optimizer. */
  load(state: OptimizerState): void {
    for (const parameter of this.list) {
      this.#put(this.weights, parameter, parameter.variable.dataSync());
      this.#keys.set(parameter.variable, parameter.variable.dataId);
      if (!parameter.weight.trainable || parameter.variable.size === 0) continue;
      for (const [slot, base] of this.slots) this.#put(base, parameter, state.read(parameter.variable, slot));
    }
  }

  /** Whether someone else has written a variable since it was loaded or stored. */
  get changedOutside(): boolean {
    return this.list.some(({ variable }) => variable.size > 0 && this.#keys.get(variable) !== variable.dataId);
  }

  /** The weights alone. */
  storeWeights(): void {
    for (const parameter of this.list) {
      if (parameter.variable.size === 0) continue;
      assign(parameter.variable, this.#take(this.weights, parameter));
      this.#keys.set(parameter.variable, parameter.variable.dataId);
    }
  }

  /** Back to them. */
  store(state: OptimizerState, steps: number): void {
    this.storeWeights();
    for (const parameter of this.list) {
      if (parameter.variable.size === 0 || !parameter.weight.trainable) continue;
      for (const [slot, base] of this.slots) state.write(parameter.variable, slot, this.#take(base, parameter));
    }
    state.setSteps(steps);
  }

  release(): void {
    for (const at of [this.weights, this.gradients, ...this.slots.values()]) this.#memory.release(at);
  }

  #put(base: number, { at, places, toPlace }: Parameter, values: ArrayLike<number>): void {
    const to = this.#memory.floats(base + 4 * at, places);
    if (!toPlace) to.set(values);
    else for (let k = 0; k < toPlace.length; k++) to[toPlace[k] ?? 0] = values[k] ?? 0;
  }

  #take(base: number, { at, places, toPlace }: Parameter): Float32Array {
    const from = this.#memory.floats(base + 4 * at, places);
    if (!toPlace) return from.slice();
    const values = new Float32Array(toPlace.length);
    for (let k = 0; k < toPlace.length; k++) values[k] = from[toPlace[k] ?? 0] ?? 0;
    return values;
  }
}
