/** `class A {…}` → `$pb.class("A", class A {…});`: inside, `A` is the class's own binding, as the language has it. */
import { isTypeOnly } from '../scan/bindings.js';
import { globalName, type CellContext } from './context.js';

export function declareClasses(context: CellContext): void {
  const { ts, file, edits, frame } = context;
  for (const statement of file.statements) {
    if (!ts.isClassDeclaration(statement) || statement.name === undefined || isTypeOnly(ts, statement)) continue;
    edits.insert(statement.getStart(file), `${frame}.class(${JSON.stringify(globalName(context, statement.name.text))}, `);
    edits.insert(statement.end, ');', 'close');
  }
}
