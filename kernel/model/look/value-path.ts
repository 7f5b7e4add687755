/** `wiring`, `model.layers[0].mask`, `table["a b"]`: the way to a value that can be gone without running code. */

export interface ValuePath {
  /** Of a variable. */
  readonly name: string;
  readonly keys: readonly string[];
}

const NAME = /^\s*([\p{ID_Start}$_][\p{ID_Continue}$]*)/u;
const STEP = /^\s*(?:(?:\?\.|\.)\s*([\p{ID_Start}$_][\p{ID_Continue}$]*)|(?:\?\.)?\[\s*(?:(0|[1-9]\d*)|"((?:[^"\\])*)"|'((?:[^'\\])*)')\s*\])/u;

/** Words of the language that no variable is called. */
const NO_NAMES: ReadonlySet<string> = new Set(['this', 'null', 'true', 'false', 'new', 'await', 'typeof', 'void', 'delete', 'class', 'function', 'async', 'super', 'import']);

/** Undefined for an expression of another kind: its value is known only by running it. */
export function parseValuePath(expression: string): ValuePath | undefined {
  const start = NAME.exec(expression);
  const name = start?.[1];
  if (start === null || name === undefined || NO_NAMES.has(name)) return undefined;
  const keys: string[] = [];
  let rest = expression.slice(start[0].length);
  while (rest.trim() !== '') {
    const step = STEP.exec(rest);
    if (step === null) return undefined;
    keys.push(step[1] ?? step[2] ?? step[3] ?? step[4] ?? '');
    rest = rest.slice(step[0].length);
  }
  return { name, keys };
}
