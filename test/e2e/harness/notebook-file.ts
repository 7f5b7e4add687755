/** Notebook files of the tests: written from the cells' sources, read back as nbformat 4. */
import fs from 'node:fs/promises';

export interface SavedOutput {
  readonly output_type: string;
  readonly name?: string;
  readonly text?: string | readonly string[];
  readonly data?: Readonly<Record<string, unknown>>;
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly execution_count?: number | null;
  readonly ename?: string;
  readonly evalue?: string;
  readonly traceback?: readonly string[];
}

export interface SavedCell {
  readonly cell_type: string;
  readonly source: string | readonly string[];
  readonly execution_count?: number | null;
  readonly outputs?: readonly SavedOutput[];
  readonly metadata: Readonly<Record<string, unknown>>;
}

export interface SavedNotebook {
  readonly cells: readonly SavedCell[];
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly nbformat: number;
}

export const joined = (text: string | readonly string[] | undefined): string => (typeof text === 'string' ? text : (text ?? []).join(''));

export const readNotebook = async (file: string): Promise<SavedNotebook> => JSON.parse(await fs.readFile(file, 'utf8')) as SavedNotebook;

/** A notebook of ours with these code cells and nothing else. */
export function notebookOf(...sources: string[]): string {
  const cells = sources.map((source, index) => ({
    cell_type: 'code',
    id: `cell-${index + 1}`,
    execution_count: null,
    metadata: {},
    outputs: [],
    source: source.split(/(?<=\n)/),
  }));
  const metadata = {
    kernelspec: { display_name: 'TypeScript (Patchbay)', language: 'typescript', name: 'patchbay' },
    language_info: { name: 'typescript' },
  };
  return `${JSON.stringify({ cells, metadata, nbformat: 4, nbformat_minor: 5 }, null, 1)}\n`;
}
