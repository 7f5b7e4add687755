/** A view as a mime bundle: its payload, one sentence, and the picture that is drawn when somebody wants it. */
import { pngDataUri } from '../../picture/encode-png.js';
import type { MaskData } from '../../model/mask-data.js';
import { encodeKernelView, kernelView, type KernelView, type KernelViewOptions } from '../../model/views/kernel-view.js';
import { encodeLossView } from '../../model/views/loss-payload.js';
import { lossSentence } from '../../model/views/loss-sentence.js';
import type { LossView } from '../../model/views/loss-view.js';
import { encodeMaskView, maskView, type MaskView } from '../../model/views/mask-view.js';
import type { MatrixOptions } from '../../model/views/matrix-view.js';
import { kernelSentence, maskSentence } from '../../model/views/matrix-sentence.js';
import { KERNEL_MIME, LOSS_MIME, MASK_MIME } from '../../model/views/media-types.js';
import { lossPicture } from '../../model/views/svg/loss-picture.js';
import { matrixPicture } from '../../model/views/svg/matrix-picture.js';
import type { MimeBundle } from '../../protocol/messages.js';
import { withPicture } from '../display/picture-of.js';

export type View = MaskView | KernelView | LossView;

export function viewBundle(view: View): MimeBundle {
  return withPicture({ [MEDIA_TYPES[view.view]]: payloadOf(view), 'text/plain': sentenceOfView(view) }, () => pictureOfView(view));
}

const MEDIA_TYPES: Readonly<Record<View['view'], string>> = { mask: MASK_MIME, kernel: KERNEL_MIME, loss: LOSS_MIME };

function payloadOf(view: View): object {
  if (view.view === 'mask') return encodeMaskView(view);
  return view.view === 'kernel' ? encodeKernelView(view) : encodeLossView(view);
}

function sentenceOfView(view: View): string {
  if (view.view === 'mask') return maskSentence(view);
  return view.view === 'kernel' ? kernelSentence(view) : lossSentence(view);
}

/** The static picture, an SVG document. */
export const pictureOfView = (view: View): string => (view.view === 'loss' ? lossPicture(view) : matrixPicture(view, pngDataUri));

/** What a Mask looks like as the last expression of a cell. */
export const maskBundle = (mask: MaskData, options: MatrixOptions = {}): MimeBundle => viewBundle(maskView(mask, options));

/** @param weights live weights in CSR order. */
export const kernelBundle = (mask: MaskData, weights: Float32Array, options: KernelViewOptions = {}): MimeBundle =>
  viewBundle(kernelView(mask, weights, options));
