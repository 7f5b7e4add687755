/** The result of a cell as a mime bundle, picture included. Loads no tfjs: the kernel's main thread uses it for every cell. */
import { rasterize } from '../../picture/rasterizer-thread.js';
import type { MimeBundle } from '../../protocol/messages.js';
import { bundleOf } from './bundle-of.js';
import { pictureOf } from './picture-of.js';

/** Like `bundleOf`, with the PNG of a view made in a thread of its own. An empty bundle shows nothing. */
export async function toBundle(value: unknown): Promise<MimeBundle> {
  const bundle = await bundleOf(value);
  const svg = pictureOf(bundle);
  if (svg === undefined || 'image/png' in bundle) return bundle;
  try {
    return { ...bundle, 'image/png': Buffer.from(await rasterize(svg)).toString('base64') };
  } catch (error) {
    // The view and its sentence still stand; the log says why the picture is missing.
    process.emitWarning(`no picture for a view: ${error instanceof Error ? error.message : String(error)}`, { type: 'PatchbayPicture' });
    return bundle;
  }
}
