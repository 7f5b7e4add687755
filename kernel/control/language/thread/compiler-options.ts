/**
 * The compiler's options for the cells of a folder: those of its tsconfig.json, and what a session does whatever that says.
 */
import path from 'node:path';
import type TS from 'typescript';
import type { TypeScript } from '../../load-typescript.js';
import { findTsconfig } from '../../project/read-tsconfig.js';
import { BUNDLED } from './bundled-types.js';

export interface NotebookOptions {
  readonly options: TS.CompilerOptions;
  /** False: an implicit `any` is no error. The option itself stays on, since without it `[]` is `never[]`. */
  readonly reportsImplicitAny: boolean;
  /** Why the tsconfig.json does not count; undefined when it does or is not there. */
  readonly problem: string | undefined;
}

export function notebookOptions(ts: TypeScript, folder: string): NotebookOptions {
  const file = findTsconfig(folder);
  const own = file === undefined ? { options: {} } : read(ts, file);
  const { options } = own;
  return {
    options: { ...defaults(ts), ...options, ...(options.target !== undefined && options.target < ts.ScriptTarget.ES2022 ? { target: ts.ScriptTarget.ES2022 } : {}), ...session(ts), ...bundledPaths(folder, options) },
    reportsImplicitAny: options.noImplicitAny ?? options.strict ?? false,
    problem: own.problem,
  };
}

const defaults = (ts: TypeScript): TS.CompilerOptions => ({
  target: ts.ScriptTarget.ESNext,
  lib: ['lib.esnext.d.ts'],
  types: ['node'],
  strict: true,
  jsx: ts.JsxEmit.ReactJSX,
});

/** How cells run, which no setting changes. */
const session = (ts: TypeScript): TS.CompilerOptions => ({
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  moduleDetection: ts.ModuleDetectionKind.Force,
  allowImportingTsExtensions: true,
  allowJs: true,
  checkJs: false,
  resolveJsonModule: true,
  esModuleInterop: true,
  allowSyntheticDefaultImports: true,
  skipLibCheck: true,
  noEmit: true,
  composite: false,
  incremental: false,
  declaration: false,
  isolatedModules: false,
  isolatedDeclarations: false,
  verbatimModuleSyntax: false,
  noUnusedLocals: false,
  noImplicitAny: true,
});

/** What a fix or a completion may import. */
const IMPORT_NAMES: Readonly<Record<string, string>> = {
  'patchbay': `${BUNDLED}/patchbay/runtime/index.d.ts`,
  '@tensorflow/tfjs': `${BUNDLED}/@tensorflow/tfjs/dist/index.d.ts`,
};

/** By these TypeScript finds the names under which cells import what is bundled; the host resolves them by itself. */
function bundledPaths(folder: string, { paths, pathsBasePath }: TS.CompilerOptions): TS.CompilerOptions {
  const bundled = Object.fromEntries(Object.entries(IMPORT_NAMES).map(([name, file]) => [name, [file]]));
  return { paths: { ...paths, ...bundled }, pathsBasePath: pathsBasePath ?? folder };
}

function read(ts: TypeScript, file: string): { readonly options: TS.CompilerOptions; readonly problem?: string } {
  const text = (diagnostic: TS.Diagnostic): string => `${file} is not used: ${ts.flattenDiagnosticMessageText(diagnostic.messageText, ' ')}`;
  const found = ts.readConfigFile(file, (name) => ts.sys.readFile(name));
  const config: unknown = found.config;
  const { error } = found;
  if (error !== undefined) return { options: {}, problem: text(error) };
  // The files it names are not our concern, only its options.
  const host: TS.ParseConfigHost = { ...ts.sys, useCaseSensitiveFileNames: ts.sys.useCaseSensitiveFileNames, readDirectory: () => [] };
  const parsed = ts.parseJsonConfigFileContent(config, host, path.dirname(file), undefined, file);
  const [problem] = parsed.errors.filter(({ code }) => code !== NO_INPUTS && code !== NO_FILES);
  return problem === undefined ? { options: parsed.options } : { options: parsed.options, problem: text(problem).replace('is not used', 'is not fully used') };
}

/** "No inputs were found in config file", and the same for an empty list of files: we have not looked for any. */
const NO_INPUTS = 18003;
const NO_FILES = 18002;
