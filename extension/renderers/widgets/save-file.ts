/** A view as a file. */
import { make } from '../dom.js';
import { button, group } from './controls.js';

export type FileKind = 'PNG' | 'SVG' | 'CSV';

export interface Files {
  /** For the name of the file. */
  readonly title: string;
  /** The static picture, an SVG: opaque, the same in every theme. */
  readonly picture: () => string;
  readonly csv: () => string;
}

/** The buttons that save. */
export const saveGroup = (save: (kind: FileKind) => void): HTMLElement =>
  group('Save as', make('span', {}, 'save'), ...(['PNG', 'SVG', 'CSV'] as const).map((kind) => button(kind, () => save(kind), `Save as ${kind}`)));

/**
 * @param near an element of the output: VS Code looks at clicks inside of outputs
 * @throws Error when the browser cannot make the PNG
 */
export async function saveAs(near: HTMLElement, kind: FileKind, { title, picture, csv }: Files): Promise<void> {
  const name = fileName(title, kind.toLowerCase());
  if (kind === 'CSV') return download(near, name, new Blob([csv()], { type: 'text/csv' }));
  const svg = picture();
  download(near, name, kind === 'SVG' ? new Blob([svg], { type: 'image/svg+xml' }) : await pngOf(svg));
}

/** Twice as dense as the picture's own pixels. */
async function pngOf(svg: string): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = make('canvas');
  canvas.width = 2 * image.naturalWidth;
  canvas.height = 2 * image.naturalHeight;
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('the picture could not be made'))), 'image/png'));
}

/** VS Code asks where to, a browser puts it into its downloads. */
export function download(near: HTMLElement, name: string, content: Blob): void {
  const link = make('a', { display: 'none' });
  link.href = URL.createObjectURL(content);
  link.download = name;
  near.append(link);
  link.click();
  link.remove();
  // The click is looked at after this, asynchronously.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** A title as the name of a file. */
export const fileName = (title: string, ending: string): string => `${title.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '').slice(0, 60) || 'view'}.${ending}`;
