import fs from 'node:fs/promises';
import path from 'node:path';
import type { LayersModel } from '@tensorflow/tfjs';
import { ArgumentError } from '../argument-error.js';
import { tf } from '../tf/tfjs.js';
import { parseJson, readArchive } from './keras/archive.js';
import { builtLayers } from './keras/built-layers.js';
import { readHdf5 } from './keras/hdf5.js';
import { setWeights } from './keras/set-weights.js';
import { archiveWeights, legacyWeights, type ReadWeights } from './keras/stored-weights.js';
import { fromKeras, type KerasTopology } from './keras/topology.js';
import { absolutePath } from './model-path.js';
import { isRecord, message, type Json } from './record.js';

/**
 * Reads a model that Keras saved: a `.keras` archive of Keras 3, or an `.h5` file of Keras 2 or 3. Layers of a class
 * `CustomConnected` (with `connections` and `bias_mask` in their configuration) become masked layers. The model is not compiled.
 *
 * @throws ArgumentError for another kind of file; Error that names the file, and the layer and argument that cannot be read
 */
export async function importKeras(where: string | URL): Promise<LayersModel> {
  const file = absolutePath('models.importKeras: path', where);
  const kind = /\.(keras|h5|hdf5)$/i.exec(file)?.[1]?.toLowerCase();
  if (kind === undefined) throw new ArgumentError('models.importKeras: path', where, 'a .keras or .h5 file', 'models.load reads what models.save wrote.');
  const bytes = await fs.readFile(file).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'ENOENT' ? new Error(`models.importKeras: there is no file ${file}`) : error;
  });
  const notes: string[] = [];
  try {
    const stored = await (kind === 'keras' ? fromArchive(bytes) : fromHdf5(bytes));
    const model = await build(stored, notes);
    if (stored.optimizer !== undefined) notes.push(`it was compiled with ${stored.optimizer}; compile it again to train it on, with an optimizer that starts anew`);
    for (const note of notes) console.warn(`models.importKeras: ${path.basename(file)}: ${note}`);
    return model;
  } catch (error) {
    throw new Error(`models.importKeras: file ${file} ${message(error)}`, { cause: error });
  }
}

interface Stored {
  readonly config: Json;
  readonly version: number;
  readonly weights: ReadWeights;
  /** How the model was compiled, as far as the file says so. */
  readonly optimizer: string | undefined;
}

async function fromArchive(bytes: Uint8Array): Promise<Stored> {
  const { config, metadata, weights } = await readArchive(bytes);
  const root = await readHdf5(weights, ['optimizer']);
  return { config, version: majorVersion(metadata['keras_version']), weights: archiveWeights(root), optimizer: optimizerIn(config['compile_config'], 'optimizer') };
}

async function fromHdf5(bytes: Uint8Array): Promise<Stored> {
  const root = await readHdf5(bytes, ['optimizer_weights']);
  const { model_config: config, keras_version: version, training_config: training } = root.attributes;
  if (config === undefined) throw new Error('has no "model_config": it holds weights only, or is no model of Keras');
  const optimizer = training === undefined ? undefined : optimizerIn(parseJson('training_config', training), 'optimizer_config');
  return { config: parseJson('model_config', config), version: majorVersion(version), weights: legacyWeights(root), optimizer };
}

/** Keras 1 and 2 are alike in what is read here; a file that does not say is taken for one of Keras 3. */
const majorVersion = (version: unknown): number => (/^\d+/.test(String(version)) ? Number.parseInt(String(version), 10) : 3);

function optimizerIn(compiled: unknown, key: string): string | undefined {
  const optimizer = isRecord(compiled) ? compiled[key] : undefined;
  const name = isRecord(optimizer) ? optimizer['class_name'] : optimizer;
  return typeof name === 'string' ? name.replace(/^.*>/, '') : undefined;
}

async function make(topology: KerasTopology['topology']): Promise<LayersModel> {
  const { registeredVariables } = tf.engine();
  const before = new Set(Object.keys(registeredVariables));
  // SAFETY: a JSON object, as tfjs takes it.
  const making = tf.models.modelFromJSON(topology as unknown as Parameters<typeof tf.models.modelFromJSON>[0]);
  // The layers are made by now, and nobody else's.
  const made = Object.keys(registeredVariables).filter((name) => !before.has(name));
  try {
    return await making;
  } catch (error) {
    for (const name of made) registeredVariables[name]?.dispose();
    throw new Error(`describes a model that cannot be made: ${message(error)}`, { cause: error });
  }
}

async function build({ config, version, weights }: Stored, notes: string[]): Promise<LayersModel> {
  const { topology, layers } = fromKeras(config, { version, leaveOut: (what) => void notes.push(`${what} is left out, as TensorFlow.js has none like it; it would act in training only`) });
  const model = await make(topology);
  try {
    const built = builtLayers(model, layers);
    setWeights(built, weights(built));
    return model;
  } catch (error) {
    // A model's own dispose leaves layers that it shares with a model inside.
    for (const variable of model.weights) variable.dispose();
    throw error;
  }
}
