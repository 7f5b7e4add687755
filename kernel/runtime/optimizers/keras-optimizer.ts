/** The part that all optimizers share: the order of a step is that of Keras 3's `BaseOptimizer.apply`. */
import type { NamedTensorMap, Tensor, Variable, serialization } from '@tensorflow/tfjs';
import { tf } from '../tf/tfjs.js';
import { clip } from './clipping.js';
import type { Resolved } from './definition.js';
import { checkRate, rateAt, type Schedule } from './options.js';
import type { Step } from './rule.js';
import { AVERAGE, SlotStore, type Slots } from './slots.js';

type NamedTensors = Parameters<InstanceType<typeof tf.Optimizer>['setWeights']>[0];
interface Trained {
  readonly variable: Variable;
  readonly gradient: Tensor;
}

/**
 * An optimizer of tfjs with Keras 3's arguments and formulas; `model.compile({ optimizer })` of any tfjs model takes it.
 *
 * A step clips all gradients, then decays, updates and averages each variable. Variables without entries are left alone. What it
 * remembers has the shape of the variable: a packed variable [nnz] of a masked layer has nnz entries in each slot.
 */
export abstract class KerasOptimizer extends tf.Optimizer {
  readonly #of: Resolved;
  readonly #who: string;
  readonly #store: SlotStore;
  #rate: number | Schedule;

  protected constructor(resolved: Resolved) {
    super();
    const { who, learningRate, rule, common } = resolved;
    this.#of = resolved;
    this.#who = who;
    this.#rate = learningRate;
    this.#store = new SlotStore(who, new Map([...Object.entries(rule.slots), ...(common.useEma ? [[AVERAGE, 0] as const] : [])]));
  }

  /** tfjs takes any object with its methods for an Optimizer; ours are only those that keep slots by variable. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return Function.prototype[Symbol.hasInstance].call(this, value);
  }

  /** tfjs adds a key of its own to the saved arguments. */
  static override fromConfig<T extends serialization.Serializable>(cls: serialization.SerializableConstructor<T>, { customObjects: _, ...config }: serialization.ConfigDict): T {
    return new cls(config);
  }

  /** The rate of the next step. A number or a schedule may be set, between any two steps. */
  get learningRate(): number {
    return this.rateOf(this.iterations);
  }

