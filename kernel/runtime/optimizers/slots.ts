/** What an optimizer remembers of each variable: tensors of the variable's own shape, kept by the variable itself and not by its name. */
import type { NamedTensorMap, Tensor, Variable } from '@tensorflow/tfjs';
import { tf } from '../tf/tfjs.js';

export type Slots = Readonly<Record<string, Variable>>;
type NamedTensor = { name: string; tensor: NamedTensorMap[string] };

/** The slot of the moving average of the weights. */
export const AVERAGE = 'average';

export class SlotStore {
  readonly #who: string;
  readonly #initial: ReadonlyMap<string, number>;
  #entries = new Map<Variable, Slots>();
  /** Loaded slots by position: the variables that they belong to are not known before the next step. */
  #loaded: { readonly name: string; readonly slots: Slots }[] = [];
  /** Remaps of variables whose slots are loaded, and not theirs yet. */
  #later: { readonly from: Variable; readonly to: Variable; readonly survivors: Int32Array }[] = [];

  /** @param initial name of each slot -> its first value; `average` begins as a copy of the variable */
  constructor(who: string, initial: ReadonlyMap<string, number>) {
    this.#who = who;
    this.#initial = initial;
  }

  of(variable: Variable): Slots | undefined {
    return this.#entries.get(variable);
  }

  get variables(): Variable[] {
    return [...this.#entries.keys()];
  }

  /** Makes the slots of variables that have none yet, and returns those. @throws Error when loaded slots do not fit the variables */
  prepare(variables: readonly Variable[]): Set<Variable> {
    if (this.#loaded.length > 0) this.#adopt(variables);
    const added = new Set(variables.filter((variable) => !this.#entries.has(variable)));
    if (added.size > 0) this.#forgetDisposed();
    for (const variable of added) this.#entries.set(variable, this.#make((name) => tf.tidy(() => this.#first(name, variable))));
    return added;
  }

  /**
   * Hands the slots of `from` over to `to`, which takes its place: entry n of `to` was entry `survivors[n]` of `from`, or is new
   * (−1) and begins as in a new optimizer.
   *
   * @throws Error when `survivors` does not say where each entry of `to` comes from; nothing is changed then
   */
  remap(from: Variable, to: Variable, survivors: ArrayLike<number>): void {
    if (this.#loaded.length > 0) this.#later.push({ from, to, survivors: Int32Array.from(survivors) });
    const old = this.#entries.get(from);
    if (!old) return;
    if (survivors.length !== to.size) throw new Error(`${this.#who}: remapSlots got ${survivors.length} survivors for ${to.name} of ${to.size} entries`);
    const [remembered] = Object.values(old);
    // Plain gradient descent remembers nothing.
    const size = remembered?.size ?? Infinity;
    for (let n = 0; n < survivors.length; n++) {
      const k = survivors[n];
      if (k === undefined || !Number.isInteger(k) || k < -1 || k >= size) {
        throw new Error(`${this.#who}: remapSlots: survivors[${n}] is ${String(k)}, expected an index below ${size}, or -1 for a new entry`);
      }
    }
    const slots = to.size === 0 ? undefined : this.#make((name) => tf.tidy(() => {
      const before = old[name]?.dataSync() ?? [];
      const first = this.#first(name, to).dataSync();
      return tf.tensor(Float32Array.from(first, (value, n) => before[survivors[n] ?? -1] ?? value), to.shape);
    }));
    tf.dispose(Object.values(old));
    // The place in the order stays: saved slots are told apart by it.
    this.#entries = new Map([...this.#entries].flatMap(([variable, kept]) => (variable !== from ? [[variable, kept] as const] : slots ? [[to, slots] as const] : [])));
  }

  /** For saving: all variables' slots, slot by slot. The tensors stay the optimizer's. */
  save(): NamedTensor[] {
    const entries = this.#loaded.length > 0 ? this.#loaded : [...this.#entries].map(([{ name }, slots]) => ({ name, slots }));
    return [...this.#initial.keys()].flatMap((slot) => entries.flatMap(({ name, slots }) => (slots[slot] ? [{ name: `${name}/${slot}`, tensor: slots[slot] }] : [])));
  }

  /** What `save` gave; the tensors are copied. @throws Error when they are not slots of this optimizer */
  load(weights: readonly NamedTensor[]): void {
    const names = [...this.#initial.keys()];
    const expected = names.length === 0 ? 'none' : `the same number of each of ${names.join(', ')}`;
    const groups = names.map((slot) => weights.filter(({ name }) => name.endsWith(`/${slot}`)));
    const count = groups[0]?.length ?? 0;
    if (groups.some((group) => group.length !== count) || weights.length !== count * names.length) {
      throw new Error(`${this.#who}: setWeights got ${weights.length} slots (${weights.map(({ name }) => name).join(', ')}), expected ${expected}`);
    }
    this.dispose();
    this.#loaded = Array.from({ length: count }, (_, n) => {
      const name = groups[0]?.[n]?.name.replace(/\/[^/]*$/, '') ?? '';
      return { name, slots: Object.fromEntries(names.flatMap((slot, s) => { const saved = groups[s]?.[n]; return saved ? [[slot, tf.variable(saved.tensor, false)]] : []; })) };
    });
  }

  dispose(): void {
    for (const slots of [...this.#entries.values(), ...this.#loaded.map((entry) => entry.slots)]) tf.dispose(Object.values(slots));
    this.#entries.clear();
    this.#loaded = [];
    this.#later = [];
  }

  #make(value: (name: string) => Tensor): Slots {
    return Object.fromEntries([...this.#initial.keys()].map((name) => {
      const tensor = value(name);
      const slot = tf.variable(tensor, false);
      tensor.dispose();
      return [name, slot];
    }));
  }

  #first(name: string, variable: Variable): Tensor {
    return name === AVERAGE ? tf.clone(variable) : tf.fill(variable.shape, this.#initial.get(name) ?? 0);
  }

  #adopt(variables: readonly Variable[]): void {
    const loaded = this.#loaded;
    // A variable that was remapped since is found under the one that the state belongs to.
    const owners = variables.map((variable) => this.#later.reduceRight((to, step) => (step.to === to ? step.from : to), variable));
    const rewired = new Set(this.#later.map(({ from }) => from));
    const fits = (slots: Slots, owner: Variable | undefined): boolean =>
      owner !== undefined && (rewired.has(owner) || Object.values(slots).every(({ shape }) => String(shape) === String(owner.shape)));
    if (loaded.length !== owners.length || !loaded.every(({ slots }, n) => fits(slots, owners[n]))) {
      const shapes = loaded.map(({ name, slots }) => `${name} [${Object.values(slots)[0]?.shape.join(', ') ?? ''}]`);
      throw new Error(`${this.#who}: the loaded state belongs to ${shapes.join(', ')}, but the model trains ${variables.map(({ name, shape }) => `${name} [${shape.join(', ')}]`).join(', ')}; compile the model with a new optimizer to start afresh`);
    }
    const later = this.#later;
    [this.#loaded, this.#later] = [[], []];
    this.#entries = new Map(owners.flatMap((owner, n) => { const entry = loaded[n]; return entry ? [[owner, entry.slots] as const] : []; }));
    for (const { from, to, survivors } of later) this.remap(from, to, survivors);
  }

  #forgetDisposed(): void {
    for (const [variable, slots] of this.#entries) {
      if (!variable.isDisposed) continue;
      tf.dispose(Object.values(slots));
      this.#entries.delete(variable);
    }
  }
}
