import fs from 'node:fs';
import type { Parser } from '../../compile/index.js';
import { findTsconfig, readTsconfig, type Project } from './read-tsconfig.js';

const EMPTY: Project = { options: {}, emit: {}, mapping: undefined, files: [], problems: [] };

/** The settings of the folder of a notebook: those of its `tsconfig.json`, read again when a file of it has changed. */
export class NotebookProject {
  readonly #folder: string;
  #stamp: string | undefined;
  #files: readonly string[] = [];
  #project = EMPTY;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** What holds now, and whether it was read just now: then its problems have not been told yet. */
  current(ts: Parser): { readonly project: Project; readonly isNew: boolean } {
    const file = findTsconfig(this.#folder);
    const isKnown = file === this.#files[0] && this.#stamp !== undefined && stampOf(this.#files) === this.#stamp;
    if (isKnown) return { project: this.#project, isNew: false };
    const wasEmpty = this.#stamp === undefined && file === undefined;
    this.#project = file === undefined ? EMPTY : readTsconfig(ts, file);
    this.#files = this.#project.files;
    this.#stamp = stampOf(this.#files);
    return { project: this.#project, isNew: !wasEmpty };
  }
}

/** Changes when a file changes, comes or goes. */
function stampOf(files: readonly string[]): string {
  return files
    .map((file) => {
      const found = fs.statSync(file, { throwIfNoEntry: false });
      return found === undefined ? '-' : `${found.mtimeMs}:${found.size}`;
    })
    .join('|');
}
