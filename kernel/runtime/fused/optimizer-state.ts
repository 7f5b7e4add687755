/** What optimizers remember of their variables, read before a fused run and written after it. */
import type { Optimizer, Variable } from '@tensorflow/tfjs';
import { noteOptimizer } from '../layers/optimizer-steps.js';
import type { KerasOptimizer } from '../optimizers/keras-optimizer.js';
import { AVERAGE } from '../optimizers/slots.js';
import { tf } from '../tf/tfjs.js';

/** The kernel's slots m, v and s, and the moving average. */
export type SlotName = 'm' | 'v' | 's' | 'average';

export interface OptimizerState {
  /** Steps that it has done. */
  readonly steps: number;
  /** Makes room for every variable. @throws Error when loaded state does not fit them */
  prepare(): void;
  /** Variables that have never been trained: their moving average begins with the next step. */
  isNew(variable: Variable): boolean;
  /** A copy of a slot's values. */
  read(variable: Variable, slot: SlotName): Float32Array;
  write(variable: Variable, slot: SlotName, values: Float32Array): void;
  setSteps(steps: number): void;
}

/** Gives a variable new values of its shape. */
export function assign(variable: Variable, values: Float32Array): void {
  tf.tidy(() => variable.assign(tf.tensor(values, variable.shape)));
}

/** Ours: slots by name of the formula. */
export class KerasState implements OptimizerState {
  readonly #optimizer: KerasOptimizer;
  readonly #trained: readonly Variable[];
  readonly #names: Readonly<Partial<Record<SlotName, string>>>;
  readonly #new = new Set<Variable>();

  /** @param names of the kernel's slots in the optimizer */
  constructor(optimizer: KerasOptimizer, trained: readonly Variable[], names: Readonly<Partial<Record<SlotName, string>>>) {
    this.#optimizer = optimizer;
    this.#trained = trained.filter(({ size }) => size > 0);
    this.#names = names;
  }

  get steps(): number {
    return this.#optimizer.iterations;
  }

  prepare(): void {
    for (const variable of this.#trained) noteOptimizer(variable, this.#optimizer);
    for (const variable of this.#trained) if (this.#optimizer.slotsOf(variable) === undefined) this.#new.add(variable);
    this.#optimizer.build(this.#trained);
    // What was loaded is nobody's until it is built.
    if (this.steps > 0 && this.#new.size === this.#trained.length) this.#new.clear();
  }

  isNew(variable: Variable): boolean {
    return this.steps === 0 || this.#new.has(variable);
  }

  read(variable: Variable, slot: SlotName): Float32Array {
    return Float32Array.from(this.#slot(variable, slot).dataSync());
  }

  write(variable: Variable, slot: SlotName, values: Float32Array): void {
    assign(this.#slot(variable, slot), values);
  }

  setSteps(steps: number): void {
    if (steps > 0) this.#new.clear();
    this.#optimizer.setIterations(steps);
  }

  #slot(variable: Variable, slot: SlotName): Variable {
    const name = slot === 'average' ? AVERAGE : (this.#names[slot] ?? slot);
    const found = this.#optimizer.slotsOf(variable)?.[name];
    if (!found) throw new Error(`${variable.name} has no slot ${name}`);
    return found;
  }
}

interface TfjsSlot {
  /** The field of the optimizer that lists it by variable. */
  readonly list: string;
  readonly suffix: string;
  readonly first: number;
  /** What tfjs's values are multiplied with to be the kernel's. */
  readonly factor?: () => number;
}

/** Those of `tf.train`: lists by the variable's place among the trained ones. */
export class TfjsState implements OptimizerState {
  readonly #optimizer: Optimizer;
  readonly #trained: readonly Variable[];
  readonly #slots: Readonly<Partial<Record<SlotName, TfjsSlot>>>;

  constructor(optimizer: Optimizer, trained: readonly Variable[], slots: Readonly<Partial<Record<SlotName, TfjsSlot>>>) {
    this.#optimizer = optimizer;
    this.#trained = trained;
    this.#slots = slots;
  }

  get steps(): number {
    return this.#optimizer.iterations;
  }

  prepare(): void {
    for (const variable of this.#trained) noteOptimizer(variable, this.#optimizer);
    for (const { list, suffix, first } of Object.values(this.#slots)) {
      const entries = this.#entries(list);
      this.#trained.forEach((variable, n) => {
        entries[n] ??= { originalName: `${variable.name}/${suffix}`, variable: tf.tidy(() => tf.variable(tf.fill(variable.shape, first), false)) };
      });
    }
  }

  isNew(): boolean {
    return this.steps === 0;
  }

  read(variable: Variable, name: SlotName): Float32Array {
    const { slot, at } = this.#find(variable, name);
    const factor = slot.factor?.() ?? 1;
    return Float32Array.from(at.dataSync(), (value) => value * factor);
  }

  write(variable: Variable, name: SlotName, values: Float32Array): void {
    const { slot, at } = this.#find(variable, name);
    const factor = slot.factor?.() ?? 1;
    assign(at, factor === 1 ? values : values.map((value) => (factor === 0 ? 0 : value / factor)));
  }

  setSteps(steps: number): void {
    // SAFETY: fields of tfjs's Optimizer and AdamOptimizer (4.22) that their declarations keep to themselves.
    const inner = this.#optimizer as unknown as { iterations_: number; beta1?: number; beta2?: number; accBeta1?: Variable; accBeta2?: Variable };
    inner.iterations_ = steps;
    const { beta1, beta2, accBeta1, accBeta2 } = inner;
    if (beta1 === undefined || beta2 === undefined || !accBeta1 || !accBeta2) return;
    assign(accBeta1, Float32Array.of(beta1 ** (steps + 1)));
    assign(accBeta2, Float32Array.of(beta2 ** (steps + 1)));
  }

  #find(variable: Variable, name: SlotName): { slot: TfjsSlot; at: Variable } {
    const slot = this.#slots[name];
    const at = slot && this.#entries(slot.list)[this.#trained.indexOf(variable)]?.variable;
    if (!slot || !at) throw new Error(`${variable.name} has no slot ${name}`);
    return { slot, at };
  }

  #entries(list: string): ({ originalName: string; variable: Variable } | undefined)[] {
    // SAFETY: the lists of tfjs's optimizers hold these pairs; TypeScript declares them private.
    return (this.#optimizer as unknown as Record<string, ({ originalName: string; variable: Variable } | undefined)[]>)[list] ?? [];
  }
}
