/** `--param name=json`: a cell of its own that sets the values, where the notebook's own defaults are set. */
import { randomUUID } from 'node:crypto';
import { UsageError } from './arguments.js';
import { tagsOf, type Notebook, type NotebookCell } from './notebook-file.js';

export interface Parameter {
  readonly name: string;
  /** JSON, which is TypeScript too. */
  readonly json: string;
}

const INJECTED = 'injected-parameters';
const IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;

/** @throws UsageError that names the parameter and says how it is written */
export function parseParameter(text: string): Parameter {
  const at = text.indexOf('=');
  if (at < 0) throw new UsageError(`--param takes name=json, such as --param epochs=20, not ${text}`);
  const name = text.slice(0, at);
  const value = text.slice(at + 1);
  if (!IDENTIFIER.test(name)) throw new UsageError(`--param ${text}: ${name === '' ? 'the name is missing' : `${name} cannot be the name of a variable`}`);
  try {
    // Again as text: of JSON, only a __proto__ key would mean something else in a program.
    return { name, json: JSON.stringify(JSON.parse(value)) };
  } catch {
    throw new UsageError(`--param ${text}: ${value === '' ? 'the value is missing' : `${value} is not JSON`}. Text is written in quotes: --param '${name}=${JSON.stringify(value)}'`);
  }
}

/**
 * Adds the cell behind the one that is tagged `parameters`, or at the top; takes the place of one that an earlier run
 * added. `let`, so that cells may assign to a parameter, as they may where the notebook declares it so.
 */
export function injectParameters(notebook: Notebook, parameters: readonly Parameter[]): void {
  if (parameters.length === 0) return;
  const lines = ['// Parameters', ...parameters.map(({ name, json }) => `let ${name} = ${json};`)];
  const hasIds = notebook.nbformat > 4 || notebook.nbformat_minor >= 5;
  const cell: NotebookCell = {
    cell_type: 'code',
    ...(hasIds ? { id: randomUUID().slice(0, 8) } : {}),
    metadata: { tags: [INJECTED] },
    source: lines.map((line, i) => (i < lines.length - 1 ? `${line}\n` : line)),
    outputs: [],
    execution_count: null,
  };
  const isTagged = (tag: string) => (other: NotebookCell) => other.cell_type === 'code' && tagsOf(other).includes(tag);
  const earlier = notebook.cells.findIndex(isTagged(INJECTED));
  if (earlier >= 0) notebook.cells[earlier] = cell;
  else notebook.cells.splice(notebook.cells.findIndex(isTagged('parameters')) + 1, 0, cell);
}
