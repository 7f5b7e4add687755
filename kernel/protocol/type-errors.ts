/**
 * What is done with type errors of cells, and the lines in which they are told where no editor shows them.
 */
import type { Diagnostic } from './language.js';

/** `PATCHBAY_TYPE_ERRORS`, or `patchbay_type_errors` in the metadata of an execute_request. */
export type TypeErrorMode = 'show' | 'block' | 'ignore';

const MODES: readonly TypeErrorMode[] = ['show', 'block', 'ignore'];

/** What the request says, else what the environment says, else the default. A word that is none of the three counts as not there. */
export function typeErrorMode(requested: unknown, environment: string | undefined, otherwise: TypeErrorMode): TypeErrorMode {
  const known = (word: unknown): TypeErrorMode | undefined => MODES.find((mode) => mode === word);
  return known(requested) ?? known(environment) ?? otherwise;
}

/** Nobody reads more, and a cell of garbage has hundreds. */
const MOST = 10;

/** `Cell 3, line 2: Type 'string' is not assignable to type 'number'. (TS2322)` */
export function typeErrorLines(label: string, diagnostics: readonly Diagnostic[]): string[] {
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  const lines = errors.slice(0, MOST).map(({ range, message, code }) => `${label}, line ${range.start.line + 1}: ${message.replaceAll('\n', '\n  ')} (TS${code})`);
  return errors.length > MOST ? [...lines, `${label}: and ${errors.length - MOST} more type errors`] : lines;
}
