/** `.ipynb` files (nbformat 4): read with a check, written so that nothing is lost. */
import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import type { SavedOutput } from './saved-outputs.js';

export interface NotebookCell {
  cell_type: string;
  id?: string;
  metadata: Record<string, unknown>;
  source: string | string[];
  outputs?: SavedOutput[];
  execution_count?: number | null;
}

export interface Notebook {
  nbformat: number;
  nbformat_minor: number;
  metadata: Record<string, unknown>;
  cells: NotebookCell[];
}

/** Cause: the file is no notebook that can be run. Handled by: exit code 2. */
export class NotebookFileError extends Error {
  override readonly name = 'NotebookFileError';
}

/** @throws NotebookFileError that says what the file is instead */
export function readNotebook(file: string): Notebook {
  let text: string;
  try {
    text = fs.readFileSync(file, 'utf8');
  } catch (error) {
    throw new NotebookFileError(`Cannot read ${file}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new NotebookFileError(`${file} is no notebook: it is not JSON (${error instanceof Error ? error.message : String(error)})`, { cause: error });
  }
  if (!isNotebook(value)) throw new NotebookFileError(`${file} is no notebook of nbformat 4: it needs "nbformat": 4 and a list "cells" whose entries have a cell_type and a source`);
  return value;
}

/** Writes beside the file and renames, so that a failure leaves the old file whole. */
export function writeNotebook(file: string, notebook: Notebook): void {
  const temporary = path.join(path.dirname(file), `.${path.basename(file)}.${randomUUID().slice(0, 8)}.tmp`);
  const handle = fs.openSync(temporary, 'w');
  try {
    fs.writeFileSync(handle, `${JSON.stringify(notebook, null, 1)}\n`);
    fs.fsyncSync(handle);
  } finally {
    fs.closeSync(handle);
  }
  fs.renameSync(temporary, file);
}

export const sourceText = (cell: NotebookCell): string => (typeof cell.source === 'string' ? cell.source : cell.source.join(''));

export function tagsOf(cell: NotebookCell): readonly string[] {
  const tags = cell.metadata['tags'];
  return Array.isArray(tags) ? tags.filter((tag): tag is string => typeof tag === 'string') : [];
}

function isNotebook(value: unknown): value is Notebook {
  if (typeof value !== 'object' || value === null || !('nbformat' in value) || value.nbformat !== 4) return false;
  if (!('metadata' in value) || typeof value.metadata !== 'object' || value.metadata === null) return false;
  return 'cells' in value && Array.isArray(value.cells) && value.cells.every(isCell);
}

function isCell(value: unknown): value is NotebookCell {
  if (typeof value !== 'object' || value === null || !('cell_type' in value) || !('source' in value)) return false;
  if (!('metadata' in value) || typeof value.metadata !== 'object' || value.metadata === null) return false;
  return typeof value.source === 'string' || (Array.isArray(value.source) && value.source.every((line) => typeof line === 'string'));
}
