import type TS from 'typescript';
import type { Diagnostic } from '../../../protocol/language.js';
import type { TypeScript } from '../../load-typescript.js';
import { parseDiagnostics } from './cell-source.js';
import type { LanguageContext } from './context.js';
import { clean } from './display.js';
import type { Cell } from './notebook.js';
import { rangeAt } from './positions.js';

/** A cell of garbage has an error in every line; nobody reads more than these. */
const MOST = 100;

/**
 * What is wrong in a cell: what does not parse, what has a wrong type, and, as hints, what is unused or deprecated.
 *
 * @throws OperationCanceledException of TypeScript's when the token asks for it
 */
export function diagnose(context: LanguageContext, cell: Cell): Diagnostic[] {
  const { service, host } = context;
  if (cell.source.isTooDeep) return [];
  const file = context.fileOf(cell);
  const syntactic = parseDiagnostics(cell.source.file).map((problem) => toDiagnostic(context, cell, { ...problem, start: problem.start + cell.prefix.length }));
  if (cell.source.file.text.includes('@ts-nocheck') && isUnchecked(cell)) return present(syntactic);
  const isReported = ({ code, start = 0, length = 0 }: TS.Diagnostic): boolean => {
    if (UNKNOWN_NAMES.has(code)) return !isGlobalName(context, cell.source.text.slice(start - cell.prefix.length).slice(0, length));
    return host.settings.reportsImplicitAny || !isImplicitAny(code);
  };
  const semantic = service.getSemanticDiagnostics(file).filter(isReported).map((problem) => toDiagnostic(context, cell, problem));
  const hints = service.getSuggestionDiagnostics(file).filter((hint) => hint.reportsUnnecessary !== undefined || hint.reportsDeprecated !== undefined).map((hint) => toDiagnostic(context, cell, hint, true));
  return present([...syntactic, ...semantic, ...hints]);
}

/** "Cannot find name", also where another is suggested or a library, and "no value exists in scope for the shorthand". */
const UNKNOWN_NAMES = new Set([2304, 2552, 2580, 2582, 2583, 2584, 2591, 2592, 2593, 18004]);

const isGlobalName = ({ notebook }: LanguageContext, name: string): boolean => notebook.cells.some(({ source }) => source.globals.has(name));

const present = (diagnostics: readonly (Diagnostic | undefined)[]): Diagnostic[] => diagnostics.filter((one) => one !== undefined).slice(0, MOST);

function isUnchecked(cell: Cell): boolean {
  const directive: unknown = Reflect.get(cell.source.file, 'checkJsDirective');
  return typeof directive === 'object' && directive !== null && Reflect.get(directive, 'enabled') === false;
}

/** "implicitly has an 'any' type" in all its forms: without `strict` of the user's they are no errors. */
function isImplicitAny(code: number): boolean {
  return code >= 7005 && code <= 7057 && !OTHER_IN_THAT_RANGE.has(code);
}

/** Unreachable code, unused label, fallthrough in switch, not all code paths return a value. */
const OTHER_IN_THAT_RANGE = new Set([7027, 7028, 7029, 7030]);

function toDiagnostic(context: LanguageContext, cell: Cell, problem: TS.Diagnostic, isHint = false): Diagnostic | undefined {
  const { ts } = context;
  const { start, length = 0 } = problem;
  const from = (start ?? 0) - cell.prefix.length;
  if (start === undefined || from < 0 || from > cell.source.text.length) return undefined;
  const to = Math.min(from + length, cell.source.text.length);
  const tag = problem.reportsUnnecessary !== undefined ? 'unnecessary' : problem.reportsDeprecated !== undefined ? 'deprecated' : undefined;
  return {
    range: rangeAt(cell.source.starts, from, to),
    severity: isHint ? 'hint' : severity(ts, problem.category),
    code: problem.code,
    message: clean(ts.flattenDiagnosticMessageText(problem.messageText, '\n')),
    ...(tag === undefined ? {} : { tag }),
    related: (problem.relatedInformation ?? []).flatMap(({ file, start: at, length: size, messageText }) => {
      const location = file === undefined || at === undefined ? undefined : context.location(file.fileName, { start: at, length: size ?? 0 });
      return location === undefined ? [] : [{ location, message: clean(ts.flattenDiagnosticMessageText(messageText, '\n')) }];
    }),
  };
}

function severity(ts: TypeScript, category: TS.DiagnosticCategory): Diagnostic['severity'] {
  if (category === ts.DiagnosticCategory.Error) return 'error';
  return category === ts.DiagnosticCategory.Warning ? 'warning' : 'hint';
}
