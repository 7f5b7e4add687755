/** What a panel is a picture of, and what *Visualize Mask* was asked to show. */
import { parseValuePath } from '../../kernel/model/look/value-path.js';

export type LookSource =
  /** `notebook` is the URI of its document. */
  | { readonly kind: 'value'; readonly notebook: string; readonly expression: string }
  | { readonly kind: 'file'; readonly uri: string; readonly name: string };

/** Panels with the same key are the same panel. */
export const keyOf = (source: LookSource): string => (source.kind === 'file' ? `file ${source.uri}` : `value ${source.notebook} ${source.expression}`);

/** Of a panel's tab. */
export const titleOf = (source: LookSource): string => (source.kind === 'file' ? source.name : source.expression);

/** True when looking again runs no code: a file, or the way to a value. */
export const isFollowed = (source: LookSource): boolean => source.kind === 'file' || parseValuePath(source.expression) !== undefined;

/** The command's argument from a hover: a link in Markdown holds JSON. */
export interface ValueArgument {
  readonly notebook: string;
  readonly expression: string;
}

export function isValueArgument(argument: unknown): argument is ValueArgument {
  return typeof argument === 'object' && argument !== null && 'notebook' in argument && 'expression' in argument && typeof argument.notebook === 'string' && typeof argument.expression === 'string';
}
