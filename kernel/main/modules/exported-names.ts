import type { Namespace } from './namespace.js';

/** What an import asks of a module by name. */
export interface WantedNames {
  /** Used as values: the import fails without them. */
  readonly needs: readonly string[];
  /** Imported, and not used as values where they are: they may be types. */
  readonly others: readonly string[];
}

/**
 * The namespace with every name that was asked for. Node finds the names of a CommonJS module by reading its text, and misses
 * some: those are taken from `module.exports` itself, which is the default export.
 *
 * @param types names that the module exports as types; undefined where nobody knows, as for packages
 * @throws SyntaxError for a name that the module does not have, in the words of ECMAScript modules. A name that may be a
 * type is undefined instead
 */
export function withNames(namespace: Namespace, specifier: string, { needs, others }: WantedNames, types?: ReadonlySet<string>): Namespace {
  const missing = [...needs, ...others].filter((name) => !(name in namespace));
  if (missing.length === 0) return namespace;
  const whole = namespace['default'];
  const isObject = (typeof whole === 'object' && whole !== null) || typeof whole === 'function';
  const inDefault = isObject ? missing.filter((name) => name in whole) : [];
  for (const name of missing) {
    if (inDefault.includes(name) || !isWrong(name, needs.includes(name), namespace, types)) continue;
    const close = closest(name, Object.keys(namespace));
    throw new SyntaxError(`The requested module '${specifier}' does not provide an export named '${name}'${close === undefined ? '' : `. Did you mean '${close}'?`}`);
  }
  if (inDefault.length === 0 || !isObject) return namespace;
  const found: Namespace = { ...namespace };
  for (const name of inDefault) found[name] = Reflect.get(whole, name);
  return found;
}

function isWrong(name: string, isNeeded: boolean, namespace: Namespace, types: ReadonlySet<string> | undefined): boolean {
  if (types?.has(name) === true) return false;
  if (isNeeded || types !== undefined) return true;
  // In a package whose types nobody has read: types begin with a capital, and what resembles a value is a slip.
  return /^\p{Ll}/u.test(name) && closest(name, Object.keys(namespace)) !== undefined;
}

/** The name that differs least, if it is close. */
function closest(name: string, names: readonly string[]): string | undefined {
  const limit = name.length < 5 ? 1 : 2;
  const ranked = names.map((other) => ({ other, distance: other.toLowerCase() === name.toLowerCase() ? 0.5 : editDistance(name, other, limit) })).sort((a, b) => a.distance - b.distance);
  const [best] = ranked;
  return best !== undefined && best.distance <= limit ? best.other : undefined;
}

/** Letters added, left out, changed, or swapped with their neighbour (optimal string alignment); more than `limit` is Infinity. */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return Infinity;
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const changed = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      next.push(Math.min((next[j - 1] ?? 0) + 1, (row[j] ?? 0) + 1, changed, isSwap ? (before[j - 2] ?? 0) + 1 : Infinity));
    }
    before = row;
    row = next;
  }
  const distance = row[b.length] ?? Infinity;
  return distance <= limit ? distance : Infinity;
}
