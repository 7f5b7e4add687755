/**
 * Writes a model over another one so that whoever reads meanwhile, or after the process was killed, finds a whole one.
 *
 * A description names its file of weights, and renaming it into place is the one step that counts: until then the old weights lie
 * untouched, so new ones first get a name of their own, and theirs only when nothing refers to the old ones any more.
 */
import { randomBytes } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { writePiecesAtomically } from '../../../picture/write-pieces.js';
import type { ModelPlace } from '../model-path.js';
import { asList, isRecord } from '../record.js';

export interface ModelFiles {
  /** @param bin name of the file of weights, beside it */
  json(bin: string): string;
  readonly weights: Uint8Array;
}

/**
 * @throws Error when something else is in the way, with nothing changed: a folder with other files than a saved model's, a file
 *   that is no saved model
 */
export async function replaceModel(place: ModelPlace, files: ModelFiles): Promise<void> {
  await fs.mkdir(path.dirname(place.target), { recursive: true });
  if (place.kind === 'file') {
    await refuseForeignFile(place);
    await replaceFiles(place, files);
    return;
  }
  const there = await refuseForeignFolder(place.target);
  if (there.length === 0) {
    await newFolder(place, files);
    return;
  }
  await replaceFiles(place, files);
  const kept = [place.json, place.bin].map((file) => path.basename(file));
  await Promise.all(there.filter((name) => !kept.includes(name)).map((name) => fs.rm(path.join(place.target, name), { force: true })));
}

/** Made beside, then renamed: a folder with one file alone is never seen. */
async function newFolder({ target, json, bin }: ModelPlace, files: ModelFiles): Promise<void> {
  const fresh = path.join(path.dirname(target), `.${path.basename(target)}.${suffix()}`);
  try {
    await fs.mkdir(fresh);
    await writePiecesAtomically(path.join(fresh, path.basename(bin)), [files.weights]);
    await writePiecesAtomically(path.join(fresh, path.basename(json)), [files.json(path.basename(bin))]);
    // An empty one may be there.
    await fs.rmdir(target).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
    });
    await fs.rename(fresh, target);
  } catch (error) {
    await fs.rm(fresh, { recursive: true, force: true });
    throw error;
  }
}

const suffix = (): string => `${randomBytes(4).toString('hex')}.tmp`;

/** Other files beside them stay. */
export async function replaceFiles({ json, bin }: ModelPlace, files: ModelFiles): Promise<void> {
  const name = path.basename(bin);
  if (!(await exists(bin))) {
    await writePiecesAtomically(bin, [files.weights]);
    await writePiecesAtomically(json, [files.json(name)]);
    return;
  }
  const before = await ownFiles(json);
  const own = path.join(path.dirname(bin), `${path.parse(bin).name}-${randomBytes(4).toString('hex')}.bin`);
  try {
    await writePiecesAtomically(own, [files.weights]);
    await writePiecesAtomically(json, [files.json(path.basename(own))]);
    const again = `${bin}.${suffix()}`;
    // A disk without links has copies.
    await fs.link(own, again).catch(() => fs.copyFile(own, again));
    await fs.rename(again, bin);
    await writePiecesAtomically(json, [files.json(name)]);
  } catch (error) {
    // The description may be the new one: then these are its weights.
    if (!(await ownFiles(json))?.has(path.basename(own))) await fs.rm(own, { force: true });
    throw error;
  }
  // Also what a process that was killed had got to.
  const left = [...(before ?? [])].filter((file) => file.startsWith(`${path.parse(bin).name}-`) && /-[0-9a-f]{8}\.bin$/.test(file));
  await Promise.all([path.basename(own), ...left].map((file) => fs.rm(path.join(path.dirname(bin), file), { force: true })));
}

/** What a process that was killed leaves in the folder of a saved model. */
const LEFT = /^(weights-[0-9a-f]{8}\.bin|weights\.bin|(weights(-[0-9a-f]{8})?\.bin|model\.json)\.[0-9a-f]{8}\.tmp)$/;

/** @returns the files in it */
async function refuseForeignFolder(folder: string): Promise<string[]> {
  const names = await fs.readdir(folder).catch((error: NodeJS.ErrnoException): string[] => {
    if (error.code === 'ENOENT') return [];
    throw error.code === 'ENOTDIR' ? new Error(`${folder} is a file; a model is saved as a folder, or as a .json file`) : error;
  });
  const own = names.includes('model.json') ? await ownFiles(path.join(folder, 'model.json')) : undefined;
  const foreign = names.find((name) => own?.has(name) !== true && !(own && LEFT.test(name)));
  if (foreign !== undefined) {
    const what = own ? `${foreign} beside a saved model` : `${foreign}, no saved model`;
    throw new Error(`${folder} holds ${what}; it is replaced as a whole, so save to another folder, or move that away first`);
  }
  return names;
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
