/** The picture of a view as a file. */
import path from 'node:path';
import { rasterizeBlocking } from '../../picture/rasterizer-thread.js';
import { writeFileAtomically } from '../../picture/write-file.js';
import { currentHost } from '../display/host.js';

/**
 * Writes an SVG document as `.svg` or `.png`; the file is whole when this returns. A relative path starts at the notebook's folder,
 * in a plain script at the working directory.
 *
 * @throws Error that names the file when its folder is missing or not writable
 */
export function writePicture(file: string, svg: string): void {
  const target = path.resolve(currentHost()?.notebookFolder ?? process.cwd(), file);
  const data = target.toLowerCase().endsWith('.svg') ? svg : rasterizeBlocking(svg);
  try {
    writeFileAtomically(target, data);
  } catch (error) {
    throw new Error(`${target} could not be written: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}
