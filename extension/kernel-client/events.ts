import type { ErrorContent, ExecuteReply, Output } from '../../kernel/protocol/messages.js';

/** One run of a cell, as the run's reducer numbers them; never used again. */
export type RunId = number;

/** What the kernel of a notebook tells. */
export type KernelEvent =
  | { readonly type: 'kernelReady' }
  /** The kernel did not start; `error` says why and what to do. */
  | { readonly type: 'kernelFailed'; readonly error: ErrorContent }
  /** The kernel ended without being asked to; `error` names exit code and last words. */
  | { readonly type: 'kernelDied'; readonly error: ErrorContent }
  /** The kernel gave the run its order number. */
  | { readonly type: 'order'; readonly run: RunId; readonly order: number }
  | { readonly type: 'output'; readonly run: RunId; readonly output: Output }
  | { readonly type: 'reply'; readonly run: RunId; readonly reply: ExecuteReply }
  /** The kernel has sent all that the run put out before its end. */
  | { readonly type: 'idle'; readonly run: RunId }
  /** The running cell cannot be ended; `reason` says why only a restart can. */
  | { readonly type: 'interruptRefused'; readonly reason: string }
  /** The user closed the box that asked for input. */
  | { readonly type: 'interrupt' };
