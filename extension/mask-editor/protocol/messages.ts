/** What the extension and the page of a mask editor say to each other. The extension owns the mask; the page shows it and asks for edits. */
import type { Flips } from '../document/delta.js';
import type { Operation } from '../document/operations.js';
import type { WireMatrix } from './wire-matrix.js';

export interface Badge {
  /** Connections of the mask as it was saved last; undefined when no file holds it. */
  readonly savedConnections: number | undefined;
  readonly isDirty: boolean;
}

/** A change to apply to the mask that the page has. */
export type Change = Flips | { readonly kind: 'invert' } | { readonly kind: 'transpose' } | { readonly kind: 'replace'; readonly matrix: WireMatrix };

export type ToPage =
  | { readonly type: 'open'; readonly name: string; readonly matrix: WireMatrix; readonly badge: Badge }
  /** `why`: what happened, to be said aloud; empty when that goes without saying. */
  | { readonly type: 'change'; readonly changes: readonly Change[]; readonly badge: Badge; readonly why: string }
  | { readonly type: 'badge'; readonly badge: Badge }
  /** A sentence for the status line and the screen reader. */
  | { readonly type: 'say'; readonly text: string }
  /** The file is no mask: the reader's sentence, and whether a text editor can show the place. */
  | { readonly type: 'refused'; readonly problem: string; readonly isText: boolean };

export type FromPage =
  | { readonly type: 'ready' }
  | { readonly type: 'edit'; readonly operation: Operation }
  | { readonly type: 'copyCode' }
  | { readonly type: 'insertCell' }
  /** From the page that refuses a file. */
  | { readonly type: 'openOtherwise' };
