import { LOOK_MIME } from '../../kernel/model/views/media-types.js';
import type { LookReply } from '../../kernel/model/look/look.js';
import { parseValuePath } from '../../kernel/model/look/value-path.js';
import { patchbayError } from '../errors/catalogue.js';
import type { ExpressionResult } from '../kernel-client/replies.js';

/** What is needed of a kernel. */
export interface LookedAtKernel {
  /** Answered between two turns of the kernel's loop, also while a cell waits. */
  look(path: string, layer: string | undefined): Promise<LookReply>;
  /** Waits for the running cell to end. */
  evaluate(expression: string): Promise<ExpressionResult>;
}

/**
 * Looks at the value of an expression: the way to one runs no code; any other is evaluated, once.
 *
 * @throws PatchbayError `expressionFailed`
 */
export async function valueLook(expression: string, layer: string | undefined, kernel: LookedAtKernel): Promise<LookReply> {
  if (parseValuePath(expression) !== undefined) return kernel.look(expression, layer);
  const result = await kernel.evaluate(`globalThis[Symbol.for('patchbay.host')].lookAt((${expression}\n), ${JSON.stringify({ title: expression, layer })})`);
  if ('problem' in result) throw patchbayError('expressionFailed', expression, result.problem);
  // SAFETY: the kernel is ours and of this version; its host gives a bundle with a LookReply.
  return result.data[LOOK_MIME] as LookReply;
}
