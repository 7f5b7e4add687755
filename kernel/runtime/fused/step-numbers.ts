/** The numbers of an optimizer's kernel that change from step to step. Runs in the trainer's thread: it knows no tensors. */

/** How they follow from the rate and the step. */
export type Formula = 'constant' | 'adam' | 'adamax' | 'nadam' | 'tfjsAdam' | 'tfjsMomentum';

export interface FormulaArguments {
  readonly formula: Formula;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
}

/** What the kernel gets in place of its constants; absent ones stay. */
export interface StepNumbers {
  rate: number;
  c: number;
  d: number;
  e: number;
  f: number;
}

/** Sources: the docstrings of `kernel/runtime/optimizers`, and of tfjs's `adam_optimizer.ts`. */
export class StepFormula {
  readonly #of: FormulaArguments;
  readonly #numbers: StepNumbers = { rate: 0, c: NaN, d: NaN, e: NaN, f: NaN };
  /** Nadam's product of its shares up to step `#at`. */
  #product = 1;
  #at = 0;

  constructor(of: FormulaArguments) {
    this.#of = of;
  }

  /** @param t 1 at the first step. The object is the same at each call; NaN stands for "as it was" */
  at(t: number, rate: number): Readonly<StepNumbers> {
    const { formula, beta1, beta2, epsilon } = this.#of;
    const numbers = this.#numbers;
    numbers.rate = rate;
    if (formula === 'adam') numbers.rate = (rate * Math.sqrt(1 - beta2 ** t)) / (1 - beta1 ** t);
    else if (formula === 'adamax') numbers.rate = rate / (1 - beta1 ** t);
    else if (formula === 'tfjsAdam') {
      // ε stands beside the corrected root there.
      const root = Math.sqrt(1 - beta2 ** t);
      numbers.rate = (rate * root) / (1 - beta1 ** t);
      numbers.c = epsilon * root;
    } else if (formula === 'nadam') {
      const sofar = this.#productTo(t);
      const next = this.#share(t + 1);
      numbers.d = next / (1 - sofar * next);
      numbers.e = (1 - this.#share(t)) / (1 - sofar);
      numbers.f = 1 - beta2 ** t;
    }
    return numbers;
  }

  #share(t: number): number {
    return this.#of.beta1 * (1 - 0.5 * 0.96 ** t);
  }

  #productTo(t: number): number {
    if (t < this.#at) [this.#at, this.#product] = [0, 1];
    while (this.#at < t) this.#product *= this.#share(++this.#at);
    return this.#product;
  }
}
