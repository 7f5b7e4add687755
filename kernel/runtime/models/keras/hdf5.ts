/** HDF5 files as plain trees, through the HDF Group's own library (h5wasm: compiled to WebAssembly, loaded at first use). */
import { message } from '../record.js';
import { numbersOf, type Library } from './hdf5-numbers.js';

export interface Hdf5Dataset {
  readonly shape: readonly number[];
  readonly values: Float32Array | BigInt64Array;
}

export type Hdf5Attribute = string | readonly string[];

export interface Hdf5Group {
  readonly attributes: Readonly<Record<string, Hdf5Attribute>>;
  readonly groups: Readonly<Record<string, Hdf5Group>>;
  readonly datasets: Readonly<Record<string, Hdf5Dataset>>;
}

const SIGNATURE = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];

let opened = 0;

/** Runs `use` on a file that exists in the library's memory only. */
async function withFile<T>(use: (library: Library, name: string, files: FileSystem) => T): Promise<T> {
  const loaded = await import('h5wasm');
  const module = await loaded.ready;
  // In the bundle the library is a CommonJS file, of which `import` sees the exports as they were before it was ready.
  const library: Library = { ...loaded, Module: module };
  // Else the library prints its errors, and goes on.
  module.activate_throwing_error_handler();
  const name = `/${++opened}.h5`;
  const files: FileSystem = module.FS;
  try {
    return use(library, name, files);
  } finally {
    if (files.analyzePath(name).exists) files.unlink(name);
  }
}

interface FileSystem {
  writeFile(name: string, data: Uint8Array): void;
  readFile(name: string): Uint8Array;
  unlink(name: string): void;
  analyzePath(name: string): { exists: boolean };
}

/**
 * @param without names of groups at the top that are left out
 * @throws Error when the bytes are no HDF5 file, or a damaged one
 */
export async function readHdf5(bytes: Uint8Array, without: readonly string[] = []): Promise<Hdf5Group> {
  if (SIGNATURE.some((byte, k) => bytes[k] !== byte)) throw new Error('is no HDF5 file');
  return withFile((library, name, files) => {
    files.writeFile(name, bytes);
    try {
      const file = new library.File(name, 'r');
      try {
        return readGroup(library, file, { without, depth: 0 });
      } finally {
        file.close();
      }
    } catch (error) {
      throw new Error(`is a damaged HDF5 file (${reasonOf(error)})`, { cause: error });
    }
  });
}

/** Of the library's report, a stack of `#000: … line 1 in f(): what went wrong`, the last: where it began. */
function reasonOf(error: unknown): string {
  const reasons = [...message(error).matchAll(/#\d+:.*?\): (.+)/g)].map(([, reason]) => reason);
  return reasons.at(-1) ?? message(error).split('\n')[0] ?? '';
}

/** Deeper than any model is nested; a damaged file may hold itself. */
const MAX_DEPTH = 100;

function readGroup(library: Library, group: InstanceType<Library['Group']>, { without, depth }: { without: readonly string[]; depth: number }): Hdf5Group {
  if (depth > MAX_DEPTH) throw new Error(`has groups in groups, ${depth} deep: it is damaged`);
  const groups: Record<string, Hdf5Group> = {};
  const datasets: Record<string, Hdf5Dataset> = {};
  for (const name of group.keys()) {
    if (without.includes(name)) continue;
    const entity = group.get(name);
    if (entity instanceof library.Group) groups[name] = readGroup(library, entity, { without: [], depth: depth + 1 });
    else if (entity instanceof library.Dataset) {
      const values = numbersOf(library, entity);
      if (values) datasets[name] = { shape: entity.shape ?? [], values };
    }
  }
  const attributes: Record<string, Hdf5Attribute> = {};
  for (const [name, attribute] of Object.entries(group.attrs)) {
    const text = texts(attribute.value);
    if (text !== undefined) attributes[name] = text;
  }
  return { attributes, groups, datasets };
}

function texts(value: unknown): Hdf5Attribute | undefined {
  if (typeof value === 'string') return utf8(value);
  if (Array.isArray(value) && value.every((entry) => typeof entry === 'string')) return value.map(utf8);
  // An empty list has no strings to tell its type by: Keras stores it as one of numbers.
  return ArrayBuffer.isView(value) && value.byteLength === 0 ? [] : undefined;
}

/** Keras stores UTF-8 and calls it ASCII, which the library reads byte by byte. */
function utf8(text: string): string {
  if (/^[\0-\x7f]*$/.test(text)) return text;
  const known = asciiCodes();
  const bytes = Array.from(text, (character) => known.get(character));
  if (bytes.includes(undefined)) return text;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(bytes, (byte) => byte ?? 0));
  } catch {
    return text;
  }
}

let codes: ReadonlyMap<string, number> | undefined;

/** The bytes by the character that the decoder named after ASCII makes of each. */
const asciiCodes = (): ReadonlyMap<string, number> =>
  (codes ??= new Map(Array.from(new TextDecoder('ascii').decode(Uint8Array.from({ length: 256 }, (_, byte) => byte)), (character, byte) => [character, byte])));

export async function writeHdf5(root: Hdf5Group): Promise<Uint8Array> {
  return withFile((library, name, files) => {
    const file = new library.File(name, 'w');
    try {
      writeGroup(file, root);
    } finally {
      file.close();
    }
    // A copy: the library's memory moves when it grows.
    return Uint8Array.from(files.readFile(name));
  });
}

function writeGroup(into: InstanceType<Library['Group']>, { attributes, groups, datasets }: Hdf5Group): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'string') into.create_attribute(name, value);
    else if (value.length > 0) into.create_attribute(name, [...value]);
    else into.create_attribute(name, new Float64Array(0), [0], '<d');
  }
  for (const [name, { shape, values }] of Object.entries(datasets)) {
    into.create_dataset({ name, data: values, shape: [...shape], dtype: values instanceof Float32Array ? '<f' : '<q' });
  }
  for (const [name, group] of Object.entries(groups)) writeGroup(into.create_group(name), group);
}

/** The dataset at a path such as `masked_net/masked_1/kernel`. */
export function datasetAt(group: Hdf5Group, path: string): Hdf5Dataset | undefined {
  const names = path.split('/');
  const last = names.pop() ?? '';
  return groupAt(group, names)?.datasets[last];
}

export function groupAt(group: Hdf5Group, names: readonly string[]): Hdf5Group | undefined {
  return names.reduce<Hdf5Group | undefined>((found, name) => found?.groups[name], group);
}
