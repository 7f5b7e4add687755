/**
 * `var` in a block or a loop head belongs to the session too. It becomes a plain assignment, so that loops stay fast,
 * and the name is declared before the top-level statement around it:
 *
 *   for (var i = 0; i < 9; i++) ;      $pb.var("i", void 0);for (i = 0; i < 9; i++) ;
 *   if (x) { var {a} = o; }            $pb.var("a", void 0);if (x) { void ({a} = o); }
 */
import type TS from 'typescript';
import { boundIdentifiers } from '../scan/bindings.js';
import type { NestedVar } from '../scan/scanner.js';
import { codeEnd, globalName, valueOfBareVar, type CellContext } from './context.js';

/** @param isAgain whether the cell declared the name in an earlier statement */
export function hoistNestedVars(context: CellContext, isAgain: (name: string, statement: number) => boolean): void {
  const { ts, file, edits, frame, scan } = context;
  const declared = new Set<string>();
  for (const nested of scan.nestedVars) {
    for (const { name } of nested.list.declarations) {
      for (const { text } of boundIdentifiers(ts, name)) {
        if (declared.has(text) || isAgain(text, nested.statement)) continue;
        declared.add(text);
        const at = file.statements[nested.statement]?.getStart(file) ?? 0;
        edits.insert(at, `${frame}.var(${JSON.stringify(globalName(context, text))}, ${valueOfBareVar(context, text)});`);
      }
    }
    if (nested.inLoopHead) inLoopHead(context, nested);
    else asStatement(context, nested.list);
  }
}

/** `for (var a, b = 1;;)` → `for (a, b = 1;;)`: reading `a` does no harm. */
function inLoopHead({ file, edits }: CellContext, { list }: NestedVar): void {
  edits.replace(list.getStart(file), list.declarations[0]?.getStart(file) ?? list.end, '');
}

function asStatement(context: CellContext, list: TS.VariableDeclarationList): void {
  const { ts, file, edits } = context;
  const assigned = list.declarations.filter(({ initializer }) => initializer !== undefined);
  let from = list.getStart(file);
  assigned.forEach((declaration, index) => {
    const isPattern = !ts.isIdentifier(declaration.name);
    // `void` starts a statement wherever a semicolon was left out before it; a parenthesis would not.
    const open = (index > 0 ? ', ' : isPattern ? 'void ' : '') + (isPattern ? '(' : '');
    edits.replace(from, declaration.getStart(file), open);
    if (isPattern) edits.insert(codeEnd(context, declaration.end), ')', 'close');
    from = declaration.end;
  });
  if (list.end > from) edits.replace(from, list.end, assigned.length === 0 ? 'void 0' : '');
}
