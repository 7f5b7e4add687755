import type { MaskData } from '../../kernel/model/mask-data.js';
import { parseKernelView } from '../../kernel/model/views/kernel-view.js';
import { parseMaskView } from '../../kernel/model/views/mask-view.js';
import { KERNEL_MIME } from '../../kernel/model/views/media-types.js';
import { isProblem } from '../../kernel/model/views/problem.js';

/**
 * The mask that a payload shows, or why there is none to edit, in a sentence.
 *
 * @param mime that of a mask, or of a masked kernel
 */
export function maskOfPayload(mime: string, payload: unknown): MaskData | { readonly problem: string } {
  const view = mime === KERNEL_MIME ? parseKernelView(payload) : parseMaskView(payload);
  if (isProblem(view)) return { problem: view.problem };
  if (view.cells.kind === 'edges') return view.cells.mask;
  return { problem: `This output holds counts of its ${view.inputs} × ${view.outputs} mask, not every connection: it is too large for a notebook. Write it with mask.save('mask.mtx') in a cell and open that file.` };
}
