/**
 * What an editor asks the kernel about the text of cells: the language service's wire protocol.
 *
 * **Requests** are `patchbay_language_request` messages on `control`, with the content `{ method, params }` of
 * {@link LanguageMethods}. The reply, `patchbay_language_reply`, holds a {@link LanguageReply}. Requests are answered in order.
 * A request may have an `id` beside its method, any string; `patchbay_language_cancel_request` with that `{ id }` makes the reply
 * `cancelled` if it is not yet there.
 *
 * **The notebook's text** is kept in step by change: `notebook/open` once with all cells, then `notebook/change`. Positions are
 * a cell's id with line and character from 0, characters in UTF-16 units, as in VS Code. Lines end with \n, \r\n or \r.
 *
 * **Diagnostics** come unasked: after an open or a change and a pause, `patchbay_language_diagnostics` on `iopub` with
 * {@link DiagnosticsContent}, one message for each cell whose diagnostics are not those it had. A change makes what is not
 * yet computed start anew; `version` is the count of opens and changes that the diagnostics have seen.
 *
 * Nothing here runs code of the user. The service starts with the first request and has a thread of its own.
 */

export interface CellText {
  readonly id: string;
  readonly text: string;
}

export interface LinePosition {
  readonly line: number;
  readonly character: number;
}

export interface LineRange {
  readonly start: LinePosition;
  readonly end: LinePosition;
}

export interface CellPosition extends LinePosition {
  readonly cell: string;
}

export interface CellRange {
  readonly cell: string;
  readonly range: LineRange;
}

export interface TextEdit {
  readonly range: LineRange;
  readonly text: string;
}

export interface CellEdits {
  readonly cell: string;
  readonly edits: readonly TextEdit[];
}

export type NotebookChange =
  /** Each edit speaks of the text as the edits before it left it. */
  | ({ readonly type: 'edit' } & CellEdits)
  | { readonly type: 'insert'; readonly index: number; readonly cell: CellText }
  | { readonly type: 'remove'; readonly cell: string }
  /** `index`: where the cell is afterwards. */
  | { readonly type: 'move'; readonly cell: string; readonly index: number };

/** TypeScript's names: `const`, `let`, `var`, `function`, `class`, `method`, `property`, `module`, `string`, … */
export type SymbolKindName = string;

export interface CompletionItem {
  readonly label: string;
  readonly kind: SymbolKindName;
  readonly sortText: string;
  readonly insertText?: string;
  /** Where it differs from the list's. */
  readonly range?: LineRange;
  /** The module that the item's import would come from. */
  readonly source?: string;
  readonly isDeprecated?: boolean;
  readonly isRecommended?: boolean;
  /** Handed back in `completion/resolve`. */
  readonly data?: unknown;
}

export interface CompletionList {
  /** What the chosen item replaces. */
  readonly range: LineRange;
  readonly items: readonly CompletionItem[];
  readonly isMemberList: boolean;
}

export interface CompletionDetails {
  /** Its signature, as code. */
  readonly signature: string;
  readonly documentation: string;
  /** E.g. the import that it needs. */
  readonly edits: readonly CellEdits[];
}

export interface Hover {
  readonly range: LineRange;
  /** As code of TypeScript. */
  readonly signature: string;
  /** Markdown. */
  readonly documentation: string;
}

export interface SignatureInformation {
  readonly label: string;
  readonly documentation: string;
  /** Offsets in the label. */
  readonly parameters: readonly { readonly start: number; readonly end: number; readonly documentation: string }[];
}

export interface SignatureHelp {
  readonly signatures: readonly SignatureInformation[];
  readonly activeSignature: number;
  readonly activeParameter: number;
}

/** A place in a cell, or in a file. A bundled file is none of the disk: its text comes from `file/bundled`. */
export type Location = CellRange | { readonly file: string; readonly isBundled: boolean; readonly range: LineRange };

export interface Definition {
  /** The name that was asked about. */
  readonly origin: LineRange;
  readonly targets: readonly Location[];
}

export interface CellSymbol {
  readonly name: string;
  readonly kind: SymbolKindName;
  readonly range: LineRange;
  readonly selectionRange: LineRange;
  readonly children: readonly CellSymbol[];
}

export interface Diagnostic {
  readonly range: LineRange;
  readonly severity: 'error' | 'warning' | 'hint';
  /** TypeScript's number. */
  readonly code: number;
  readonly message: string;
  /** To be shown greyed or struck out. */
  readonly tag?: 'unnecessary' | 'deprecated';
  readonly related: readonly { readonly location: Location; readonly message: string }[];
}

export interface CodeFix {
  readonly title: string;
  readonly edits: readonly CellEdits[];
  /** The best of the fixes for its diagnostic. */
  readonly isPreferred: boolean;
}

export type RenameTarget = { readonly range: LineRange; readonly placeholder: string } | { readonly refused: string };

/** method: [params, result]. A result of `null`: nothing there. */
export interface LanguageMethods {
  'notebook/open': [{ readonly cells: readonly CellText[] }, null];
  'notebook/change': [{ readonly changes: readonly NotebookChange[] }, null];
  /** `autoImports` adds what other modules export: a longer list, which takes longer. */
  'completion': [{ readonly position: CellPosition; readonly trigger?: string; readonly autoImports?: boolean }, CompletionList | null];
  'completion/resolve': [{ readonly position: CellPosition; readonly item: CompletionItem }, CompletionDetails | null];
  'hover': [{ readonly position: CellPosition }, Hover | null];
  'signatureHelp': [{ readonly position: CellPosition }, SignatureHelp | null];
  'definition': [{ readonly position: CellPosition }, Definition | null];
  'references': [{ readonly position: CellPosition }, readonly Location[]];
  'rename/prepare': [{ readonly position: CellPosition }, RenameTarget];
  'rename': [{ readonly position: CellPosition; readonly newName: string }, readonly CellEdits[]];
  'symbols': [{ readonly cell: string }, readonly CellSymbol[]];
  'diagnostics': [{ readonly cell: string }, readonly Diagnostic[]];
  /** Fixes for those codes of diagnostics in the range. */
  'codeFixes': [{ readonly cell: string; readonly range: LineRange; readonly codes: readonly number[] }, readonly CodeFix[]];
  'file/bundled': [{ readonly file: string }, { readonly text: string } | null];
}

export type LanguageMethod = keyof LanguageMethods;
export type LanguageParams<Method extends LanguageMethod> = LanguageMethods[Method][0];
export type LanguageResult<Method extends LanguageMethod> = LanguageMethods[Method][1];

export type LanguageReply<Method extends LanguageMethod = LanguageMethod> =
  | { readonly status: 'ok'; readonly result: LanguageResult<Method> }
  | { readonly status: 'cancelled' }
  | { readonly status: 'error'; readonly ename: string; readonly evalue: string };

export interface DiagnosticsContent {
  readonly cell: string;
  readonly version: number;
  readonly diagnostics: readonly Diagnostic[];
}
