/** Writes a model under temporary names and renames it: whoever reads meanwhile, or after a crash, finds a whole one. */
import fs from 'node:fs/promises';
import path from 'node:path';
import { asList, isRecord } from '../record.js';
import type { ModelPlace } from '../model-path.js';

export interface ModelFiles {
  readonly json: string;
  readonly weights: Uint8Array;
}

let written = 0;
const temporary = (file: string): string => path.join(path.dirname(file), `.${path.basename(file)}.${process.pid}-${++written}.tmp`);

/**
 * @throws Error when something else is in the way, with nothing changed: a folder with other files than a saved model's, a file
 *   that is no saved model
 */
export async function replaceModel(place: ModelPlace, files: ModelFiles): Promise<void> {
  await fs.mkdir(path.dirname(place.target), { recursive: true });
  if (place.kind === 'file') {
    await refuseForeignFile(place);
    await replaceFiles(place, files);
  } else {
    const there = await refuseForeignFolder(place.target);
    await replaceFolder(place, files, there);
  }
}

/** Each file in its turn: the weights first, so that a new description never stands beside old weights alone. */
export async function replaceFiles({ json, bin }: ModelPlace, files: ModelFiles): Promise<void> {
  const [newBin, newJson] = [temporary(bin), temporary(json)];
  try {
    await fs.writeFile(newBin, files.weights);
    await fs.writeFile(newJson, files.json);
    await fs.rename(newBin, bin);
    await fs.rename(newJson, json);
  } finally {
    await Promise.all([newBin, newJson].map((file) => fs.rm(file, { force: true })));
  }
}

async function replaceFolder({ target, json, bin }: ModelPlace, files: ModelFiles, there: boolean): Promise<void> {
  const [fresh, old] = [temporary(target), temporary(target)];
  try {
    await fs.mkdir(fresh);
    await fs.writeFile(path.join(fresh, path.basename(bin)), files.weights);
    await fs.writeFile(path.join(fresh, path.basename(json)), files.json);
    if (there) await fs.rename(target, old);
    try {
      await fs.rename(fresh, target);
    } catch (error) {
      if (there) await fs.rename(old, target);
      throw error;
    }
  } finally {
    await Promise.all([fresh, old].map((folder) => fs.rm(folder, { recursive: true, force: true })));
  }
}

/** @returns whether the folder is there */
async function refuseForeignFolder(folder: string): Promise<boolean> {
  const names = await fs.readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error.code === 'ENOTDIR' ? new Error(`${folder} is a file; a model is saved as a folder, or as a .json file`) : error;
  });
  if (!names || names.length === 0) return names !== undefined;
  const own = names.includes('model.json') ? await ownFiles(path.join(folder, 'model.json')) : undefined;
  const foreign = names.find((name) => own?.has(name) !== true);
  if (foreign !== undefined) {
    const what = own ? `${foreign} beside a saved model` : `${foreign}, no saved model`;
    throw new Error(`${folder} holds ${what}; it is replaced as a whole, so save to another folder, or move that away first`);
  }
  return true;
}

async function refuseForeignFile({ json, bin }: ModelPlace): Promise<void> {
  if (await exists(json)) {
    if (!(await ownFiles(json))) throw new Error(`${json} exists and is no saved model; it is not overwritten, so save under another name`);
  } else if (await exists(bin)) {
    throw new Error(`${bin} exists without a model's ${path.basename(json)}; it is not overwritten, so save under another name`);
  }
}

const exists = (file: string): Promise<boolean> => fs.access(file).then(() => true, () => false);

/** The files that a model's JSON names, and itself; undefined when it is not a model's. */
async function ownFiles(json: string): Promise<Set<string> | undefined> {
  try {
    const read: unknown = JSON.parse(await fs.readFile(json, 'utf8'));
    const groups = isRecord(read) && isRecord(read['modelTopology']) ? asList(read['weightsManifest']) : undefined;
    return groups && new Set([path.basename(json), ...groups.filter(isRecord).flatMap(({ paths }) => (asList(paths) ?? []).map(String))]);
  } catch {
    return undefined;
  }
}
