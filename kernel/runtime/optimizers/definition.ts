/** From the arguments that a user gives to the rule that runs. */
import { checkNames, checkRate, readCommon, type Check, type CommonOptions, type CommonSettings, type Schedule } from './options.js';
import type { Rule } from './rule.js';

export interface Definition<A extends object> {
  /** As in `optimizers.adam`. */
  readonly name: string;
  readonly learningRate: number;
  readonly weightDecay?: number;
  /** The optimizer's own arguments. */
  readonly defaults: A;
  readonly checks: Readonly<Record<keyof A, Check>>;
  readonly rule: (values: A) => Rule;
}

/** An optimizer with every argument known and checked. */
export interface Resolved {
  /** As an error message names it: `optimizers.adam`. */
  readonly who: string;
  readonly learningRate: number | Schedule;
  readonly own: Readonly<Record<string, number | boolean>>;
  readonly common: CommonSettings;
  readonly rule: Rule;
}

/** @throws ArgumentError or Error that names the argument, what it is, and what was expected */
export function resolve<A extends { [K in keyof A]: number | boolean }>(definition: Definition<A>, options: CommonOptions & Partial<A>): Resolved {
  const who = `optimizers.${definition.name}`;
  checkNames(who, options, Object.keys(definition.defaults));
  const learningRate = options.learningRate ?? definition.learningRate;
  checkRate(who, learningRate);
  const given: Partial<A> = options;
  const own = { ...definition.defaults };
  for (const name in own) {
    const value: A[typeof name] = given[name] ?? own[name];
    definition.checks[name](`${who}: ${name}`, value);
    own[name] = value;
  }
  return { who, learningRate, own, common: readCommon(who, options, definition.weightDecay ?? null), rule: definition.rule(own) };
}
