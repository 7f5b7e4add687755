import fs from 'node:fs/promises';
import path from 'node:path';
import type { io } from '@tensorflow/tfjs';
import { isRecord, message } from '../record.js';
import { checkGraph } from './check-graph.js';
import { fromJson } from './model-file.js';

export interface ReadModel {
  readonly artifacts: io.ModelArtifacts;
  readonly optimizerScalars: unknown;
  readonly json: string;
}

/**
 * @param target a folder with `model.json`, or a `.json` file
 * @throws Error that names the file and says what is wrong with it
 */
export async function readModel(target: string): Promise<ReadModel> {
  const json = (await isFolder(target)) ? path.join(target, 'model.json') : target;
  const text = await fs.readFile(json, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    throw new Error(json === target ? `there is no file or folder ${target}` : `the folder ${target} has no model.json: it is no saved model`);
  });
  try {
    const { artifacts, paths, bytes, optimizerScalars } = fromJson(text);
    const { modelTopology } = artifacts;
    if (isRecord(modelTopology)) checkGraph(isRecord(modelTopology['model_config']) ? modelTopology['model_config'] : modelTopology);
    const data = await readWeights(path.dirname(json), paths);
    if (bytes !== data.byteLength && !Number.isNaN(bytes)) {
      throw new Error(`describes ${bytes} bytes of weights, but ${paths.join(', ')} has ${data.byteLength}: the two do not belong together, or one is damaged`);
    }
    return { artifacts: { ...artifacts, weightData: data }, optimizerScalars, json };
  } catch (error) {
    throw new Error(`file ${json} ${message(error)}`, { cause: error });
  }
}

async function readWeights(folder: string, paths: readonly string[]): Promise<ArrayBuffer> {
  const parts = await Promise.all(
    paths.map((name) =>
      fs.readFile(path.join(folder, name)).catch((error: NodeJS.ErrnoException) => {
        throw error.code === 'ENOENT' ? new Error(`names the file of weights ${name}, which is not beside it`) : error;
      }),
    ),
  );
  const data = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    data.set(part, at);
    at += part.length;
  }
  return data.buffer;
}

const isFolder = (target: string): Promise<boolean> => fs.stat(target).then((stat) => stat.isDirectory(), () => false);
