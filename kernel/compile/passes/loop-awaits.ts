/**
 * `await` in a loop asks whether its cell was interrupted: a loop that waits for files or sockets would go on for ever.
 *
 *   while (true) { await f() }        while (true) { await $pb.alive(f()) }
 *   for await (const x of g) …        for await (const x of $pb.aliveEach(g)) …
 *
 * Elsewhere `await` stays as it is: V8 then tells the functions that wait for a failing one.
 */
import type TS from 'typescript';
import { codeEnd, type CellContext } from './context.js';

export function guardLoopAwaits(context: CellContext): void {
  const { scan, frame } = context;
  for (const expression of scan.loopAwaits) wrap(context, expression, `${frame}.alive(`);
  for (const expression of scan.awaitedIterables) wrap(context, expression, `${frame}.aliveEach(`);
}

function wrap(context: CellContext, expression: TS.Expression, opening: string): void {
  const { file, edits } = context;
  edits.insert(expression.getStart(file), opening);
  edits.insert(codeEnd(context, expression.end), ')', 'close');
}
