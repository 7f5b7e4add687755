/** What the compiler hands to the main thread for one cell. Plain data: it crosses threads. */

import type { EmitSettings } from './settings.js';

export type DeclarationKind = 'const' | 'let' | 'var' | 'function' | 'class' | 'import';

export interface ImportBinding {
  /** `default`, `*` for the namespace, `=` for what `require` gives, or the exported name. */
  readonly imported: string;
  /** The name that the cell gave it. */
  readonly local: string;
  /** The property of `globalThis` that holds it; differs from `local` when that name is reserved. */
  readonly global: string;
}

export interface ImportRequest {
  readonly specifier: string;
  readonly bindings: readonly ImportBinding[];
  /** Exported names that the code uses as values: without one of them the import fails. The other ones may be types. */
  readonly needs: readonly string[];
  /** `with { type: 'json' }` */
  readonly attributes?: Readonly<Record<string, string>>;
  /** Where it stands in the cell, 1-based, for the error of a module that is not found. */
  readonly line: number;
}

/** Positions of the generated code and where they come from; see `position-map.ts`. */
export interface PositionMapData {
  /** Triples (generated offset, original offset, length), ascending by the first. A length of 0 is a single point. */
  readonly segments: readonly number[];
  readonly generatedLineStarts: readonly number[];
  readonly originalLineStarts: readonly number[];
}

export interface Declared {
  readonly name: string;
  readonly kind: DeclarationKind;
  /** The property of `globalThis` that holds it: `name`, or `name$pb` when `name` is reserved. */
  readonly global: string;
}

export interface CompiledCell {
  /** Source text of a script whose value is the function that runs the cell; it takes the cell's frame. */
  readonly code: string;
  readonly isAsync: boolean;
  readonly map: PositionMapData;
  /** Names that the cell declares in the session scope. */
  readonly declares: readonly Declared[];
  /** Globals that the cell, or a function in it, assigns to by their name. */
  readonly assigns: readonly string[];
  /** Modules that the cell imports, in the order in which they are loaded, before anything else of it runs. */
  readonly imports: readonly ImportRequest[];
  /** Of a module: names that it exports, or may export, as types only. */
  readonly typeExports?: readonly string[];
}

export interface CellSyntaxError {
  readonly message: string;
  /** 1-based, in the cell's own text. */
  readonly line: number;
  readonly column: number;
}

export type CompileResult = { readonly ok: true; readonly cell: CompiledCell } | { readonly ok: false; readonly error: CellSyntaxError };

export interface CompileOptions {
  /** Names that must not be written to `globalThis`: a cell that declares one gets it under another name. */
  readonly reserved: ReadonlySet<string>;
  /** Reserved names that earlier cells declared. */
  readonly mangled: ReadonlySet<string>;
  /** Names that earlier cells declared, as far as the compiler knows. */
  readonly declared?: ReadonlySet<string>;
  readonly settings?: EmitSettings;
  /** Its extension chooses the language: `.ts`, `.tsx`, `.js`, `.jsx`. Without one, TypeScript, with JSX where it does not parse otherwise. */
  readonly fileName?: string;
}
