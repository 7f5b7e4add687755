/** A `$` in the middle keeps it apart from names that people and minifiers write. */
const SUFFIX = '$pb';

/** The property of `globalThis` under which the session keeps a variable whose own name is reserved. */
export const mangle = (name: string): string => name + SUFFIX;

/** Words that strict code cannot declare; V8 never sees our declarations, so that we refuse them ourselves. */
const RESERVED_WORDS = new Set(['implements', 'interface', 'let', 'package', 'private', 'protected', 'public', 'static', 'yield']);

/** V8's sentence for a name that strict code cannot declare, or undefined for any other name. */
export function forbiddenName(name: string): string | undefined {
  if (RESERVED_WORDS.has(name)) return 'Unexpected strict mode reserved word';
  if (name === 'eval' || name === 'arguments') return 'Unexpected eval or arguments in strict mode';
  if (name === 'await') return 'Unexpected reserved word';
  return undefined;
}

/** The first of `$pb`, `$pb_`, `$pb__`… that does not occur in the source. */
export function freeName(source: string): string {
  let name = SUFFIX;
  while (source.includes(name)) name += '_';
  return name;
}

/** Whether the name stands in the source as a word of its own. */
export function hasWord(source: string, name: string): boolean {
  const isPart = (char: string | undefined): boolean => char !== undefined && /[\w$\u0080-\uffff]/.test(char);
  for (let at = source.indexOf(name); at >= 0; at = source.indexOf(name, at + 1)) {
    if (!isPart(source[at - 1]) && !isPart(source[at + name.length])) return true;
  }
  return false;
}

/** `{name: expression}.name`: gives an anonymous function or class its name as an assignment to `name` would. */
export function namedExpression(name: string): { readonly open: string; readonly close: string } {
  // A plain `__proto__:` would set the prototype.
  const key = name === '__proto__' ? '["__proto__"]' : name;
  return { open: `{${key}: `, close: name === '__proto__' ? `}${key}` : `}.${key}` };
}
