import fs from 'node:fs/promises';
import path from 'node:path';
import type { LayersModel } from '@tensorflow/tfjs';
import { ArgumentError } from '../argument-error.js';
import { writePiecesAtomically } from '../../picture/write-pieces.js';
import { tf } from '../tf/tfjs.js';
import { writeArchive } from './keras/archive.js';
import { CUSTOM_MODULE, toKeras, type ExportForm } from './keras/export-config.js';
import { archiveGroup, exportedLayers, legacyGroup, type ExportedLayer } from './keras/export-weights.js';
import { writeHdf5 } from './keras/hdf5.js';
import { CUSTOM_CONNECTED, MARK } from './keras/python-class.js';
import { absolutePath } from './model-path.js';
import { isRecord, message, type Json } from './record.js';

export interface ExportOptions {
  /** Masked layers as Keras's own layers with zeros in their kernels (`dense`, the default), or as `CustomConnected` (`custom`). */
  as?: 'dense' | 'custom';
}

const VERSION = '3.0.0';

/**
 * Writes a model for Keras 3. As `dense` it loads without any code, and training it in Keras also trains what was not connected;
 * as `custom` its connections stay, and the Python class is written beside it as `custom_connected.py`.
 *
 * @param where a `.keras` archive, or an `.h5` file in Keras's older format
 * @throws ArgumentError for another path or option; Error that names the layer that Keras 3 has not
 */
export async function exportKeras(model: LayersModel, where: string | URL, options: ExportOptions = {}): Promise<void> {
  if (!(model instanceof tf.LayersModel)) throw new ArgumentError('models.exportKeras: model', model, 'a model, e.g. of tf.sequential or tf.model');
  const file = absolutePath('models.exportKeras: path', where);
  const kind = /\.(keras|h5)$/i.exec(file)?.[1]?.toLowerCase();
  if (kind !== 'keras' && kind !== 'h5') throw new ArgumentError('models.exportKeras: path', where, 'a .keras or .h5 file');
  const { as = 'dense' } = options;
  if (as !== 'dense' && as !== 'custom') throw new ArgumentError('models.exportKeras: as', as, `'dense' or 'custom'`);
  const form: ExportForm = { as, file: kind };
  try {
    // A Sequential that has no input shape has no inputs yet, whatever its type says.
    if (!model.inputs?.[0]) throw new Error(`model ${model.name} has no weights yet: give its first layer an inputShape`);
    const topology: unknown = model.toJSON(null, false);
    if (!isRecord(topology)) throw new Error(`model ${model.name} has no topology`);
    const config = toKeras(model, topology, form);
    const layers = exportedLayers(model, form);
    const bytes = kind === 'keras' ? await archive(config, layers) : await writeHdf5(legacyGroup(JSON.stringify(config), layers, VERSION));
    if (as === 'custom') await writePythonClass(path.dirname(file));
    await fs.mkdir(path.dirname(file), { recursive: true });
    await writePiecesAtomically(file, [bytes]);
  } catch (error) {
    throw new Error(`models.exportKeras: ${message(error)}`, { cause: error });
  }
}

async function archive(config: Json, layers: readonly ExportedLayer[]): Promise<Uint8Array> {
  const now = new Date().toISOString();
  return writeArchive({ config, metadata: { keras_version: VERSION, date_saved: now.slice(0, 19).replace('T', '@') }, weights: await writeHdf5(archiveGroup(layers)) });
}

/** One file serves all models of a folder. @throws Error when a file of that name is someone else's */
async function writePythonClass(folder: string): Promise<void> {
  const file = path.join(folder, `${CUSTOM_MODULE}.py`);
  const there = await fs.readFile(file, 'utf8').catch(() => undefined);
  if (there === CUSTOM_CONNECTED) return;
  if (there !== undefined && !there.startsWith(MARK)) throw new Error(`${file} exists and is not ours; it is not overwritten, so export to another folder`);
  await fs.mkdir(folder, { recursive: true });
  await writePiecesAtomically(file, [CUSTOM_CONNECTED]);
}
