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

/** So often a model may be replaced while it is read. */
const MAX_CHANGES = 5;

/**
 * @param target a folder with `model.json`, or a `.json` file
 * @throws Error that names the file and says what is wrong with it
 */
export async function readModel(target: string): Promise<ReadModel> {
  const json = (await isFolder(target)) ? path.join(target, 'model.json') : target;
  const readText = (): Promise<string> =>
    fs.readFile(json, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
      throw new Error(json === target ? `there is no file or folder ${target}` : `the folder ${target} has no model.json: it is no saved model`);
    });
  for (let text = await readText(), changes = 0; ; changes++) {
    const read = await readFrom(json, text).catch((error: unknown) => new Error(`file ${json} ${message(error)}`, { cause: error }));
    const now = await readText();
    if (now === text || changes === MAX_CHANGES) {
      if (read instanceof Error) throw read;
      return read;
    }
    text = now;
  }
}

async function readFrom(json: string, text: string): Promise<ReadModel> {
  const { artifacts, paths, bytes, optimizerScalars } = fromJson(text);
  const { modelTopology } = artifacts;
  if (isRecord(modelTopology)) checkGraph(isRecord(modelTopology['model_config']) ? modelTopology['model_config'] : modelTopology);
  const data = await readWeights(path.dirname(json), paths);
  if (bytes !== data.byteLength && !Number.isNaN(bytes)) {
    throw new Error(`describes ${bytes} bytes of weights, but ${paths.join(', ')} has ${data.byteLength}: the two do not belong together, or one is damaged`);
  }
  return { artifacts: { ...artifacts, weightData: data }, optimizerScalars, json };
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
