import fs from 'node:fs/promises';
import type { LayersModel, Tensor } from '@tensorflow/tfjs';
import { ArgumentError } from '../argument-error.js';
import { tf } from '../tf/tfjs.js';
import { parseJson, readArchive } from './keras/archive.js';
import { readHdf5, type Hdf5Dataset } from './keras/hdf5.js';
import { archiveWeights, legacyWeights, type WeightsOf } from './keras/stored-weights.js';
import { fromKeras, type KerasTopology } from './keras/topology.js';
import { absolutePath } from './model-path.js';
import { message } from './record.js';

/**
 * Reads a model that Keras saved: a `.keras` archive of Keras 3, or an `.h5` file of Keras 2 or 3. Layers of a class
 * `CustomConnected` (with `connections` and `bias_mask` in their configuration) become masked layers. The model is not compiled.
 *
 * @throws ArgumentError for another kind of file; Error that names the file, and the layer and argument that cannot be read
 */
export async function importKeras(where: string): Promise<LayersModel> {
  const file = absolutePath('models.importKeras: path', where);
  const kind = /\.(keras|h5|hdf5)$/i.exec(file)?.[1]?.toLowerCase();
  if (kind === undefined) throw new ArgumentError('models.importKeras: path', where, 'a .keras or .h5 file', 'models.load reads what models.save wrote.');
  const bytes = await fs.readFile(file).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'ENOENT' ? new Error(`models.importKeras: there is no file ${file}`) : error;
  });
  try {
    const { topology, weightsOf } = await (kind === 'keras' ? fromArchive(bytes) : fromHdf5(bytes));
    return await build(topology, weightsOf);
  } catch (error) {
    throw new Error(`models.importKeras: file ${file} ${message(error)}`, { cause: error });
  }
}

interface Stored {
  readonly topology: KerasTopology;
  readonly weightsOf: WeightsOf;
}

async function fromArchive(bytes: Uint8Array): Promise<Stored> {
  const { config, metadata, weights } = await readArchive(bytes);
  const topology = fromKeras(config, majorVersion(metadata['keras_version']));
  return { topology, weightsOf: archiveWeights(await readHdf5(weights), topology.layers.filter(({ className }) => className !== 'InputLayer')) };
}

async function fromHdf5(bytes: Uint8Array): Promise<Stored> {
  const root = await readHdf5(bytes);
  const config = root.attributes['model_config'];
  if (config === undefined) throw new Error('has no "model_config": it holds weights only, or is no model of Keras');
  return { topology: fromKeras(parseJson('model_config', config), majorVersion(root.attributes['keras_version'])), weightsOf: legacyWeights(root) };
}

/** Keras 1 and 2 are alike in what is read here. */
const majorVersion = (version: unknown): number => (/^\d+/.exec(String(version)) ? Number.parseInt(String(version), 10) : 3);

async function build({ topology, layers }: KerasTopology, weightsOf: WeightsOf): Promise<LayersModel> {
  // SAFETY: a JSON object, as tfjs takes it.
  const model = await tf.models.modelFromJSON(topology as unknown as Parameters<typeof tf.models.modelFromJSON>[0]);
  layers
    .filter(({ className }) => className !== 'InputLayer')
    .forEach((described, position) => {
      const layer = model.getLayer(described.name);
      const stored = weightsOf(described, position);
      const expected = layer.getWeights();
      const fits = stored.length === expected.length && stored.every(({ shape }, k) => String(shape) === String(expected[k]?.shape));
      expected.forEach((tensor) => disposeCopy(layer.weights, tensor));
      if (!fits) throw new Error(`holds weights of shapes ${shapes(stored)} for layer ${described.name}, which has ${shapes(expected)}`);
      const values = stored.map(toTensor);
      layer.setWeights(values);
      tf.dispose(values);
    });
  return model;
}

const toTensor = ({ shape, values }: Hdf5Dataset): Tensor => tf.tensor(Float32Array.from(values, Number), [...shape], 'float32');

/** A masked layer gives copies, another one its variables. */
function disposeCopy(variables: readonly { read(): Tensor }[], tensor: Tensor): void {
  if (!variables.some((variable) => variable.read() === tensor)) tensor.dispose();
}

const shapes = (list: readonly { readonly shape: readonly number[] }[]): string => list.map(({ shape }) => `[${shape.join(', ')}]`).join(', ') || 'none';
