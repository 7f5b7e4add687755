/**
 * The compiler's options for the cells of a folder: those of its tsconfig.json, and what a session does whatever that says.
 */
import type TS from 'typescript';
import type { TypeScript } from '../../load-typescript.js';
import { BUNDLED } from './bundled-types.js';

export interface NotebookOptions {
  readonly options: TS.CompilerOptions;
  /** False: an implicit `any` is no error. The option itself stays on, since without it `[]` is `never[]`. */
  readonly reportsImplicitAny: boolean;
  readonly jsx: JsxNames;
}

/** What JSX of a cell means without naming it. */
export interface JsxNames {
  readonly names: readonly string[];
  /** `React.createElement` where `React` is declared, as the compiler does without a setting. */
  readonly mayBeClassic: boolean;
}

/** @param own what the folder's tsconfig.json sets */
export function notebookOptions(ts: TypeScript, folder: string, own: TS.CompilerOptions): NotebookOptions {
  return {
    options: { ...defaults(ts), ...own, ...(own.target !== undefined && own.target < ts.ScriptTarget.ES2022 ? { target: ts.ScriptTarget.ES2022 } : {}), ...session(ts), ...bundledPaths(folder, own) },
    reportsImplicitAny: own.noImplicitAny ?? own.strict ?? false,
    jsx: { names: jsxNames(ts, own), mayBeClassic: own.jsx === undefined },
  };
}

function jsxNames(ts: TypeScript, { jsx, jsxFactory = 'React', jsxFragmentFactory = 'React' }: TS.CompilerOptions): readonly string[] {
  if (jsx === ts.JsxEmit.ReactJSX || jsx === ts.JsxEmit.ReactJSXDev) return [];
  return [...new Set([jsxFactory, jsxFragmentFactory].map((name) => name.replace(/\..*/, '')))];
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
