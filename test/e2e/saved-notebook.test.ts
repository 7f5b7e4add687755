/** What is saved is what Jupyter would have saved, also for output that came late and for quick runs. */
import { expect } from 'vitest';
import { joined, notebookOf, type SavedNotebook } from './harness/notebook-file.js';
import { vscodeTest } from './harness/session.js';

const LATE = "setTimeout(() => { console.log('first'); console.log('second'); }, 300);\n'soon'";
const UPDATED = "const { display, updateDisplay } = await import('patchbay');\ndisplay('before', { displayId: 'shared' });";
const UPDATE = "updateDisplay('after', { displayId: 'shared' });";

const counts = ({ cells }: SavedNotebook): unknown[] => cells.map(({ execution_count }) => execution_count);
const textOf = ({ cells }: SavedNotebook, index: number): string[] => (cells[index]?.outputs ?? []).map(({ output_type, text, data }) => `${output_type}: ${joined(text ?? (data?.['text/plain'] as string))}`);

vscodeTest(
  'late output, updates of earlier cells and order numbers are in the saved file, after a second run too',
  { workspace: { 'late.ipynb': notebookOf(LATE, UPDATED, UPDATE, '1 + 1') }, open: 'late.ipynb' },
  async ({ notebook, workbench }) => {
    for (let run = 0; run < 2; run++) {
      await notebook.runAll();
      await notebook.outputs.waitForText('second');
      await notebook.outputs.waitForText('after');
      const saved = await notebook.save();
      expect(counts(saved), `run ${run + 1}`).toEqual([1, 2, 3, 4]);
      expect(textOf(saved, 0)).toEqual(["execute_result: 'soon'", 'stream: first\nsecond\n']);
      expect(textOf(saved, 1).filter((text) => text.startsWith('display_data'))).toEqual(["display_data: 'after'"]);
      expect(textOf(saved, 3)).toEqual(['execute_result: 2']);
      // A restarted kernel counts from 1: the numbers are those that the file has already.
      await workbench.command('Patchbay: Restart Kernel');
    }
  },
);
