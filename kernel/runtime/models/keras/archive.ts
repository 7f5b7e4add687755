/** The `.keras` archive of Keras 3: a zip of `config.json`, `metadata.json` and `model.weights.h5`. */
import { damagedFile, impossibleSize } from '../../../model/files/zip-directory.js';
import { isRecord, message, type Json } from '../record.js';

const CONFIG = 'config.json';
const METADATA = 'metadata.json';
const WEIGHTS = 'model.weights.h5';

export interface KerasArchive {
  readonly config: Json;
  readonly metadata: Json;
  readonly weights: Uint8Array;
}

/** @throws Error when the bytes are no such archive: it says what is missing */
export async function readArchive(bytes: Uint8Array): Promise<KerasArchive> {
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) throw new Error('is no .keras archive: it is no zip');
  const impossible = impossibleSize(bytes);
  if (impossible !== undefined) throw new Error(`is a damaged zip: it says that a file in it has ${impossible} bytes, more than it can hold`);
  const { unzipSync, strFromU8 } = await import('./zip.js');
  let files: Record<string, Uint8Array>;
  try {
    files = unzipSync(bytes);
  } catch (error) {
    throw new Error(`is a damaged zip (${message(error)})`, { cause: error });
  }
  const changed = damagedFile(bytes, files);
  if (changed !== undefined) throw new Error(`was changed since it was written: the checksum (CRC-32) of ${changed} is another`);
  const file = (name: string): Uint8Array => {
    const found = files[name];
    if (!found) throw new Error(`is no .keras archive: it has no ${name} (it has ${Object.keys(files).slice(0, 5).join(', ') || 'nothing'})`);
    return found;
  };
  const json = (name: string): Json => parseJson(name, strFromU8(file(name)));
  return { config: json(CONFIG), metadata: files[METADATA] ? json(METADATA) : {}, weights: file(WEIGHTS) };
}

/** Stored without compression, as Keras does. */
export async function writeArchive({ config, metadata, weights }: KerasArchive): Promise<Uint8Array> {
  const { zipSync, strToU8 } = await import('./zip.js');
  const files = { [METADATA]: strToU8(JSON.stringify(metadata)), [CONFIG]: strToU8(JSON.stringify(config)), [WEIGHTS]: weights };
  return zipSync(files, { level: 0 });
}

/** @throws Error that names what the text was to be */
export function parseJson(name: string, text: unknown): Json {
  let value: unknown;
  try {
    value = JSON.parse(String(text));
  } catch (error) {
    // V8 quotes the text around the fault as it is, line breaks and all.
    throw new Error(`has a damaged ${name} (${message(error).replaceAll(/\s+/g, ' ')})`, { cause: error });
  }
  if (!isRecord(value)) throw new Error(`has a damaged ${name}: it is no JSON object`);
  return value;
}
