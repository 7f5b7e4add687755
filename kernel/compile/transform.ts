import type { EmitSettings } from './settings.js';
import { composeSegments, offsetMap, throughOffsetMap } from './source-map.js';
import { SyntaxProblem } from './syntax-error.js';
import type { TypeScript } from './typescript.js';

export interface Transformed {
  readonly text: string;
  readonly toSource: (offset: number) => number;
  readonly compose: (segments: readonly number[]) => number[];
}

/**
 * TypeScript's own transform, for what cannot be erased in place: enums, namespaces, decorators, parameter properties,
 * nested `using`, JSX. ES2022, since with a newer target TypeScript leaves decorators and `using` in.
 *
 * @param helpers `inline` puts tslib's helpers into the text, `none` leaves them as free names
 * @throws SyntaxProblem
 */
export function transform(ts: TypeScript, fileName: string, source: string, helpers: 'inline' | 'none', settings: EmitSettings = {}): Transformed {
  const { outputText, sourceMapText, diagnostics } = ts.transpileModule(source, {
    fileName,
    reportDiagnostics: true,
    compilerOptions: {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.ESNext,
      verbatimModuleSyntax: true,
      sourceMap: true,
      noEmitHelpers: helpers === 'none',
      newLine: ts.NewLineKind.LineFeed,
      ...settings,
    },
  });
  const [problem] = diagnostics ?? [];
  if (problem !== undefined) throw new SyntaxProblem(ts.flattenDiagnosticMessageText(problem.messageText, '\n'), problem.start ?? 0);
  const text = outputText.replace(/\n\/\/# sourceMappingURL=.*\s*$/, '\n');
  const map = offsetMap(mappingsOf(sourceMapText), text, source);
  return { text, toSource: (offset) => throughOffsetMap(map, offset), compose: (segments) => composeSegments(segments, map, text, source) };
}

function mappingsOf(sourceMapText: string | undefined): string {
  const map: unknown = JSON.parse(sourceMapText ?? '{}');
  const mappings: unknown = typeof map === 'object' && map !== null ? Reflect.get(map, 'mappings') : undefined;
  if (typeof mappings !== 'string') throw new Error('TypeScript gave no source map');
  return mappings;
}
