import type TS from 'typescript';
import { SyntaxProblem } from './syntax-error.js';
import type { TypeScript } from './typescript.js';

/**
 * Parses a cell or module file. Everything is read as a module, so that `await` stands for itself at the top.
 *
 * @throws SyntaxProblem for the first thing that does not parse
 */
export function parse(ts: TypeScript, fileName: string, source: string): TS.SourceFile {
  const file = ts.createSourceFile(
    fileName,
    source,
    {
      languageVersion: ts.ScriptTarget.ESNext,
      jsDocParsingMode: ts.JSDocParsingMode.ParseNone,
      setExternalModuleIndicator: (made) => void Reflect.set(made, 'externalModuleIndicator', true),
    },
    false,
    scriptKind(ts, fileName),
  );
  const [problem] = parseDiagnostics(file);
  if (problem !== undefined) throw new SyntaxProblem(ts.flattenDiagnosticMessageText(problem.messageText, '\n'), problem.start);
  return file;
}

/**
 * Parses a cell: as TypeScript, and where that fails as TypeScript with JSX. When neither does, the error of the one that
 * came further is the user's.
 *
 * @throws SyntaxProblem
 */
export function parseCell(ts: TypeScript, source: string): TS.SourceFile {
  try {
    return parse(ts, 'cell.ts', source);
  } catch (problem) {
    if (!(problem instanceof SyntaxProblem) || !/<[\p{ID_Start}$_>]/u.test(source)) throw problem;
    try {
      return parse(ts, 'cell.tsx', source);
    } catch (withJsx) {
      throw withJsx instanceof SyntaxProblem && withJsx.offset > problem.offset ? withJsx : problem;
    }
  }
}

function scriptKind(ts: TypeScript, fileName: string): TS.ScriptKind {
  if (/\.[cm]?jsx?$/.test(fileName)) return ts.ScriptKind.JSX;
  return fileName.endsWith('.tsx') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
}

function parseDiagnostics(file: TS.SourceFile): readonly TS.DiagnosticWithLocation[] {
  const found: unknown = Reflect.get(file, 'parseDiagnostics');
  // SAFETY: what TypeScript's parser leaves on every file it parses; its public way needs a whole program.
  return Array.isArray(found) ? (found as TS.DiagnosticWithLocation[]) : [];
}
