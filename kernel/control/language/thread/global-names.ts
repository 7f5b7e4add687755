/**
 * Names that a cell gives to the session through the global object. TypeScript does not follow them, but the cells that use
 * them run: they are no errors.
 */
import type TS from 'typescript';
import type { TypeScript } from '../../load-typescript.js';

const NOTHING: ReadonlySet<string> = new Set();

export function globalNamesOf(ts: TypeScript, file: TS.SourceFile): ReadonlySet<string> {
  if (!file.text.includes('global')) return NOTHING;
  const names = new Set<string>();
  const isGlobal = (node: TS.Node | undefined): boolean => {
    if (node === undefined) return false;
    if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node)) return isGlobal(node.expression);
    return ts.isIdentifier(node) && (node.text === 'globalThis' || node.text === 'global');
  };
  const assign = (target: TS.Node): void => {
    if (ts.isPropertyAccessExpression(target) && isGlobal(target.expression)) names.add(target.name.text);
    else if (ts.isElementAccessExpression(target) && isGlobal(target.expression) && ts.isStringLiteralLike(target.argumentExpression)) names.add(target.argumentExpression.text);
  };
  const call = ({ expression, arguments: [target, second] }: TS.CallExpression): void => {
    if (!ts.isPropertyAccessExpression(expression) || !isGlobal(target) || second === undefined) return;
    const { name: { text: method } } = expression;
    if ((method === 'defineProperty' || method === 'set') && ts.isStringLiteralLike(second)) names.add(second.text);
    if ((method === 'assign' || method === 'defineProperties') && ts.isObjectLiteralExpression(second)) {
      for (const { name } of second.properties) if (name !== undefined && (ts.isIdentifier(name) || ts.isStringLiteralLike(name))) names.add(name.text);
    }
  };
  const visit = (node: TS.Node): void => {
    if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken) assign(node.left);
    else if (ts.isBinaryExpression(node) && node.operatorToken.kind >= ts.SyntaxKind.BarBarEqualsToken && node.operatorToken.kind <= ts.SyntaxKind.QuestionQuestionEqualsToken) assign(node.left);
    else if (ts.isCallExpression(node)) call(node);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return names;
}
