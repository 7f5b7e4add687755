/**
 * What the control thread and the language thread say to each other.
 */
import type { DiagnosticsContent, LanguageMethods, Diagnostic } from '../../protocol/language.js';

/** Beside the editor's requests, those about the session: the cells that ran, whatever document they came from. */
export interface SessionMethods {
  /** A cell has run. Resolves to the ids of cells that nothing can refer to any more: they are forgotten, but for those in `keep`. */
  'session/executed': [{ readonly id: string; readonly text: string; readonly keep: readonly string[] }, readonly string[]];
  /** What is wrong in a cell that ran. */
  'session/diagnostics': [{ readonly id: string }, readonly Diagnostic[]];
  /** What is wrong in a cell that is to run now. */
  'session/check': [{ readonly text: string }, readonly Diagnostic[]];
  'session/complete': [{ readonly code: string; readonly offset: number }, SessionCompletion];
  'session/inspect': [{ readonly code: string; readonly offset: number }, Inspection | null];
}

/** Offsets in UTF-16 units. */
export interface SessionCompletion {
  readonly start: number;
  readonly end: number;
  readonly matches: readonly { readonly text: string; readonly type: string }[];
}

export interface Inspection {
  readonly signature: string;
  /** Markdown. */
  readonly documentation: string;
}

export type ThreadMethods = LanguageMethods & SessionMethods;
export type ThreadMethod = keyof ThreadMethods;

export interface ThreadRequest {
  readonly id: number;
  readonly method: ThreadMethod;
  readonly params: unknown;
  /** Of the editor's cells, this request included. */
  readonly version: number;
}

export type FromLanguage =
  | { readonly type: 'reply'; readonly id: number; readonly status: 'ok'; readonly result: unknown }
  | { readonly type: 'reply'; readonly id: number; readonly status: 'cancelled' }
  | { readonly type: 'reply'; readonly id: number; readonly status: 'error'; readonly message: string }
  | { readonly type: 'diagnostics'; readonly content: DiagnosticsContent }
  /** Something for the log. */
  | { readonly type: 'problem'; readonly text: string };

export interface LanguageThreadData {
  readonly kernelFolder: string;
  /** The notebook's. */
  readonly folder: string;
  readonly words: SharedArrayBuffer;
}

/**
 * Words of the Int32Array that both threads share: the language thread is deep in TypeScript when it must learn that its work
 * is not wanted any more.
 */
export const LanguageWord = {
  /** How many changes of the editor's cells were sent. */
  changes: 0,
  /** From here on: the ids of cancelled requests, each at its id modulo {@link CANCEL_WORDS}. */
  cancelled: 1,
} as const;
export const CANCEL_WORDS = 255;
export const LANGUAGE_WORDS = LanguageWord.cancelled + CANCEL_WORDS;

/** Which requests change the editor's cells. */
export const isChange = (method: string): boolean => method === 'notebook/open' || method === 'notebook/change';
