/** `model.save('file://…')` and `tf.loadLayersModel('file://…')`, which TensorFlow.js alone has in tfjs-node only. */
import fs from 'node:fs/promises';
import path from 'node:path';
import type { io } from '@tensorflow/tfjs';
import { tf } from '../../tf/tfjs.js';
import { absolutePath, modelPlace, pathOfUrl, SCHEME } from '../model-path.js';
import { toJson } from './model-file.js';
import { readModel } from './read-files.js';
import { replaceFiles } from './replace-files.js';

type Router = Parameters<typeof tf.io.registerLoadRouter>[0];

/** As tfjs-node's: other files of the folder stay. */
const handler = (url: string): io.IOHandler => ({
  async save(artifacts) {
    const place = modelPlace('model.save: file path', pathOfUrl(url));
    const weights = new Uint8Array(tf.io.CompositeArrayBuffer.join(artifacts.weightData));
    await fs.mkdir(path.dirname(place.json), { recursive: true });
    await replaceFiles(place, { json: toJson(artifacts), weights });
    return { modelArtifactsInfo: tf.io.getModelArtifactsInfoForJSON(artifacts) };
  },
  load: async () => (await readModel(absolutePath('tf.loadLayersModel: file path', pathOfUrl(url)))).artifacts,
});

/** Steps back where someone else answers as well: tfjs takes two answers for an error. */
function router(others: (url: string) => readonly io.IOHandler[]): Router {
  let asking = false;
  // SAFETY: tfjs keeps a router's answer only when it is not null; its declaration forgets that.
  return ((url: string | string[]) => {
    if (asking || typeof url !== 'string' || !url.startsWith(SCHEME)) return null;
    asking = true;
    try {
      return others(url).length > 0 ? null : handler(url);
    } finally {
      asking = false;
    }
  }) as Router;
}

tf.io.registerSaveRouter(router((url) => tf.io.getSaveHandlers(url)));
tf.io.registerLoadRouter(router((url) => tf.io.getLoadHandlers(url)));
