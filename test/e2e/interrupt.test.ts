/** Endless cells, and kernels that die. */
import { expect } from 'vitest';
import { joined, notebookOf } from './harness/notebook-file.js';
import { signal } from './harness/processes.js';
import { vscodeTest } from './harness/session.js';

const LOOPS = [
  { kind: 'at once', code: 'while (true) {}' },
  { kind: 'after an await', code: 'await new Promise((resolve) => setTimeout(resolve, 10));\nwhile (true) {}' },
] as const;

for (const { kind, code } of LOOPS) {
  vscodeTest(
    `an endless loop ${kind} is interrupted, and the next cell knows the variables`,
    { workspace: { 'loop.ipynb': notebookOf('const kept = { answer: 42 };', code, 'kept.answer') }, open: 'loop.ipynb' },
    async ({ notebook }) => {
      await notebook.startAll();
      await notebook.waitForState(1, 'running');
      await notebook.interrupt();
      await notebook.waitForState(1, 'error');
      await notebook.outputs.waitForText(/interrupt/i);
      await notebook.waitUntilIdle(60_000);
      expect((await notebook.states()).get(2), 'the cell queued behind the loop did not run').toBe('idle');

      await notebook.startCell(2);
      await notebook.waitForState(2, 'success');
      const { cells } = await notebook.save();
      expect(joined(cells[2]?.outputs?.[0]?.data?.['text/plain'] as string)).toBe('42');
    },
  );
}

vscodeTest(
  'a kernel that is killed ends its cell with an error that says so, and running again works',
  {
    workspace: { 'killed.ipynb': notebookOf('const before = 1;', 'while (true) {}', '1 + 1') },
    open: 'killed.ipynb',
    expectedErrors: [/^The kernel died \(signal SIGKILL\)/], // VS Code prints error notifications to the console, too
  },
  async (session) => {
    const { notebook } = session;
    await notebook.startAll();
    await notebook.waitForState(1, 'running');
    const [kernel, ...others] = await session.kernels();
    expect(others).toEqual([]);
    if (kernel === undefined) throw new Error('no kernel runs');
    signal(kernel, 'SIGKILL');
    await notebook.waitForState(1, 'error');
    await notebook.outputs.waitForText(/SIGKILL/);
    await notebook.waitUntilIdle(60_000);

    await notebook.startCell(2);
    await notebook.waitForState(2, 'success');
    expect((await session.kernels()).filter((pid) => pid !== kernel)).toHaveLength(1);
    const { cells } = await notebook.save();
    expect(joined(cells[2]?.outputs?.[0]?.data?.['text/plain'] as string)).toBe('2');
  },
);
