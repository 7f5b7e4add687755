/** Cause: the command line makes no sense. Handled by: the message and exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export interface OptionSpec {
  /** Options that take a value, with their short forms: `{ '--out': '-o' }`. */
  readonly values: Readonly<Record<string, string | undefined>>;
  readonly flags: readonly string[];
}

export interface Arguments {
  readonly positional: readonly string[];
  readonly values: Readonly<Record<string, readonly string[]>>;
  readonly flags: ReadonlySet<string>;
}

/** @throws UsageError that names the option and lists those that there are */
export function parseArguments(args: readonly string[], spec: OptionSpec): Arguments {
  const long = new Map<string, string>();
  for (const [name, short] of Object.entries(spec.values)) for (const spelling of [name, short]) if (spelling !== undefined) long.set(spelling, name);
  const positional: string[] = [];
  const values: Record<string, string[]> = {};
  const flags = new Set<string>();
  const rest = [...args];
  for (let argument = rest.shift(); argument !== undefined; argument = rest.shift()) {
    if (!argument.startsWith('-') || argument === '-') {
      positional.push(argument);
      continue;
    }
    const [head = '', inline] = split(argument);
    const name = long.get(head);
    if (name !== undefined) {
      const value = inline ?? rest.shift();
      if (value === undefined) throw new UsageError(`${head} needs a value`);
      (values[name] ??= []).push(value);
    } else if (spec.flags.includes(head) && inline === undefined) flags.add(head);
    else throw new UsageError(`unknown option ${argument}; there are ${[...Object.keys(spec.values), ...spec.flags].join(', ')}`);
  }
  return { positional, values, flags };
}

function split(argument: string): [string, string?] {
  const at = argument.startsWith('--') ? argument.indexOf('=') : -1;
  return at < 0 ? [argument] : [argument.slice(0, at), argument.slice(at + 1)];
}
