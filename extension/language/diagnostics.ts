import type { Diagnostic } from '../../kernel/protocol/language.js';
import type { TypeErrorMode } from '../../kernel/protocol/type-errors.js';

/** What does not parse: TypeScript numbers it from 1000. From 2000 on it is about types. */
const FIRST_TYPE_ERROR = 2000;

/** What the Problems view gets: `ignore` keeps what does not parse, and the greyed and struck out. */
export function shownDiagnostics(diagnostics: readonly Diagnostic[], mode: TypeErrorMode): readonly Diagnostic[] {
  return mode === 'ignore' ? diagnostics.filter(({ code, severity }) => severity === 'hint' || code < FIRST_TYPE_ERROR) : diagnostics;
}
