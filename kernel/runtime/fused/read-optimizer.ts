/** Which kernel does an optimizer's step, and how its state is read and written. */
import type { Optimizer, Variable } from '@tensorflow/tfjs';
import { KerasOptimizer } from '../optimizers/keras-optimizer.js';
import type { CommonSettings } from '../optimizers/options.js';
import { UPDATES, type UpdateName } from '../simd/updates.js';
import { tf } from '../tf/tfjs.js';
import { Unfit } from './net.js';
import { KerasState, TfjsState, type OptimizerState } from './optimizer-state.js';
import type { FormulaArguments } from './step-numbers.js';

export interface OptimizerPlan {
  readonly update: UpdateName;
  /** Constants of the kernel: a to f. */
  readonly numbers: Readonly<Partial<Record<'a' | 'b' | 'c' | 'd' | 'e' | 'f', number>>>;
  readonly formula: FormulaArguments;
  readonly common: CommonSettings;
  /** The kernel's slots, and the names under which the state has them. */
  readonly state: OptimizerState;
  /** The rate of the step after so many; called once a step, in order. */
  rateAt(step: number): number;
  /** True when the rate is a number that stays. */
  readonly constantRate: boolean;
}

const PLAIN: CommonSettings = { weightDecay: null, clipNorm: null, clipValue: null, globalClipNorm: null, useEma: false, emaMomentum: 0.99, emaOverwriteFrequency: null };
const formulaOf = (formula: FormulaArguments['formula'], beta1 = 0, beta2 = 0, epsilon = 0): FormulaArguments => ({ formula, beta1, beta2, epsilon });

type Own = Readonly<Record<string, number | boolean>>;
type Kernel = Pick<OptimizerPlan, 'update' | 'numbers' | 'formula'>;

/** Ours, by name. */
const KERNELS: Readonly<Record<string, (own: Own) => Kernel>> = {
  sgd: ({ momentum, nesterov }) => ({ update: momentum === 0 ? 'sgd' : nesterov ? 'nesterov' : 'momentum', numbers: { a: Number(momentum) }, formula: formulaOf('constant') }),
  adam,
  adamw: adam,
  adamax: ({ beta1, beta2, epsilon }) => ({ update: 'adamax', numbers: { a: 1 - Number(beta1), b: Number(beta2), c: Number(epsilon) }, formula: formulaOf('adamax', Number(beta1)) }),
  nadam: ({ beta1, beta2, epsilon }) => ({
    update: 'nadam', numbers: { a: 1 - Number(beta1), b: 1 - Number(beta2), c: Number(epsilon) }, formula: formulaOf('nadam', Number(beta1), Number(beta2)),
  }),
  rmsprop: ({ rho, momentum, epsilon, centered }) => ({
    update: momentum === 0 ? (centered ? 'rmspropCentered' : 'rmsprop') : centered ? 'rmspropCenteredMomentum' : 'rmspropMomentum',
    numbers: { a: Number(rho), b: 1 - Number(rho), c: Number(epsilon), d: Number(momentum) },
    formula: formulaOf('constant'),
  }),
  adagrad: ({ epsilon }) => ({ update: 'adagrad', numbers: { c: Number(epsilon) }, formula: formulaOf('constant') }),
  adadelta: ({ rho, epsilon }) => ({ update: 'adadelta', numbers: { a: Number(rho), b: 1 - Number(rho), c: Number(epsilon) }, formula: formulaOf('constant') }),
  lion: ({ beta1, beta2 }) => ({ update: 'lion', numbers: { a: Number(beta1), b: 1 - Number(beta1), c: Number(beta2), d: 1 - Number(beta2) }, formula: formulaOf('constant') }),
};

function adam({ beta1, beta2, epsilon, amsgrad }: Own): Kernel {
  return {
    update: amsgrad ? 'amsgrad' : 'adam',
    numbers: { a: 1 - Number(beta1), b: 1 - Number(beta2), c: Number(epsilon) },
    formula: formulaOf('adam', Number(beta1), Number(beta2)),
  };
}

/** @param trained the variables of the model that it trains, in tfjs's order @throws Unfit with the reason */
export function readOptimizer(optimizer: unknown, trained: readonly Variable[]): OptimizerPlan {
  if (optimizer instanceof KerasOptimizer) {
    const { who, own, common } = optimizer.settings;
    const kernel = KERNELS[who.replace('optimizers.', '')];
    if (!kernel) throw new Unfit(`it does not know ${who}`);
    if (own['epsilon'] === 0) throw new Unfit(`${who} has an epsilon of 0`);
    const { schedule } = optimizer;
    const made = kernel(own);
    return {
      ...made, common, constantRate: schedule === undefined, state: new KerasState(optimizer, trained, UPDATES[made.update].slots),
      rateAt: (step) => optimizer.rateOf(step),
    };
  }
  return ofTfjs(optimizer, trained);
}

/** The fields of tfjs's optimizers (4.22). */
interface TfjsFields {
  learningRate: number;
  momentum: number;
  useNesterov: boolean;
  beta1: number;
  beta2: number;
  epsilon: number | null;
}

function ofTfjs(optimizer: unknown, trained: readonly Variable[]): OptimizerPlan {
  const fields = optimizer as TfjsFields; // SAFETY: read after the class has been looked at
  const own = (type: { readonly prototype: object }): boolean => typeof optimizer === 'object' && optimizer !== null && Object.getPrototypeOf(optimizer) === type.prototype;
  const common = { common: PLAIN, constantRate: true, rateAt: () => fields.learningRate };
  const state = (slots: ConstructorParameters<typeof TfjsState>[2]): OptimizerState => new TfjsState(optimizer as Optimizer, trained, slots); // SAFETY: one of tfjs's
  if (own(tf.AdamOptimizer)) {
    const { beta1, beta2 } = fields;
    const epsilon = fields.epsilon ?? 1e-7;
    if (epsilon === 0) throw new Unfit('tf.train.adam has an epsilon of 0');
    return {
      ...common, update: 'adam', numbers: { a: 1 - beta1, b: 1 - beta2, c: epsilon }, formula: formulaOf('tfjsAdam', beta1, beta2, epsilon),
      state: state({ m: { list: 'accumulatedFirstMoment', suffix: 'm', first: 0 }, v: { list: 'accumulatedSecondMoment', suffix: 'v', first: 0 } }),
    };
  }
  if (own(tf.SGDOptimizer)) return { ...common, update: 'sgd', numbers: {}, formula: formulaOf('constant'), state: state({}) };
  if (own(tf.MomentumOptimizer)) {
    const { useNesterov } = fields;
    const { m } = optimizer as { m?: { dataSync(): ArrayLike<number> } }; // SAFETY: a scalar tensor there
    // Its accumulator is ours divided by the rate, with the other sign.
    return {
      ...common, update: useNesterov ? 'nesterov' : 'momentum', numbers: { a: fields.momentum ?? m?.dataSync()[0] ?? 0 }, formula: formulaOf('tfjsMomentum'),
      state: state({ m: { list: 'accumulations', suffix: 'momentum', first: 0, factor: () => -fields.learningRate } }),
    };
  }
  const name = typeof optimizer === 'object' && optimizer !== null ? optimizer.constructor.name : 'none';
  throw new Unfit(`the optimizer is ${name}; it knows optimizers.*, and sgd, momentum and adam of tf.train`);
}
