import fs from 'node:fs';
import path from 'node:path';
import type TS from 'typescript';
import type { EmitSettings, Parser } from '../../compile/index.js';
import type { PathMapping } from '../../protocol/threads.js';

/** What a `tsconfig.json` says to the kernel. */
export interface Project {
  /** All that it sets, for whoever checks types. */
  readonly options: TS.CompilerOptions;
  readonly emit: EmitSettings;
  readonly mapping: PathMapping | undefined;
  /** Files that were read: the `tsconfig.json` and what it extends. */
  readonly files: readonly string[];
  /** What is wrong with them, each in a sentence that begins with the file and its line, and one that says what comes of it. */
  readonly problems: readonly string[];
}

/** Not for us: that no file is included, and that options are deprecated. */
const IGNORED_CODES = new Set([18_002, 18_003, 5_101, 5_107]);

/**
 * Reads a `tsconfig.json` as TypeScript does, `extends` and comments included. One that is no JSON counts as empty; of one
 * with wrong options the others count.
 */
export function readTsconfig(ts: Parser, file: string): Project {
  const files: string[] = [];
  const read = (name: string): string | undefined => {
    if (!name.endsWith('package.json')) files.push(path.resolve(name));
    return ts.sys.readFile(name);
  };
  const source = ts.readJsonConfigFile(file, read);
  const folder = path.dirname(file);
  // Which source files the project has is nobody's question here, and the folder may be large.
  const host: TS.ParseConfigHost = { useCaseSensitiveFileNames: ts.sys.useCaseSensitiveFileNames, fileExists: (name) => ts.sys.fileExists(name), readFile: read, readDirectory: () => [] };
  const { options, errors } = ts.parseJsonSourceFileConfigFileContent(source, host, folder, undefined, file);
  const unreadable = syntaxErrors(source);
  const broken = unreadable.length === 0 ? undefined : firstOf([...unreadable, ...errors.filter((problem) => problem.file === source)]);
  if (broken !== undefined) return { options: {}, emit: {}, mapping: undefined, files, problems: [`${sentence(ts, broken, file)} The whole file is ignored until this is mended.`] };
  const problems = errors.filter(({ code }) => !IGNORED_CODES.has(code)).map((problem) => `${sentence(ts, problem, file)} This setting is ignored.`);
  return { options, emit: emitSettings(ts, options), mapping: pathMapping(options, folder), files, problems: [...new Set(problems)] };
}

function syntaxErrors(source: TS.TsConfigSourceFile): readonly TS.Diagnostic[] {
  const found: unknown = Reflect.get(source, 'parseDiagnostics');
  // SAFETY: what TypeScript's parser leaves on every file it parses; its own `parseJsonSourceFileConfigFileContent` reads it there.
  return Array.isArray(found) ? (found as TS.Diagnostic[]) : [];
}

/** The others follow from it. */
const firstOf = (problems: readonly TS.Diagnostic[]): TS.Diagnostic | undefined => problems.toSorted((a, b) => (a.start ?? 0) - (b.start ?? 0))[0];

function sentence(ts: Parser, { file, start, messageText }: TS.Diagnostic, asked: string): string {
  const text = ts.flattenDiagnosticMessageText(messageText, ' ');
  if (file === undefined || start === undefined) return `${asked}: ${text}`;
  return `${file.fileName}, line ${file.getLineAndCharacterOfPosition(start).line + 1}: ${text}`;
}

function emitSettings(ts: Parser, options: TS.CompilerOptions): EmitSettings {
  const { jsx, jsxFactory, jsxFragmentFactory, jsxImportSource, experimentalDecorators, emitDecoratorMetadata, target } = options;
  // TypeScript's own default: fields are defined from ES2022 on, and assigned before.
  const useDefineForClassFields = options.useDefineForClassFields ?? (target === undefined ? undefined : target >= ts.ScriptTarget.ES2022);
  const all = { jsx, jsxFactory, jsxFragmentFactory, jsxImportSource, experimentalDecorators, emitDecoratorMetadata, useDefineForClassFields };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

function pathMapping({ baseUrl, paths, pathsBasePath }: TS.CompilerOptions, folder: string): PathMapping | undefined {
  if (baseUrl === undefined && paths === undefined) return undefined;
  const base = baseUrl ?? (typeof pathsBasePath === 'string' ? pathsBasePath : folder);
  return { base, isBaseUrl: baseUrl !== undefined, patterns: Object.entries(paths ?? {}) };
}

/** The `tsconfig.json` of a folder: its own, or that of the nearest folder above, as editors look for it. */
export function findTsconfig(folder: string): string | undefined {
  for (let at = folder; ; at = path.dirname(at)) {
    const file = path.join(at, 'tsconfig.json');
    if (fs.statSync(file, { throwIfNoEntry: false })?.isFile() === true) return file;
    if (path.dirname(at) === at) return undefined;
  }
}
