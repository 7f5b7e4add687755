/** What the compiler hands to the main thread for one cell. */

export type DeclarationKind = 'const' | 'let' | 'var' | 'function' | 'class' | 'import';

export interface ImportBinding {
  /** `default`, `*` for the namespace, or the exported name. */
  readonly imported: string;
  /** Name in the session scope. */
  readonly local: string;
}

export interface ImportRequest {
  readonly specifier: string;
  readonly bindings: readonly ImportBinding[];
  /** `with { type: 'json' }` */
  readonly attributes?: Readonly<Record<string, string>>;
  /** Where it stands in the cell, for the error of a module that is not found. */
  readonly line: number;
}

/** Positions of the generated code and where they come from; see `position-map.ts`. Plain data: it crosses threads. */
export interface PositionMapData {
  /** Triples (generated offset, original offset, length), ascending by the first. */
  readonly segments: readonly number[];
  readonly generatedLineStarts: readonly number[];
  readonly originalLineStarts: readonly number[];
}

export interface CompiledCell {
  /** Source text of a script whose value is the function that runs the cell. */
  readonly code: string;
  readonly isAsync: boolean;
  readonly map: PositionMapData;
  /** Names that the cell declares in the session scope. */
  readonly declares: readonly { readonly name: string; readonly kind: DeclarationKind }[];
}

export interface CellSyntaxError {
  readonly message: string;
  /** 1-based, in the cell's own text. */
  readonly line: number;
  readonly column: number;
}

export type CompileResult = { readonly ok: true; readonly cell: CompiledCell } | { readonly ok: false; readonly error: CellSyntaxError };
