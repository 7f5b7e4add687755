/** Cells one after another in a kernel, and what the last one gives: the shape of most checks of the language of cells. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NODES, TestKernel, type CellRun } from './harness.js';

export type Expected =
  /** text/plain of the last cell's result; undefined when it has none. */
  | string
  | undefined
  | { readonly error: RegExp }
  | { readonly stdout: string };

export interface Check {
  /** The check's name in the list of checks that all kernels are measured by, or a name of ours. */
  readonly name: string;
  readonly cells: readonly string[];
  readonly gives: Expected;
}

export const check = (name: string, cells: readonly string[], gives: Expected): Check => ({ name, cells, gives });

/** Every check has names of its own: they share one kernel. Only its last cell may fail. */
export async function converse(kernel: TestKernel, { cells, gives }: Check): Promise<void> {
  let last: CellRun | undefined;
  for (const [index, cell] of cells.entries()) {
    last = await kernel.run(cell);
    if (index < cells.length - 1 || typeof gives !== 'object' || 'stdout' in gives) expect(last.reply, `cell ${index + 1}`).toMatchObject({ status: 'ok' });
  }
  if (typeof gives !== 'object') expect(last?.result).toBe(gives);
  else if ('stdout' in gives) expect(last?.stdout).toBe(gives.stdout);
  else expect(last?.reply.status === 'error' ? `${last.reply.ename}: ${last.reply.evalue}` : 'no error').toMatch(gives.error);
}

/** A test for each check, on each Node. */
export function checks(title: string, table: readonly Check[], files: Readonly<Record<string, string>> = {}): void {
  describe.each(NODES)(`${title} on $label`, ({ path: node }) => {
    let kernel: TestKernel;
    beforeAll(() => void (kernel = new TestKernel(node, files)));
    afterAll(() => kernel.stop());
    it.each(table)('$name', (one) => converse(kernel, one));
  });
}
