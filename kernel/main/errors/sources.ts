import type { PositionMapData } from '../../compile/index.js';

/** Code that ran in this process and came from a cell or from a file that a cell imported. */
export interface Source {
  /** `Cell 3`, or the path of a file. */
  readonly label: string;
  readonly text: string;
  readonly map: PositionMapData;
}

/** By the file name that V8 knows it under. */
export class Sources {
  readonly #byFile = new Map<string, Source>();

  add(file: string, source: Source): void {
    this.#byFile.set(file, source);
  }

  get(file: string | null | undefined): Source | undefined {
    return file === null || file === undefined ? undefined : this.#byFile.get(file);
  }
}
