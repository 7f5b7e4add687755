import path from 'node:path';
import type { LayersModel, io } from '@tensorflow/tfjs';
import { ArgumentError } from '../argument-error.js';
import { tf } from '../tf/tfjs.js';
import { modelPlace } from './model-path.js';
import { message } from './record.js';
import { toJson } from './store/model-file.js';
import { readOptimizer } from './store/optimizer-state.js';
import { replaceModel } from './store/replace-files.js';

export interface SavedModel {
  /** Absolute: the folder, or the `.json` file. */
  readonly path: string;
  readonly files: readonly string[];
  readonly bytes: number;
  /** What could not be stored, in a sentence that was printed as a warning too, once for an optimizer. */
  readonly left?: string;
}

/**
 * Saves wiring, weights and, where the model is compiled, its optimizer with all that it has gathered: `load` gives a model that
 * trains on bit by bit as this one would. A mask is stored once, a masked layer's weights packed.
 *
 * @param where a folder (a path without extension), which is replaced at once if it holds a saved model and nothing else; or a
 *   `.json` file, with a `.bin` beside it
 * @throws ArgumentError for another kind of path, Error when something else is in the way; nothing is changed then
 */
export async function save(model: LayersModel, where: string | URL): Promise<SavedModel> {
  if (!(model instanceof tf.LayersModel)) throw new ArgumentError('models.save: model', model, 'a model, e.g. of tf.sequential or tf.model');
  const place = modelPlace('models.save: path', where);
  const artifacts = await artifactsOf(model);
  const optimizer = await readOptimizer(model);
  const weights = concatenated([artifacts.weightData, optimizer.weights?.data]);
  const all: io.ModelArtifacts = {
    ...artifacts,
    ...(optimizer.trainingConfig && { trainingConfig: optimizer.trainingConfig }),
    weightSpecs: [...(artifacts.weightSpecs ?? []), ...(optimizer.weights?.specs ?? [])],
  };
  const json = toJson(all, optimizer.scalars);
  try {
    await replaceModel(place, { json, weights });
  } catch (error) {
    throw new Error(`models.save: ${message(error)}`, { cause: error });
  }
  if (optimizer.left !== undefined) warnOnce(model, optimizer.left);
  return {
    path: place.target,
    files: [place.json, place.bin],
    bytes: Buffer.byteLength(json(path.basename(place.bin))) + weights.length,
    ...(optimizer.left !== undefined && { left: optimizer.left }),
  };
}

/** What each optimizer's owner was told: a checkpoint comes every few epochs. */
const told = new WeakMap<object, string>();

function warnOnce({ name, optimizer }: LayersModel, left: string): void {
  // The rate in it is another one each time.
  const kind = left.replace(/[\d.e-]+$/, '');
  if (told.get(optimizer) === kind) return;
  told.set(optimizer, kind);
  console.warn(`models.save: ${name}: ${left}`);
}

/** What tfjs would hand to a storage: topology, weights, metadata. */
export async function artifactsOf(model: LayersModel): Promise<io.ModelArtifacts> {
  let given: io.ModelArtifacts | undefined;
  await model.save(
    tf.io.withSaveHandler(async (artifacts) => {
      given = artifacts;
      return { modelArtifactsInfo: tf.io.getModelArtifactsInfoForJSON(artifacts) };
    }),
  );
  if (!given) throw new Error(`tfjs handed nothing of model ${model.name} to its storage`);
  return given;
}

function concatenated(parts: readonly (io.WeightData | undefined)[]): Uint8Array {
  return Buffer.concat(parts.filter((part) => part !== undefined).map((part) => new Uint8Array(tf.io.CompositeArrayBuffer.join(part))));
}
