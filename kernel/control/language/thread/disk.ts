/**
 * The files of the disk that cells import, read once and read again when they have changed.
 */
import fs from 'node:fs';

interface Entry {
  readonly text: string | undefined;
  readonly modified: number;
  readonly version: number;
}

/** Not looked at again within this time: one request asks for a file many times. */
const FRESH_MS = 500;

export class Disk {
  readonly #files = new Map<string, Entry>();
  readonly #exists = new Map<string, boolean>();
  #checked = 0;
  #version = 0;

  /** Changes when any file that was read, or looked for in vain, is not as it was. */
  get version(): number {
    return this.#version;
  }

  read(path: string): { readonly text: string; readonly version: number } | undefined {
    let entry = this.#files.get(path);
    if (entry === undefined) {
      entry = { ...load(path), version: 1 };
      this.#files.set(path, entry);
    }
    return entry.text === undefined ? undefined : { text: entry.text, version: entry.version };
  }

  fileExists(path: string): boolean {
    let exists = this.#exists.get(path);
    if (exists === undefined) {
      exists = isFile(path);
      this.#exists.set(path, exists);
    }
    return exists;
  }

  /** Forgets what is not so any more. Files of packages change only with their folder, which an install makes anew. */
  refresh(now = performance.now()): void {
    if (now - this.#checked < FRESH_MS) return;
    this.#checked = now;
    for (const [path, entry] of this.#files) {
      if (path.includes('/node_modules/')) continue;
      const modified = modifiedAt(path);
      if (modified === entry.modified) continue;
      this.#files.set(path, { ...load(path), version: entry.version + 1 });
      this.#version++;
    }
    // What is looked for and not there is many paths; those in the folder itself are few.
    for (const [path, existed] of this.#exists) {
      if (path.includes('/node_modules/') && existed) continue;
      if (isFile(path) === existed) continue;
      this.#exists.set(path, !existed);
      this.#version++;
    }
  }
}

function load(path: string): { readonly text: string | undefined; readonly modified: number } {
  try {
    return { text: fs.readFileSync(path, 'utf8').replace(/^\uFEFF/, ''), modified: modifiedAt(path) };
  } catch {
    return { text: undefined, modified: -1 };
  }
}

function modifiedAt(path: string): number {
  return fs.statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? -1;
}

function isFile(path: string): boolean {
  try {
    return fs.statSync(path, { throwIfNoEntry: false })?.isFile() === true;
  } catch {
    return false;
  }
}
