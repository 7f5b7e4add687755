/**
 * One step of each optimizer on packed weights: which slots and numbers its kernel takes, and its scalar reference. The
 * formulas are those of `kernel/runtime/optimizers`, where their sources are named.
 */
import * as code from './jobs.js';

/** What a formula reads and writes of one weight. */
export interface Entry {
  w: number;
  g: number;
  m: number;
  v: number;
  s: number;
}

type Numbers = Readonly<Record<string, number>>;

export interface Update {
  /** The kernels' number for it. */
  readonly kind: number;
  /** Slots by the kernel's names m, v and s. */
  readonly slots: Readonly<Partial<Record<'m' | 'v' | 's', string>>>;
  /** What the kernel's numbers a to f are; `rate` is the learning rate. */
  readonly numbers: Readonly<Partial<Record<'a' | 'b' | 'c' | 'd' | 'e' | 'f', string>>>;
  readonly step: (entry: Entry, numbers: Numbers) => void;
}

const n = (numbers: Numbers, name: string): number => numbers[name] ?? NaN;

const ADAM_NUMBERS = { a: '1 - beta1', b: '1 - beta2', c: 'epsilon' } as const;
const RMSPROP_NUMBERS = { a: 'rho', b: '1 - rho', c: 'epsilon' } as const;

function moments(entry: Entry, numbers: Numbers): void {
  entry.m += (entry.g - entry.m) * n(numbers, 'a');
  entry.v += (entry.g * entry.g - entry.v) * n(numbers, 'b');
}

const rmsprop = (centered: boolean, momentum: boolean) => (entry: Entry, numbers: Numbers): void => {
  entry.v = entry.v * n(numbers, 'a') + entry.g * entry.g * n(numbers, 'b');
  let variance = entry.v;
  if (centered) {
    entry.s = entry.s * n(numbers, 'a') + entry.g * n(numbers, 'b');
    variance = Math.max(variance - entry.s * entry.s, 0);
  }
  let step = (entry.g * n(numbers, 'rate')) / Math.sqrt(variance + n(numbers, 'c'));
  if (momentum) step = entry.m = entry.m * n(numbers, 'd') + step;
  entry.w -= step;
};

const momentum = (nesterov: boolean) => (entry: Entry, numbers: Numbers): void => {
  const step = entry.g * n(numbers, 'rate');
  entry.m = entry.m * n(numbers, 'a') - step;
  entry.w += nesterov ? entry.m * n(numbers, 'a') - step : entry.m;
};

