/** A mask or model file as a picture: what `patchbay visualize` does. */
import fs from 'node:fs/promises';
import path from 'node:path';
import { kernelView } from '../../model/views/kernel-view.js';
import { maskView } from '../../model/views/mask-view.js';
import { isSmall } from '../../model/views/network/network-view.js';
import { networkSentence } from '../../model/views/network/sentence.js';
import { stackPictures } from '../../model/views/svg/stack-pictures.js';
import { ArgumentError } from '../argument-error.js';
import { loadMaskFile } from '../files/mask-files.js';
import { resolvePath } from '../files/path.js';
import { importKeras } from '../models/import-keras.js';
import { load } from '../models/load.js';
import { networkView } from '../show/network/show-network.js';
import { readKernel } from '../show/read-kernel.js';
import { pictureOfView, sentenceOfView, type View } from '../show/view-bundle.js';
import { writePicture } from '../show/write-picture.js';
import type { LayersModel } from '@tensorflow/tfjs';

const MASK_FILE = /\.(mtx|npy|npz|csv|json)$/i;
const KERAS_FILE = /\.(keras|h5|hdf5)$/i;

/**
 * Reads a mask (`.mtx`, `.npy`, `.npz`, `.csv`, `.json`) or a model (`.keras`, `.h5`, what `models.save` wrote) and writes its picture:
 * of a mask the connection matrix; of a model the net, when it is small enough to be drawn whole, and the kernel of each layer.
 *
 * @param out a `.png` or `.svg` file
 * @returns what there is to see, in sentences
 * @throws Error that names the file and says where in it something is wrong
 */
export async function visualizeFile(file: string, out: string): Promise<string[]> {
  if (!/\.(png|svg)$/i.test(out)) throw new ArgumentError('visualize: out', out, 'a path that ends in .png or .svg');
  const views = await viewsOf(file);
  const sentences = views.map(({ view, sentence }) => sentence ?? sentenceOfView(view));
  writePicture(out, stackPictures(views.flatMap(({ view, isDrawn }) => (isDrawn ? [pictureOfView(view)] : [])), sentences.join(' ')));
  return sentences;
}

interface Shown {
  readonly view: View;
  readonly sentence?: string;
  readonly isDrawn: boolean;
}

async function viewsOf(file: string): Promise<readonly Shown[]> {
  if (KERAS_FILE.test(file)) return viewsOfModel(path.basename(file), await importKeras(file));
  if (!MASK_FILE.test(file) || (/\.json$/i.test(file) && (await holdsModel(file)))) return viewsOfModel(path.basename(file), await load(file));
  return [{ view: maskView(await loadMaskFile(file), { title: path.basename(file) }), isDrawn: true }];
}

/** What does not parse is left to the reader of masks, whose message says where. */
async function holdsModel(file: string): Promise<boolean> {
  const text = await fs.readFile(resolvePath(file), 'utf8').catch(() => '');
  if (!text.includes('"modelTopology"')) return false;
  try {
    const json: unknown = JSON.parse(text);
    return typeof json === 'object' && json !== null && 'modelTopology' in json;
  } catch {
    return false;
  }
}

function viewsOfModel(title: string, model: LayersModel): readonly Shown[] {
  const net = networkView(model, { title });
  const isDrawn = isSmall(net);
  const skipped: string[] = [];
  const kernels = model.layers.flatMap((layer): Shown[] => {
    if (layer.weights.length === 0) return [];
    try {
      const { mask, weights } = readKernel('visualize', layer, undefined);
      return [{ view: kernelView(mask, weights, { layer: layer.name }), isDrawn: true }];
    } catch {
      skipped.push(`${layer.name} (${layer.getClassName()})`);
      return [];
    }
  });
  const without = skipped.length > 0 ? ` Without a picture: ${skipped.join(', ')}.` : '';
  if (!isDrawn && kernels.length === 0) throw new Error(`${title} has no layer whose connections can be drawn: ${networkSentence(net)}${without}`);
  return [{ view: net, sentence: `${networkSentence(net)}${without}`, isDrawn }, ...kernels];
}
