/** Options of `show.*`, checked where they enter. */
import path from 'node:path';
import type { UnitNames } from '../../model/views/matrix-view.js';
import { ArgumentError } from '../argument-error.js';

export interface FileOptions {
  /** Stands above the picture. */
  readonly title?: string;
  /** Writes the picture too: `.png` or `.svg`; a relative path starts at the notebook's folder. */
  readonly file?: string;
  /** Names this display, for `updateDisplay`; default a new id. */
  readonly displayId?: string;
}

const TEXTS = ['title', 'file', 'displayId'] as const;

export function checkOptions(caller: string, options: unknown): void {
  if (typeof options !== 'object' || options === null) throw new ArgumentError(`${caller}: options`, options, 'an object such as { title: "…" }');
  const fields = new Map<string, unknown>(Object.entries(options));
  for (const name of TEXTS) {
    const value = fields.get(name);
    if (value !== undefined && typeof value !== 'string') throw new ArgumentError(`${caller}: ${name}`, value, 'a string');
  }
  const file = fields.get('file');
  if (typeof file === 'string' && !/\.(png|svg)$/i.test(file)) {
    throw new ArgumentError(`${caller}: file`, file, 'a path that ends in .png or .svg', `"${path.basename(file, path.extname(file))}.png" would do`);
  }
}

/** Names of units, one for each. */
export function checkNames(caller: string, names: unknown, inputs: number, outputs: number): UnitNames {
  if (names === undefined) return {};
  if (typeof names !== 'object' || names === null || Array.isArray(names)) {
    throw new ArgumentError(`${caller}: names`, names, 'an object { inputs?: string[], outputs?: string[] }');
  }
  const fields = new Map<string, unknown>(Object.entries(names));
  const rows = namesOf(caller, 'inputs', fields.get('inputs'), inputs);
  const columns = namesOf(caller, 'outputs', fields.get('outputs'), outputs);
  return { ...(rows && { inputs: rows }), ...(columns && { outputs: columns }) };
}

function namesOf(caller: string, side: string, list: unknown, count: number): string[] | undefined {
  if (list === undefined) return undefined;
  if (!Array.isArray(list) || list.length !== count) throw new ArgumentError(`${caller}: names.${side}`, list, `an array of ${count} names, one for each of the ${side}`);
  return list.map(String);
}
