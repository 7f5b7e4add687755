import type { MaskData } from '../mask-data.js';
import { MaskFileError, quoted } from './mask-file-error.js';
import { readNpy } from './npy.js';
import { readNpyWord } from './npy-array.js';
import { inMember, memberOf, type Member } from './npz-member.js';
import { readScipySparse } from './scipy-sparse.js';
import { damagedFile, impossibleSize } from './zip-directory.js';

/** What this leaf lacks and its caller has. */
export interface NpzTools {
  /** UTF-8 to text; throws on bytes that are none. */
  readonly decodeText: (bytes: Uint8Array) => string;
  /** The files of a zip archive by name; throws on bytes that are none. */
  readonly unzip: (bytes: Uint8Array) => Readonly<Record<string, Uint8Array>>;
}

/**
 * Reads a mask from an `.npz` file: a sparse matrix as `scipy.sparse.save_npz` writes it (CSR, CSC, COO, BSR or DIA), or a
 * plain NumPy archive with one 2-D array of 0 and 1, or with several of which one is called `mask`.
 *
 * @throws MaskFileError with the array and its byte
 */
export function readNpz(file: string, bytes: Uint8Array, tools: NpzTools): MaskData {
  const members = membersOf(file, bytes, tools);
  const named = (name: string): Member => {
    const found = members.get(name);
    if (found === undefined) throw new MaskFileError(file, '', `the archive has no array ${quoted(name)}, only ${[...members.keys()].map(quoted).join(', ')}`, 'Write it again with scipy.sparse.save_npz.');
    return memberOf(file, name, found, tools.decodeText);
  };
  const format = members.get('format');
  if (format !== undefined) return readScipySparse(inMember(file, 'format', () => readNpyWord('', format, tools.decodeText)), named, (name) => members.has(name));
  const [only] = members.size === 1 ? members.keys() : members.has('mask') ? ['mask'] : [];
  const data = only === undefined ? undefined : members.get(only);
  if (only === undefined || data === undefined) {
    const problem = members.size === 0 ? 'the archive holds no .npy file' : `the archive holds ${members.size} arrays, ${[...members.keys()].map(quoted).join(', ')}, and none is called "mask"`;
    throw new MaskFileError(file, '', problem, 'Save the mask alone: numpy.savez_compressed(path, mask=array).');
  }
  return inMember(file, only, () => readNpy('', data, tools.decodeText));
}

/** The arrays by name, without `.npy`. */
function membersOf(file: string, bytes: Uint8Array, tools: NpzTools): ReadonlyMap<string, Uint8Array> {
  const remedy = 'Write it again with numpy.savez or scipy.sparse.save_npz.';
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) throw new MaskFileError(file, 'byte 0', 'the file does not begin as a zip archive does (PK), and an .npz file is one', remedy);
  const impossible = impossibleSize(bytes);
  if (impossible !== undefined) throw new MaskFileError(file, '', `the zip archive says that a file in it has ${impossible} bytes, more than it can hold`, `The file was changed since it was written. ${remedy}`);
  let files: Readonly<Record<string, Uint8Array>>;
  try {
    files = tools.unzip(bytes);
  } catch (error) {
    throw new MaskFileError(file, '', `the zip archive cannot be read (${error instanceof Error ? error.message : String(error)})`, `The file was cut or changed. ${remedy}`);
  }
  const damaged = damagedFile(bytes, files);
  if (damaged !== undefined) throw new MaskFileError(file, damaged, 'its checksum (CRC-32) is not the one in the archive', `The file was changed since it was written. ${remedy}`);
  const arrays = Object.entries(files).filter(([name]) => name.endsWith('.npy'));
  return new Map(arrays.map(([name, data]) => [name.slice(0, -'.npy'.length), data]));
}
