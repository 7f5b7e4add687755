/** Curves as a file. Picture files are the static picture: opaque, and the same in every theme. */
import { lossCsv } from '../../../kernel/model/views/loss/export.js';
import type { LossView } from '../../../kernel/model/views/loss-view.js';
import { lossPicture } from '../../../kernel/model/views/svg/loss-picture.js';
import { make } from '../dom.js';

const SCALE = 2;

export async function saveLoss(view: LossView, as: 'png' | 'svg' | 'csv'): Promise<void> {
  const name = `${(view.title ?? 'loss').replace(/[^\p{L}\p{N}]+/gu, '-').slice(0, 60) || 'loss'}.${as}`;
  if (as === 'csv') return download(name, new Blob([lossCsv(view)], { type: 'text/csv' }));
  const svg = lossPicture(view);
  return download(name, as === 'svg' ? new Blob([svg], { type: 'image/svg+xml' }) : await asPng(svg));
}

async function asPng(svg: string): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = make('canvas');
  canvas.width = SCALE * image.naturalWidth;
  canvas.height = SCALE * image.naturalHeight;
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('the picture could not be made'))), 'image/png'));
}

/** VS Code asks where to; a browser downloads. */
function download(name: string, blob: Blob): void {
  const link = make('a', { display: 'none' });
  link.download = name;
  link.href = URL.createObjectURL(blob);
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
