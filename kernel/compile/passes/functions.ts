/**
 * Function declarations are hoisted: their text moves to the start of the cell. They lose the name in their text, since
 * it would bind inside the function and hide a later cell's redefinition, and get it back as the name of a property:
 *
 *   function f(n) { … f(n - 1) … }      $pb.function("f", {f: function (n) { … f(n - 1) … }}.f);
 */
import type TS from 'typescript';
import type { CodeWriter } from '../edits.js';
import { namedExpression } from '../names.js';
import { isTypeOnly } from '../scan/bindings.js';
import { globalName, type CellContext } from './context.js';

export interface HoistedFunction {
  readonly start: number;
  readonly end: number;
  write(writer: CodeWriter): void;
}

export function hoistFunctions(context: CellContext): HoistedFunction[] {
  const { ts, file, edits, frame } = context;
  const hoisted: HoistedFunction[] = [];
  for (const statement of file.statements) {
    const name: TS.Identifier | undefined = ts.isFunctionDeclaration(statement) && !isTypeOnly(ts, statement) ? statement.name : undefined;
    if (name === undefined) continue;
    const start = statement.getStart(file);
    const { end } = statement;
    edits.replace(name.getStart(file), name.end, '');
    const { open, close } = namedExpression(name.text);
    hoisted.push({
      start,
      end,
      write(writer) {
        writer.write(`${frame}.function(${JSON.stringify(globalName(context, name.text))}, ${open}`, start);
        writer.copy(start, end);
        writer.write(`${close});`, end - 1);
      },
    });
  }
  return hoisted;
}
