/** A wrong argument: its message names the argument, the value received, and what was expected. */
export class ArgumentError extends Error {
  override readonly name = 'ArgumentError';

  /**
   * @param argument e.g. `masks.random: density`
   * @param expected e.g. `a number from 0 to 1`
   * @param hint a sentence of its own: what to do instead
   */
  constructor(argument: string, received: unknown, expected: string, hint?: string) {
    super(`${argument} is ${describe(received)}, expected ${expected}${hint ? `. ${hint}` : ''}`);
  }
}

/** A value as a reader of an error message wants to see it: short, and its kind visible. */
export function describe(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.length > 40 ? `${value.slice(0, 39)}…` : value);
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'function') return `a function${value.name ? ` ${value.name}` : ''}`;
  if (Array.isArray(value)) return value.length <= 6 && value.every((x) => typeof x === 'number') ? `[${value.join(', ')}]` : `an array of ${value.length}`;
  if (ArrayBuffer.isView(value)) return `${aOrAn(value.constructor.name)} of ${'length' in value ? String(value.length) : value.byteLength}`;
  if (typeof value === 'object' && value !== null) return aOrAn(value.constructor?.name || 'object');
  return String(value);
}

const aOrAn = (name: string): string => `${/^[AEIOU]/i.test(name) ? 'an' : 'a'} ${name}`;

/** Checks a whole number in a range; returns it. */
export function wholeNumber(argument: string, value: unknown, from = 0, to = Number.MAX_SAFE_INTEGER): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= from && value <= to) return value;
  throw new ArgumentError(argument, value, `a whole number ${to === Number.MAX_SAFE_INTEGER ? `of at least ${from}` : `from ${from} to ${to}`}`);
}

/**
 * Checks an object of options; returns it.
 *
 * @param who what the options belong to, e.g. `masks.random`
 * @throws ArgumentError when it is no object, Error for a name that is not in `names`
 */
export function checkOptions<T extends object>(who: string, options: T, names: readonly string[]): T {
  const given: unknown = options;
  if (typeof given !== 'object' || given === null || Array.isArray(given)) throw new ArgumentError(`${who}: options`, given, `an object such as { ${names[0] ?? ''}: … }`);
  const unknown = Object.keys(given).find((name) => !names.includes(name));
  if (unknown !== undefined) throw new Error(`${who}: there is no option ${unknown}; there ${names.length === 1 ? 'is' : 'are'} ${names.join(', ')}`);
  return options;
}

/** Checks true or false; returns it. */
export function flag(argument: string, value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  throw new ArgumentError(argument, value, 'true or false');
}
