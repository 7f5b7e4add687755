/**
 * Between the statements of a cell that awaits, the cell asks whether the user wants it to end: `train` gives what it
 * has when it is interrupted, `const run = await train(…)` keeps it, and the next statement does not run.
 *
 *   const run = await train(…); save(run)        …; $pb.checkpoint();save(run)
 */
import { isTypeOnly } from '../scan/bindings.js';
import type { CellContext } from './context.js';

/** Before the passes that begin statements: this comes first where they insert at the same place. */
export function insertCheckpoints({ ts, file, scan, edits, frame }: CellContext): void {
  if (!scan.hasAwait) return;
  for (const statement of file.statements.slice(1)) {
    if (isTypeOnly(ts, statement) || ts.isFunctionDeclaration(statement) || ts.isImportDeclaration(statement) || ts.isEmptyStatement(statement)) continue;
    edits.insert(statement.getStart(file), `${frame}.checkpoint();`);
  }
}
