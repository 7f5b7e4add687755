/** What the panel's page and the extension say to each other. */
import type { Look } from './look.js';

/**
 * How what is drawn stands to what it is a picture of: `asking`: nothing has come yet; `waiting`: the kernel is busy;
 * `gone`, `noMask`, `ended`, `failed`: what is drawn, if anything, is what it was before.
 */
export type Standing = 'asking' | 'current' | 'waiting' | 'gone' | 'noMask' | 'ended' | 'failed';

/** Extension to page: all that is shown, each time. */
export interface PanelPage {
  readonly type: 'panel';
  /** The file's name, or the expression. */
  readonly title: string;
  readonly standing: Standing;
  /** One or two sentences: what is shown, whether it follows, and what is wrong. */
  readonly words: string;
  /** Absent until something was drawn. Without the exact connections, which stay with the extension. */
  readonly look?: Look;
}

/** Page to extension. `ready` comes with every load of the page. */
export type PanelRequest = { readonly type: 'ready' } | { readonly type: 'refresh' } | { readonly type: 'save' } | { readonly type: 'choose'; readonly layer: string };

/** Undefined for a message of another kind. */
export function readPanelRequest(message: unknown): PanelRequest | undefined {
  if (typeof message !== 'object' || message === null || !('type' in message)) return undefined;
  const { type } = message;
  if (type === 'ready' || type === 'refresh' || type === 'save') return { type };
  return type === 'choose' && 'layer' in message && typeof message.layer === 'string' ? { type, layer: message.layer } : undefined;
}
