import type { LayersModel } from '@tensorflow/tfjs';
import { ArgumentError } from '../argument-error.js';
import { tf } from '../tf/tfjs.js';
import { absolutePath } from './model-path.js';
import { message } from './record.js';
import { setScalars } from './store/optimizer-state.js';
import { readModel } from './store/read-files.js';
import { loadUnconstrained } from './store/unconstrained.js';

/**
 * Loads what `models.save`, `model.save('file://…')` or tfjs-node wrote: a folder with `model.json`, or a `.json` file. No layer
 * needs to be registered for it, except the user's own classes.
 *
 * @throws Error that names the file and says what is wrong with it
 */
export async function load(where: string | URL): Promise<LayersModel> {
  const target = absolutePath('models.load: path', where);
  if (/\.(keras|h5|hdf5)$/i.test(target)) throw new ArgumentError('models.load: path', where, 'a folder or a .json file', 'models.importKeras reads files of Keras.');
  try {
    const { artifacts, optimizerScalars, json } = await readModel(target);
    try {
      const model = await tf.loadLayersModel(tf.io.fromMemory(artifacts));
      loadUnconstrained(model, artifacts);
      if (model.optimizer) setScalars(model.optimizer, optimizerScalars);
      return model;
    } catch (error) {
      throw new Error(`file ${json} cannot be loaded: ${message(error)}`, { cause: error });
    }
  } catch (error) {
    throw new Error(`models.load: ${message(error)}`, { cause: error });
  }
}
