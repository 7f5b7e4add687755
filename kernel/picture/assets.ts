/** Files that lie beside the bundles: the rasterizer, its WebAssembly and its font; the sparse kernels, and the thread that trains with them. */
import fs from 'node:fs';
import path from 'node:path';

export type Asset = 'rasterizer.js' | 'resvg.wasm' | 'DejaVuSans.ttf' | 'sparse-kernels.wasm' | 'trainer.js';

/**
 * The absolute path of an asset: beside this bundle (`dist/kernel`), in `kernel` beside its folder (from `dist/npm`), or in
 * `dist/kernel` of a folder above (from the sources).
 *
 * @throws Error that names the file and the command that makes it.
 */
export function assetFile(name: Asset, from: string = __dirname): string {
  for (let folder = from; ; folder = path.dirname(folder)) {
    const found = [folder, path.join(folder, 'kernel'), path.join(folder, 'dist', 'kernel')].map((place) => path.join(place, name)).find((file) => fs.existsSync(file));
    if (found) return found;
    if (path.dirname(folder) === folder) break;
  }
  throw new Error(`Patchbay is not complete: ${name} is missing, looked for from ${from} upwards. Install patchbay again (in its sources: npm run build)`);
}
