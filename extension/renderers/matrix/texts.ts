/** What is said about a drawn matrix beside its picture. */
import { orphanSentences, spreadText } from '../../../kernel/model/views/matrix-sentence.js';
import { detailOf, modeCaption, type Camera } from '../../../kernel/model/views/matrix/camera.js';
import type { Subject, View } from './drawn.js';

export { matrixTitle as titleOf } from '../../../kernel/model/views/matrix-sentence.js';

/** How it is drawn, what its degrees are, who has no connection, and what is not known here. */
export function notesOf(view: View, { source, known, mode }: Subject, camera: Camera, hasKernel: boolean, isWaiting: boolean): string[] {
  const isTiled = view.cells.kind === 'tiles';
  const caption = modeCaption(camera);
  const colour = detailOf(camera) !== 'tiles' ? '' : mode.quantity === undefined ? '; colour is the number of connections' : '; colour is the strongest live weight';
  return [
    `${caption.charAt(0).toUpperCase()}${caption.slice(1)}${colour}.`,
    ...(view.nnz > 0 ? [`Inputs per output: ${spreadText(view.degrees.inDegree)}; outputs per input: ${spreadText(view.degrees.outDegree)}.`] : []),
    ...orphanSentences(view),
    ...(isTiled && isWaiting ? ['Asking the kernel for detail…'] : []),
    ...(isTiled && !hasKernel && source === known ? [`Nothing finer than ${known.finest.down} × ${known.finest.across} cells is saved here, and no kernel holds this matrix: run the cell again to see all.`] : []),
  ];
}
