import { isRecord } from '../kernel-client/replies.js';

/** An example as the quick pick shows it. */
export interface Example {
  /** E.g. `first-mask.ipynb` */
  readonly file: string;
  readonly title: string;
}

/** The title of a notebook: its first Markdown heading, else its file name. */
export function exampleOf(file: string, notebookText: string): Example {
  return { file, title: firstHeading(notebookText) ?? file.replace(/\.ipynb$/, '') };
}

function firstHeading(notebookText: string): string | undefined {
  let notebook: unknown;
  try {
    notebook = JSON.parse(notebookText);
  } catch {
    return undefined;
  }
  const cells: unknown = isRecord(notebook) ? notebook['cells'] : undefined;
  if (!Array.isArray(cells)) return undefined;
  for (const cell of cells) {
    if (!isRecord(cell) || cell['cell_type'] !== 'markdown') continue;
    const source = Array.isArray(cell['source']) ? cell['source'].join('') : String(cell['source']);
    const heading = /^#{1,6}\s+(.+?)\s*$/m.exec(source)?.[1];
    if (heading !== undefined) return heading;
  }
  return undefined;
}
