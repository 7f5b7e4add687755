import type TS from 'typescript';
import type { TypeScript } from '../../load-typescript.js';
import { namesOf, wordsOf, type CellNames } from './cell-names.js';
import { globalNamesOf } from './global-names.js';
import { changeBetween, lineStarts } from './positions.js';

/** One version of a cell's own text, parsed. */
export interface CellSource {
  readonly text: string;
  readonly file: TS.SourceFile;
  readonly starts: readonly number[];
  readonly names: CellNames;
  readonly words: ReadonlySet<string>;
  /** Names that it gives to the session without declaring them. */
  readonly globals: ReadonlySet<string>;
  readonly isJsx: boolean;
  /** Nested deeper than the parser's recursion goes. For TypeScript the cell is empty. */
  readonly isTooDeep: boolean;
}

/** Parses a cell, reusing what did not change since `previous`, which is used up. */
export function parseCellSource(ts: TypeScript, text: string, previous?: CellSource): CellSource {
  try {
    return read(ts, text, previous);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { ...read(ts, ''), text, starts: lineStarts(text), isTooDeep: true };
  }
}

function read(ts: TypeScript, text: string, previous?: CellSource): CellSource {
  let file = previous?.isJsx === false && !previous.isTooDeep ? update(ts, previous, text) : parse(ts, text, ts.ScriptKind.TS);
  let isJsx = false;
  if (parseDiagnostics(file).length > 0 && /<[\p{ID_Start}$_>]/u.test(text)) {
    const asJsx = parse(ts, text, ts.ScriptKind.TSX);
    if (firstProblem(asJsx) > firstProblem(file)) {
      file = asJsx;
      isJsx = true;
    }
  }
  return { text, file, starts: lineStarts(text), names: namesOf(ts, file), words: wordsOf(text), globals: globalNamesOf(ts, file), isJsx, isTooDeep: false };
}

function parse(ts: TypeScript, text: string, kind: TS.ScriptKind): TS.SourceFile {
  return ts.createSourceFile(
    kind === ts.ScriptKind.TSX ? 'cell.tsx' : 'cell.ts',
    text,
    {
      languageVersion: ts.ScriptTarget.ESNext,
      jsDocParsingMode: ts.JSDocParsingMode.ParseNone,
      // A module whatever it holds, so that `await` stands for itself at the top.
      setExternalModuleIndicator: (made) => void Reflect.set(made, 'externalModuleIndicator', true),
    },
    false,
    kind,
  );
}

function update(ts: TypeScript, { file, text: before }: CellSource, text: string): TS.SourceFile {
  const { start, removed, inserted } = changeBetween(before, text);
  return ts.updateSourceFile(file, text, { span: { start, length: removed }, newLength: inserted });
}

/** What the parser found wrong. */
export function parseDiagnostics(file: TS.SourceFile): readonly TS.DiagnosticWithLocation[] {
  const found: unknown = Reflect.get(file, 'parseDiagnostics');
  // SAFETY: what TypeScript's parser leaves on every file it parses; its public way needs a whole program.
  return Array.isArray(found) ? (found as TS.DiagnosticWithLocation[]) : [];
}

const firstProblem = (file: TS.SourceFile): number => parseDiagnostics(file)[0]?.start ?? Infinity;
