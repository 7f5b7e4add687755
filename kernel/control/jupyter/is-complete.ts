/**
 * Whether a console should run what was typed, or ask for another line. By TypeScript's parser: code is unfinished when the
 * first thing that does not parse is its end.
 *
 * Source: https://jupyter-client.readthedocs.io/en/stable/messaging.html#code-completeness
 */
import type TS from 'typescript';
import type { Parser } from '../../compile/index.js';

export type Completeness = { readonly status: 'complete' | 'invalid' } | { readonly status: 'incomplete'; readonly indent: string };

/** Found where the construct begins or ends on the way, though more lines would end it: comment, template, JSX element and fragment. */
const OPEN_ENDED = new Set([1010, 1160, 17008, 17014]);
/** A string ends on its line. */
const UNTERMINATED_STRING = 1002;
const INDENT = '  ';

export function isComplete(ts: Parser, source: string): Completeness {
  const problems = problemsOf(ts, source, ts.ScriptKind.TS);
  const found = problems.length === 0 ? problems : leastSevere(source, problems, problemsOf(ts, source, ts.ScriptKind.TSX));
  if (found.length === 0) return { status: 'complete' };
  return isUnfinished(source, found) ? { status: 'incomplete', indent: INDENT.repeat(openLines(ts, source)) } : { status: 'invalid' };
}

/** What is wrong as TypeScript, or as TypeScript with JSX where that can still become right. */
function leastSevere(source: string, plain: readonly TS.Diagnostic[], jsx: readonly TS.Diagnostic[]): readonly TS.Diagnostic[] {
  return jsx.length === 0 || (!isUnfinished(source, plain) && isUnfinished(source, jsx)) ? jsx : plain;
}

function isUnfinished(source: string, problems: readonly TS.Diagnostic[]): boolean {
  const end = source.trimEnd().length;
  return problems.some(({ code }) => OPEN_ENDED.has(code)) || problems.every(({ code, start }) => code !== UNTERMINATED_STRING && (start ?? 0) >= end);
}

function problemsOf(ts: Parser, source: string, kind: TS.ScriptKind): readonly TS.Diagnostic[] {
  const options: TS.CreateSourceFileOptions = {
    languageVersion: ts.ScriptTarget.ESNext,
    setExternalModuleIndicator: (file) => void Reflect.set(file, 'externalModuleIndicator', true),
  };
  const found: unknown = Reflect.get(ts.createSourceFile('cell.ts', source, options, false, kind), 'parseDiagnostics');
  // SAFETY: what TypeScript's parser leaves on every file it parses; its public way needs a whole program.
  return Array.isArray(found) ? (found as TS.Diagnostic[]) : [];
}

/** How many lines opened a bracket that is still open: `f({` counts once. An expression that goes on counts as one. */
function openLines(ts: Parser, source: string): number {
  const scanner = ts.createScanner(ts.ScriptTarget.ESNext, true, ts.LanguageVariant.Standard, source);
  const open: { line: number; isTemplate: boolean }[] = [];
  const { OpenBraceToken, OpenParenToken, OpenBracketToken, CloseBraceToken, CloseParenToken, CloseBracketToken, TemplateHead, TemplateTail, EndOfFileToken } = ts.SyntaxKind;
  for (let token = scanner.scan(); token !== EndOfFileToken; token = scanner.scan()) {
    if (token === CloseBraceToken && open.at(-1)?.isTemplate === true) token = scanner.reScanTemplateToken(false);
    if (token === OpenBraceToken || token === OpenParenToken || token === OpenBracketToken || token === TemplateHead)
      open.push({ line: source.slice(0, scanner.getTokenStart()).split('\n').length, isTemplate: token === TemplateHead });
    else if (token === CloseBraceToken || token === CloseParenToken || token === CloseBracketToken || token === TemplateTail) open.pop();
  }
  return Math.max(1, new Set(open.map(({ line }) => line)).size);
}
