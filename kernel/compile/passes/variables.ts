/**
 * Top-level `const`, `let`, `var` and `using` become calls of the frame, one a declarator, so that a cell that throws
 * keeps what it declared before:
 *
 *   const a = 1, f = () => a      $pb.const("a", 1);$pb.const("f", {f: () => a}.f);
 *   let a                         $pb.let("a", void 0);
 *   const {a, b: [c]} = o         ;({a: $pb.consts.a, b: [$pb.consts.c]} = o);
 */
import type TS from 'typescript';
import { namedExpression } from '../names.js';
import { isShorthand, isTypeOnly, listKind } from '../scan/bindings.js';
import { codeEnd, globalName, isAnonymousDefinition, valueOfBareVar, type CellContext } from './context.js';

/** @param isAgain whether the cell declared this `var` before; then it keeps its value until it is assigned */
export function declareVariables(context: CellContext, isAgain: (name: string, statement: number) => boolean): void {
  const { ts, file } = context;
  const declared = new Set(context.declarations.map(({ statement }) => statement));
  file.statements.forEach((statement, index) => {
    if (!ts.isVariableStatement(statement) || isTypeOnly(ts, statement) || !declared.has(index)) return;
    const keyword = listKind(ts, statement.declarationList);
    let from = statement.declarationList.getStart(file);
    const seen = new Set<string>();
    for (const declaration of statement.declarationList.declarations) {
      const { name } = declaration;
      if (!ts.isIdentifier(name)) declarePattern(context, declaration, name, from, keyword);
      else {
        const again = keyword === 'var' && (seen.has(name.text) || isAgain(name.text, index));
        seen.add(name.text);
        declareName(context, declaration, name, from, again ? undefined : (context.disposables.get(name.text) ?? keyword));
      }
      from = declaration.end;
    }
  });
}

const METHOD = { const: 'const', let: 'let', var: 'var', using: 'using', 'await using': 'awaitUsing' } as const;

function declareName(context: CellContext, { initializer, end }: TS.VariableDeclaration, name: TS.Identifier, from: number, kind: keyof typeof METHOD | undefined): void {
  const { ts, file, edits, frame } = context;
  const global = globalName(context, name.text);
  if (kind === undefined) {
    // A `var` for the second time: an assignment, or nothing.
    if (initializer === undefined) return edits.replace(from, end, ';');
    edits.replace(from, initializer.getStart(file), `;${global} = `);
    return edits.insert(codeEnd(context, end), ';', 'close');
  }
  const open = `${frame}.${METHOD[kind]}(${JSON.stringify(global)}, `;
  if (initializer === undefined) return edits.replace(from, end, `${open}${kind === 'var' ? valueOfBareVar(context, name.text) : 'void 0'});`);
  const named = isAnonymousDefinition(ts, initializer) ? namedExpression(name.text) : { open: '', close: '' };
  edits.replace(from, initializer.getStart(file), open + named.open);
  edits.insert(codeEnd(context, end), `${named.close});`, 'close');
}

function declarePattern(context: CellContext, { end }: TS.VariableDeclaration, pattern: TS.BindingPattern, from: number, keyword: keyof typeof METHOD): void {
  const { file, edits, frame } = context;
  const targets = `${frame}.${keyword === 'let' ? 'lets' : keyword === 'var' ? 'vars' : 'consts'}`;
  edits.replace(from, pattern.getStart(file), ';(');
  retarget(context, pattern, targets);
  edits.insert(codeEnd(context, end), ');', 'close');
}

/** Each name that the pattern binds becomes a property of `targets`, whose setter declares it. */
function retarget(context: CellContext, pattern: TS.BindingPattern, targets: string): void {
  const { ts, file, edits } = context;
  for (const element of pattern.elements) {
    if (!ts.isBindingElement(element)) continue;
    const { name, initializer } = element;
    if (!ts.isIdentifier(name)) {
      retarget(context, name, targets);
      continue;
    }
    const target = `${targets}[${JSON.stringify(globalName(context, name.text))}]`;
    edits.replace(name.getStart(file), name.end, isShorthand(ts, pattern, element) ? `${name.text}: ${target}` : target);
    if (initializer === undefined || !isAnonymousDefinition(ts, initializer)) continue;
    const { open, close } = namedExpression(name.text);
    edits.insert(initializer.getStart(file), open);
    edits.insert(initializer.end, close, 'close');
  }
}