export const UPDATES = {
  sgd: { kind: code.SGD, slots: {}, numbers: {}, step: (entry, numbers) => (entry.w -= entry.g * n(numbers, 'rate')) },
  momentum: { kind: code.MOMENTUM, slots: { m: 'momentum' }, numbers: { a: 'momentum' }, step: momentum(false) },
  nesterov: { kind: code.NESTEROV, slots: { m: 'momentum' }, numbers: { a: 'momentum' }, step: momentum(true) },
  /** `rate` is r √(1 − β2^t) / (1 − β1^t). */
  adam: {
    kind: code.ADAM,
    slots: { m: 'momentum', v: 'velocity' },
    numbers: ADAM_NUMBERS,
    step: (entry, numbers) => {
      moments(entry, numbers);
      entry.w -= (entry.m * n(numbers, 'rate')) / (Math.sqrt(entry.v) + n(numbers, 'c'));
    },
  },
  amsgrad: {
    kind: code.AMSGRAD,
    slots: { m: 'momentum', v: 'velocity', s: 'velocityHat' },
    numbers: ADAM_NUMBERS,
    step: (entry, numbers) => {
      moments(entry, numbers);
      entry.s = Math.max(entry.s, entry.v);
      entry.w -= (entry.m * n(numbers, 'rate')) / (Math.sqrt(entry.s) + n(numbers, 'c'));
    },
  },
  /** `rate` is r / (1 − β1^t). */
  adamax: {
    kind: code.ADAMAX,
    slots: { m: 'momentum', v: 'norm' },
    numbers: { a: '1 - beta1', b: 'beta2', c: 'epsilon' },
    step: (entry, numbers) => {
      entry.m += (entry.g - entry.m) * n(numbers, 'a');
      entry.v = Math.max(entry.v * n(numbers, 'b'), Math.abs(entry.g));
      entry.w -= (entry.m * n(numbers, 'rate')) / (entry.v + n(numbers, 'c'));
    },
  },
  /** d and e are the shares of m and g in the step, f is 1 − β2^t. */
  nadam: {
    kind: code.NADAM,
    slots: { m: 'momentum', v: 'velocity' },
    numbers: { ...ADAM_NUMBERS, d: 'share of momentum', e: 'share of gradient', f: '1 - beta2^t' },
    step: (entry, numbers) => {
      moments(entry, numbers);
      const ahead = entry.m * n(numbers, 'd') + entry.g * n(numbers, 'e');
      entry.w -= (ahead * n(numbers, 'rate')) / (Math.sqrt(entry.v / n(numbers, 'f')) + n(numbers, 'c'));
    },
  },
  rmsprop: { kind: code.RMSPROP, slots: { v: 'velocity' }, numbers: RMSPROP_NUMBERS, step: rmsprop(false, false) },
  rmspropMomentum: { kind: code.RMSPROP_MOMENTUM, slots: { m: 'momentum', v: 'velocity' }, numbers: { ...RMSPROP_NUMBERS, d: 'momentum' }, step: rmsprop(false, true) },
  rmspropCentered: { kind: code.RMSPROP_CENTERED, slots: { v: 'velocity', s: 'averageGradient' }, numbers: RMSPROP_NUMBERS, step: rmsprop(true, false) },
  rmspropCenteredMomentum: {
    kind: code.RMSPROP_CENTERED_MOMENTUM,
    slots: { m: 'momentum', v: 'velocity', s: 'averageGradient' },
    numbers: { ...RMSPROP_NUMBERS, d: 'momentum' },
    step: rmsprop(true, true),
  },
  adagrad: {
    kind: code.ADAGRAD,
    slots: { v: 'accumulator' },
    numbers: { c: 'epsilon' },
    step: (entry, numbers) => {
      entry.v += entry.g * entry.g;
      entry.w -= (entry.g * n(numbers, 'rate')) / Math.sqrt(entry.v + n(numbers, 'c'));
    },
  },
  adadelta: {
    kind: code.ADADELTA,
    slots: { m: 'accumulatedDelta', v: 'accumulatedGradient' },
    numbers: RMSPROP_NUMBERS,
    step: (entry, numbers) => {
      entry.v = entry.v * n(numbers, 'a') + entry.g * entry.g * n(numbers, 'b');
      const step = (Math.sqrt(entry.m + n(numbers, 'c')) * entry.g) / Math.sqrt(entry.v + n(numbers, 'c'));
      entry.m = entry.m * n(numbers, 'a') + step * step * n(numbers, 'b');
      entry.w -= step * n(numbers, 'rate');
    },
  },
  lion: {
    kind: code.LION,
    slots: { m: 'momentum' },
    numbers: { a: 'beta1', b: '1 - beta1', c: 'beta2', d: '1 - beta2' },
    step: (entry, numbers) => {
      entry.w -= Math.sign(entry.m * n(numbers, 'a') + entry.g * n(numbers, 'b')) * n(numbers, 'rate');
      entry.m = entry.m * n(numbers, 'c') + entry.g * n(numbers, 'd');
    },
  },
  /** Decoupled decay, before the step: `rate` is the learning rate times the decay. It reads no gradient. */
  decay: { kind: code.DECAY, slots: {}, numbers: {}, step: (entry, numbers) => (entry.w -= entry.w * n(numbers, 'rate')) },
} as const satisfies Record<string, Update>;

export type UpdateName = keyof typeof UPDATES;