  set learningRate(rate: number | Schedule) {
    checkRate(this.#who, rate);
    this.#rate = rate;
  }

  /** The function of the step that was given as rate; undefined when it is a number. */
  get schedule(): Schedule | undefined {
    return typeof this.#rate === 'function' ? this.#rate : undefined;
  }

  /** Every argument, the learning rate apart. */
  get settings(): { readonly who: string; readonly own: Resolved['own']; readonly common: Resolved['common'] } {
    const { who, own, common } = this.#of;
    return { who, own, common };
  }

  /** The rate of the step after so many. */
  rateOf(step: number): number {
    return rateAt(this.#who, this.#rate, step);
  }

  /** For the fused trainer, which has done steps in this optimizer's name and written its slots. */
  setIterations(steps: number): void {
    this.iterations_ = steps;
  }

  /** @param gradients by name of the variable; a variable without a gradient is left alone */
  override applyGradients(gradients: NamedTensorMap | NamedTensors): void {
    tf.tidy(() => {
      const trained = this.#trained(gradients);
      const step: Step = { rate: this.learningRate, t: this.iterations + 1 };
      const added = this.#store.prepare(trained.map(({ variable }) => variable));
      const clipped = clip(trained.map(({ gradient }) => gradient), this.#of.common);
      trained.forEach(({ variable }, n) => {
        const slots = this.#store.of(variable);
        const gradient = clipped[n];
        if (slots && gradient) tf.tidy(() => this.#update(variable, gradient, slots, step, step.t === 1 || added.has(variable)));
      });
    });
    this.incrementIterations();
  }

  /**
   * Makes the slots of these variables now, in place of at their first step; state that `setWeights` was given becomes theirs.
   *
   * @param variables those that will be trained, in the model's order
   * @throws Error when the given state does not fit them
   */
  build(variables: readonly Variable[]): void {
    this.#store.prepare(variables.filter(({ size }) => size > 0));
  }

  /** What is remembered of a variable, by name of the slot; undefined before its first step. */
  slotsOf(variable: Variable): Slots | undefined {
    return this.#store.of(variable);
  }

  /**
   * Hands what is remembered of `from` over to `to`, which takes its place in the model (the two may be one).
   *
   * @param survivors for each entry of `to` the index of the same entry in `from`, or −1: a new entry begins as in a new optimizer,
   * that is at 0 (Adagrad: at its initial accumulator; the moving average: at the value of `to`)
   * @throws Error when a survivor is no index of `from`; nothing is changed then
   */
  remapSlots(from: Variable, to: Variable, survivors: ArrayLike<number>): void {
    this.#store.remap(from, to, survivors);
  }

  /** With `useEma`, sets every trained variable to its moving average. `fit` and `train` call it when they have run to their end. */
  finalizeVariableValues(): void {
    for (const variable of this.#store.variables) {
      const average = this.#store.of(variable)?.[AVERAGE];
      if (average && !variable.isDisposed) tf.tidy(() => variable.assign(tf.clone(average)));
    }
  }

  /** The number of steps, and all slots. */
  override async getWeights(): Promise<NamedTensors> {
    return [await this.saveIterations(), ...this.#store.save()];
  }

  /** What `getWeights` gave, also of another model of the same shape. @throws Error when it does not fit this optimizer */
  override async setWeights(weights: NamedTensors): Promise<void> {
    this.#store.load(await this.extractIterations(weights));
  }

  /** @throws Error when the rate is a function: it cannot be saved */
  override getConfig(): serialization.ConfigDict {
    if (typeof this.#rate === 'function') {
      throw new Error(`${this.#who}: a learningRate that is a function cannot be saved; set optimizer.learningRate to a number first, or save the model without its optimizer`);
    }
    return { learningRate: this.#rate, ...this.#of.own, ...this.#of.common };
  }

  override dispose(): void {
    this.#store.dispose();
  }

  /** `optimizers.adam({ learningRate: 0.01, beta1: 0.9, … }), 120 steps` */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    const { own, common } = this.#of;
    const { useEma, emaMomentum, emaOverwriteFrequency, ...limits } = common;
    const shown = { learningRate: this.#rate, ...own, ...limits, ...(useEma && { useEma, emaMomentum, emaOverwriteFrequency }) };
    const list = Object.entries(shown).flatMap(([name, value]) => (value === null ? [] : [`${name}: ${String(value)}`]));
    return `${this.#who}({ ${list.join(', ')} }), ${this.iterations} step${this.iterations === 1 ? '' : 's'}`;
  }

  #trained(gradients: NamedTensorMap | NamedTensors): Trained[] {
    const list = Array.isArray(gradients) ? gradients : Object.entries(gradients).map(([name, tensor]) => ({ name, tensor }));
    return list.flatMap(({ name, tensor: gradient }: { name: string; tensor: Tensor | null | undefined }) => {
      if (!gradient || gradient.size === 0) return [];
      const variable = tf.engine().registeredVariables[name];
      if (!variable) throw new Error(`${this.#who}: there is a gradient for ${name}, but no such variable`);
      return [{ variable, gradient }];
    });
  }

  #update(variable: Variable, gradient: Tensor, slots: Slots, step: Step, isNew: boolean): void {
    const { weightDecay, useEma, emaMomentum, emaOverwriteFrequency } = this.#of.common;
    const slot = (name: string): Variable => {
      const found = slots[name];
      if (!found) throw new Error(`${this.#who}: ${variable.name} has no slot ${name}`);
      return found;
    };
    const decayed = weightDecay === null ? variable : tf.sub(variable, tf.mul(variable, weightDecay * step.rate));
    const change = this.#of.rule.update(gradient, slot, step);
    const value = tf.add(decayed, change.delta);
    for (const [name, next] of Object.entries(change.slots)) slot(name).assign(next);
    let next = value;
    if (useEma) {
      const average = isNew ? value : tf.add(tf.mul(slot(AVERAGE), emaMomentum), tf.mul(value, 1 - emaMomentum));
      slot(AVERAGE).assign(average);
      if (emaOverwriteFrequency !== null && step.t % emaOverwriteFrequency === 0) next = tf.clone(average);
    }
    variable.assign(next);
  }
}
