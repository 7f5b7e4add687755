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
import { BOUNDARY_MIME, DEGREES_MIME, KERNEL_MIME, LOSS_MIME, MASK_MIME, NETWORK_MIME } from '../../model/views/media-types.js';
import { encodeBoundaryView } from '../../model/views/boundary/boundary-payload.js';
import type { BoundaryView } from '../../model/views/boundary/boundary-view.js';
import { boundarySentence } from '../../model/views/boundary/sentence.js';
import { encodeDegreesView, type DegreesView } from '../../model/views/degrees/degrees-view.js';
import { degreesSentence } from '../../model/views/degrees/sentence.js';
import { encodeNetworkView } from '../../model/views/network/network-payload.js';
import type { NetworkView } from '../../model/views/network/network-view.js';
import { networkSentence } from '../../model/views/network/sentence.js';
import { boundaryPicture } from '../../model/views/svg/boundary-picture.js';
import { degreesPicture } from '../../model/views/svg/degrees-picture.js';
import { networkPicture } from '../../model/views/svg/network-picture.js';
import { lossPicture } from '../../model/views/svg/loss-picture.js';
import { matrixPicture } from '../../model/views/svg/matrix-picture.js';
import type { MimeBundle } from '../../protocol/messages.js';
import { serveTiles } from './serve-tiles.js';
import { withPicture } from '../display/picture-of.js';

export type View = MaskView | KernelView | LossView | NetworkView | DegreesView | BoundaryView;

export function viewBundle(view: View): MimeBundle {
  const { mime, encode, sentence, draw } = formsOf(view);
  const payload = encode();
  // What does not fit into a payload is asked for later.
  if ((view.view === 'mask' || view.view === 'kernel') && view.cells.kind === 'edges' && 'detail' in payload) serveTiles(view.cells.mask, view.cells.values);
  return withPicture({ [mime]: payload, 'text/plain': sentence() }, draw);
}

/** What a view shows, in words. */
export const sentenceOfView = (view: View): string => formsOf(view).sentence();

/** The static picture, an SVG document. */
export const pictureOfView = (view: View): string => formsOf(view).draw();

/** The forms of a view, each made when it is asked for. */
interface Forms {
  readonly mime: string;
  readonly encode: () => object;
  readonly sentence: () => string;
  readonly draw: () => string;
}

function formsOf(view: View): Forms {
  switch (view.view) {
    case 'mask':
      return { mime: MASK_MIME, encode: () => encodeMaskView(view), sentence: () => maskSentence(view), draw: () => matrixPicture(view, pngDataUri) };
    case 'kernel':
      return { mime: KERNEL_MIME, encode: () => encodeKernelView(view), sentence: () => kernelSentence(view), draw: () => matrixPicture(view, pngDataUri) };
    case 'loss':
      return { mime: LOSS_MIME, encode: () => encodeLossView(view), sentence: () => lossSentence(view), draw: () => lossPicture(view) };
    case 'network':
      return { mime: NETWORK_MIME, encode: () => encodeNetworkView(view), sentence: () => networkSentence(view), draw: () => networkPicture(view) };
    case 'degrees':
      return { mime: DEGREES_MIME, encode: () => encodeDegreesView(view), sentence: () => degreesSentence(view), draw: () => degreesPicture(view) };
    case 'boundary':
      return { mime: BOUNDARY_MIME, encode: () => encodeBoundaryView(view), sentence: () => boundarySentence(view), draw: () => boundaryPicture(view, pngDataUri) };
  }
}

/** What a Mask looks like as the last expression of a cell. */
export const maskBundle = (mask: MaskData, options: MatrixOptions = {}): MimeBundle => viewBundle(maskView(mask, options));

/** @param weights live weights in CSR order. */
export const kernelBundle = (mask: MaskData, weights: Float32Array, options: KernelViewOptions = {}): MimeBundle =>
  viewBundle(kernelView(mask, weights, options));
