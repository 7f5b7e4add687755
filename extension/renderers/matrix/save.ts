/** A matrix as files. */
import { matrixCsv } from '../../../kernel/model/views/matrix/table-data.js';
import { matrixPicture } from '../../../kernel/model/views/svg/matrix-picture.js';
import type { Theme } from '../theme.js';
import { download, fileName } from '../widgets/save-file.js';
import { opaquePng, rasterUri } from './picture-files.js';
import type { Subject, View } from './drawn.js';
import { titleOf } from './texts.js';

export interface Saved {
  readonly view: View;
  readonly subject: Subject;
  readonly canvas: HTMLCanvasElement;
  readonly theme: Theme;
  /** An element of the output. */
  readonly near: HTMLElement;
}

/** What is on screen, in device pixels. */
export const savePng = ({ view, canvas, theme, near }: Saved): void => opaquePng(canvas, theme, (blob) => download(near, fileName(titleOf(view), 'png'), blob));

/** The whole matrix with title and legend, on white: as in the saved notebook. */
export const saveSvg = ({ view, near }: Saved): void => download(near, fileName(titleOf(view), 'svg'), new Blob([matrixPicture(view, rasterUri)], { type: 'image/svg+xml' }));

export const saveCsv = ({ view, subject, near }: Saved): void =>
  download(near, fileName(titleOf(view), 'csv'), new Blob([matrixCsv(subject.known, view.names, subject.mode.quantity)], { type: 'text/csv' }));
