import type TS from 'typescript';
import { eraseTypes } from './erase.js';
import { parse } from './parse.js';
import type { Edits } from './edits.js';
import { scan, type Scan } from './scan/scanner.js';
import { declaresAtTop, jsxRuntime, type EmitSettings } from './settings.js';
import { SyntaxProblem } from './syntax-error.js';
import { transform } from './transform.js';
import type { TypeScript } from './typescript.js';

/** A source as JavaScript that the passes can edit by offset. */
export interface Unit {
  readonly file: TS.SourceFile;
  /** As long as the text of `file`, without types. */
  readonly text: string;
  readonly scan: Scan;
  readonly isTransformed: boolean;
  readonly toSource: (offset: number) => number;
  readonly compose: (segments: readonly number[]) => readonly number[];
}

export interface UnitOptions {
  readonly mustTransform: boolean;
  readonly helpers: 'inline' | 'none';
  readonly settings: EmitSettings;
  /** An earlier cell declared `React`. */
  readonly isReactDeclared: boolean;
}

const same = <T>(value: T): T => value;

/**
 * Erases the types in place; parses once. Only what needs TypeScript's transform is transformed and parsed again.
 *
 * @param patches edits of the source that keep its length
 * @throws SyntaxProblem whose offset is in the source
 */
export function toUnit(ts: TypeScript, file: TS.SourceFile, patches: Edits, options: UnitOptions): Unit {
  const found = scan(ts, file);
  const { settings } = options;
  if (found.strayReturn !== undefined) throw new SyntaxProblem('Illegal return statement', found.strayReturn);
  const isLegacy = settings.experimentalDecorators === true;
  if (found.strayDecorator !== undefined && !isLegacy) throw new SyntaxProblem('A parameter cannot have a decorator unless tsconfig.json sets experimentalDecorators', found.strayDecorator);
  const mustTransform = options.mustTransform || found.needsTransform || found.strayDecorator !== undefined || (found.hasFields && settings.useDefineForClassFields === false);
  if (!mustTransform) {
    const erased = eraseTypes(ts, file);
    if (!erased.unsupported) return { file, text: patches.applyTo(erased.text), scan: found, isTransformed: false, toSource: same, compose: same };
  }
  const jsx = jsxRuntime(ts, settings, options.isReactDeclared || declaresAtTop(ts, file, 'React'));
  const { text, toSource, compose } = transform(ts, file.fileName, patches.applyTo(file.text), options.helpers, { ...settings, jsx });
  const transformed = parse(ts, 'transformed.js', text);
  return { file: transformed, text, scan: scan(ts, transformed), isTransformed: true, toSource, compose };
}

/** Moves the problem that `action` throws from the text of the unit to the source. */
export function inSource<T>(unit: Unit, action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (!(error instanceof SyntaxProblem)) throw error;
    throw new SyntaxProblem(error.message, unit.toSource(error.offset));
  }
}
