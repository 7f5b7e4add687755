/** What every optimizer takes besides its own arguments: names, meanings and defaults of Keras 3's `keras.optimizers.Optimizer`. */
import { ArgumentError, wholeNumber } from '../argument-error.js';

/** The rate of a step; the first step is 0, as in Keras' learning-rate schedules. */
export type Schedule = (step: number) => number;

export interface CommonOptions {
  /** A number, or a function of the step (0, 1, …). */
  learningRate?: number | Schedule;
  /** Decoupled decay: each step, before its update, every trained variable (biases too) loses `learningRate * weightDecay` of itself. */
  weightDecay?: number | null;
  /** The largest norm of each variable's gradient. At most one of the three limits can be given. */
  clipNorm?: number | null;
  /** The largest absolute value of an entry of a gradient. */
  clipValue?: number | null;
  /** The largest norm of all gradients together. */
  globalClipNorm?: number | null;
  /** Keep an exponential moving average of the weights, which replaces them at the end of `fit` and `train`. Default false. */
  useEma?: boolean;
  /** `average = emaMomentum * average + (1 - emaMomentum) * weights` after each step. Default 0.99. */
  emaMomentum?: number;
  /** Replace the weights by their average every so many steps as well. Default: at the end only. */
  emaOverwriteFrequency?: number | null;
}

export interface CommonSettings {
  readonly weightDecay: number | null;
  readonly clipNorm: number | null;
  readonly clipValue: number | null;
  readonly globalClipNorm: number | null;
  readonly useEma: boolean;
  readonly emaMomentum: number;
  readonly emaOverwriteFrequency: number | null;
}

const COMMON = ['learningRate', 'weightDecay', 'clipNorm', 'clipValue', 'globalClipNorm', 'useEma', 'emaMomentum', 'emaOverwriteFrequency'];
const CLIPS = ['clipNorm', 'clipValue', 'globalClipNorm'] as const;

/**
 * @param who e.g. `optimizers.adam`
 * @param own names of the optimizer's own arguments
 * @throws ArgumentError when `options` is no object of known arguments
 */
export function checkNames(who: string, options: unknown, own: readonly string[]): void {
  const known = [...COMMON, ...own];
  if (typeof options !== 'object' || options === null) {
    throw new ArgumentError(who, options, 'an object of arguments', typeof options === 'number' ? `Write ${who}({ learningRate: ${options} })` : undefined);
  }
  for (const name of Object.keys(options)) {
    if (!known.includes(name)) throw new Error(`${who}: there is no argument ${JSON.stringify(name)}${meant(name, known)}; it takes ${known.join(', ')}`);
  }
}

/** @throws ArgumentError that names the argument, or an Error when more than one kind of clipping is asked for */
export function readCommon(who: string, options: CommonOptions, defaultDecay: number | null): CommonSettings {
  const { weightDecay = defaultDecay, useEma = false, emaMomentum = 0.99, emaOverwriteFrequency = null } = options;
  if (weightDecay !== null || defaultDecay !== null) notNegative(`${who}: weightDecay`, weightDecay);
  flag(`${who}: useEma`, useEma);
  between(0, 1)(`${who}: emaMomentum`, emaMomentum);
  if (emaOverwriteFrequency !== null) wholeNumber(`${who}: emaOverwriteFrequency`, emaOverwriteFrequency, 1);
  const given = CLIPS.filter((name) => options[name] !== undefined && options[name] !== null);
  for (const name of given) positive(`${who}: ${name}`, options[name]);
  if (given.length > 1) {
    throw new Error(`${who}: only one of clipNorm, clipValue and globalClipNorm can be given, not ${given.map((name) => `${name} ${options[name]}`).join(' and ')}`);
  }
  const { clipNorm = null, clipValue = null, globalClipNorm = null } = options;
  return { weightDecay, clipNorm, clipValue, globalClipNorm, useEma, emaMomentum, emaOverwriteFrequency };
}

/** @throws ArgumentError unless it is a number of at least 0, or a function */
export function checkRate(who: string, rate: unknown): void {
  if (typeof rate === 'function' || (typeof rate === 'number' && rate >= 0 && rate < Infinity)) return;
  throw new ArgumentError(`${who}: learningRate`, rate, 'a number of at least 0, or a function of the step such as (step) => 0.1 / (1 + step)');
}

/** The rate of step `step` (0 is the first). @throws ArgumentError when the schedule gives no such number */
export function rateAt(who: string, rate: number | Schedule, step: number): number {
  if (typeof rate === 'number') return rate;
  const value: unknown = rate(step);
  if (typeof value === 'number' && value >= 0 && value < Infinity) return value;
  throw new ArgumentError(`${who}: learningRate(${step})`, value, 'a number of at least 0');
}

/** @throws ArgumentError */
export type Check = (argument: string, value: unknown) => void;

const number = (expected: string, fits: (value: number) => boolean): Check => (argument, value) => {
  if (typeof value !== 'number' || !Number.isFinite(value) || !fits(value)) throw new ArgumentError(argument, value, expected);
};
export const notNegative = number('a number of at least 0', (value) => value >= 0);
export const positive = number('a number greater than 0', (value) => value > 0);
/** A share of the past that is kept: with 1, nothing new would ever be seen. */
export const decay = number('a number from 0 to below 1', (value) => value >= 0 && value < 1);
export const between = (least: number, most: number): Check => number(`a number from ${least} to ${most}`, (value) => value >= least && value <= most);
export const flag: Check = (argument, value) => {
  if (typeof value !== 'boolean') throw new ArgumentError(argument, value, 'true or false');
};

/** Names of other libraries and Keras' own spelling, without case and underscores. */
const OTHER_NAMES: Readonly<Record<string, string>> = { lr: 'learningRate', rate: 'learningRate', eps: 'epsilon', decay: 'weightDecay', usenesterov: 'nesterov' };

function meant(name: string, known: readonly string[]): string {
  const plain = name.replaceAll('_', '').toLowerCase();
  const match = known.find((candidate) => candidate.toLowerCase() === plain) ?? OTHER_NAMES[plain];
  return match !== undefined && known.includes(match) ? `, did you mean ${match}?` : '';
}
