/** Reading a payload that anybody may have written: every field is checked, and what is wrong becomes one sentence. */
import { problem, type Problem } from './problem.js';

export const VIEW_VERSION = 1;

/** No axis longer than this is drawn or even allocated for. */
export const MAX_UNITS = 100_000_000;
const MAX_NAME_CHARS = 80;
const MAX_TEXT_CHARS = 400;

/** Raised while reading, caught by `readPayload`; never leaves this folder. */
export class PayloadError extends Error {}

/** Runs `read` on the fields of `json`; whatever it finds wrong comes back as a Problem. */
export function readPayload<View>(what: string, json: unknown, read: (fields: Fields) => View): View | Problem {
  try {
    const fields = new Fields(json, what);
    const version = fields.get('version');
    if (version !== VIEW_VERSION) {
      throw new PayloadError(`its version is ${say(version)}, this Patchbay draws version ${VIEW_VERSION}; update Patchbay, or run the cell again`);
    }
    return read(fields);
  } catch (error) {
    if (error instanceof PayloadError) return problem(`This ${what} cannot be drawn: ${error.message}.`);
    throw error;
  }
}

/** An object of unknown origin; each reader throws a PayloadError that names the field. */
export class Fields {
  readonly #record: Readonly<Record<string, unknown>>;

  constructor(json: unknown, where: string) {
    if (typeof json !== 'object' || json === null || Array.isArray(json)) throw new PayloadError(`${where} is ${say(json)}, expected an object`);
    // SAFETY: a non-null object that is not an array has string keys; the values stay unknown.
    this.#record = json as Record<string, unknown>;
  }

  get(name: string): unknown {
    return Object.hasOwn(this.#record, name) ? this.#record[name] : undefined;
  }

  has(name: string): boolean {
    return this.get(name) !== undefined;
  }

  count(name: string, max: number = MAX_UNITS): number {
    const value = this.get(name);
    if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > max) {
      throw new PayloadError(`"${name}" is ${say(value)}, expected a whole number from 0 to ${max}`);
    }
    return value;
  }

  /** A finite number. */
  number(name: string): number {
    const value = this.get(name);
    if (typeof value !== 'number' || !Number.isFinite(value)) throw new PayloadError(`"${name}" is ${say(value)}, expected a number`);
    return value;
  }

  /** A line of text, cut when it is long; undefined when absent. */
  optionalText(name: string): string | undefined {
    const value = this.get(name);
    if (value === undefined) return undefined;
    if (typeof value !== 'string') throw new PayloadError(`"${name}" is ${say(value)}, expected text`);
    return clip(value, MAX_TEXT_CHARS);
  }

  text(name: string): string {
    const value = this.get(name);
    if (typeof value !== 'string') throw new PayloadError(`"${name}" is ${say(value)}, expected text`);
    return value;
  }

  /** Exactly `count` names; undefined when absent. */
  optionalNames(name: string, count: number): readonly string[] | undefined {
    const value: unknown = this.get(name);
    if (value === undefined) return undefined;
    if (!Array.isArray(value) || value.length !== count) throw new PayloadError(`"${name}" is ${say(value)}, expected ${count} names`);
    return value.map((entry: unknown) => {
      if (typeof entry !== 'string') throw new PayloadError(`"${name}" holds ${say(entry)}, expected names`);
      return clip(entry, MAX_NAME_CHARS);
    });
  }

  object(name: string): Fields {
    return new Fields(this.get(name), `"${name}"`);
  }

  array(name: string, max: number): readonly unknown[] {
    const value: unknown = this.get(name);
    if (!Array.isArray(value) || value.length > max) throw new PayloadError(`"${name}" is ${say(value)}, expected a list of at most ${max}`);
    return value;
  }
}

/** A value as it is quoted in a message: short, whatever it is. */
export function say(value: unknown): string {
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'string') return `"${clip(value, 40)}"`;
  if (value === undefined) return 'missing';
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return String(value);
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

export const clip = (text: string, max: number): string => (text.length > max ? `${text.slice(0, max - 1)}…` : text);
