/** The extension's side of the language protocol and of mask hovers, on a real kernel process. */
import os from 'node:os';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { NotebookKernel } from '../../extension/kernel-client/notebook-kernel.js';
import { cellChanges } from '../../extension/language/cell-changes.js';
import { maskMarkdown, maskExpression } from '../../extension/language/mask-hover.js';
import { NotebookLanguage } from '../../extension/language/notebook-language.js';
import { KernelProcess } from '../../kernel/client/kernel-process.js';
import type { CellText, Diagnostic } from '../../kernel/protocol/language.js';
import { KERNEL_FILE } from './harness.js';

/** As extension/language/language-notebooks.ts joins them, without VS Code. */
class Editor {
  cells: CellText[] = [];
  readonly problems = new Map<string, readonly Diagnostic[]>();
  pid = 0;
  isDead = false;
  readonly kernel: NotebookKernel = new NotebookKernel({
    launch: async () => {
      const process_ = KernelProcess.start({ node: { path: process.execPath, args: [], env: {}, label: 'Node' }, kernelFile: KERNEL_FILE, cwd: os.tmpdir() });
      this.pid = process_.pid ?? 0;
      return { process: process_, nodeLabel: 'Node' };
    },
    raise: ({ type }) => {
      if (type === 'kernelDied' || type === 'kernelFailed') this.isDead = true;
      if (type === 'kernelReady') this.isDead = false;
      this.language.kernelChanged();
    },
    onReady: () => undefined,
    askInput: async () => undefined,
    onDiagnostics: ({ cell, diagnostics }) => void this.problems.set(cell, diagnostics),
    onComm: () => undefined,
    log: () => undefined,
  });
  readonly language: NotebookLanguage = new NotebookLanguage({
    start: () => void this.kernel.start(),
    session: () => this.kernel.session,
    isDead: () => this.isDead,
    send: (method, params, id) => this.kernel.language(method, params, id),
    cancel: (id) => this.kernel.cancelLanguage(id),
    cells: () => this.cells,
    forgetDiagnostics: () => this.problems.clear(),
    log: (line) => this.logged.push(line),
    now: () => performance.now(),
  });
  readonly logged: string[] = [];

  async hover(cell: string, line: number, character: number) {
    return (await this.language.ask('hover', { position: { cell, line, character } })) ?? undefined;
  }
}

let editor: Editor;
beforeEach(() => (editor = new Editor()));
afterEach(() => editor.kernel.stop());

it('starts for the first question, follows cells that move, and tells a new process everything', async () => {
  editor.cells = [{ id: 'number', text: 'const a = 1;' }, { id: 'text', text: 'const a = "one";' }, { id: 'use', text: 'const b: string = a;' }];
  expect((await editor.hover('use', 0, 18))?.signature).toBe('const a: "one"');
  const { pid } = editor;

  const [number, text, use] = editor.cells as [CellText, CellText, CellText];
  expect(cellChanges(['number', 'text', 'use'], [text, number, use])).toHaveLength(1);
  editor.cells = [text, number, use];
  editor.language.cellsChanged();
  expect((await editor.hover('use', 0, 18))?.signature).toBe('const a: 1');
  await expect.poll(() => editor.problems.get('use')?.map(({ message }) => message), { timeout: 20_000 }).toEqual(["Type 'number' is not assignable to type 'string'."]);

  await editor.kernel.restart();
  expect(editor.problems.size).toBe(0);
  expect((await editor.hover('use', 0, 18))?.signature).toBe('const a: 1');
  expect(editor.pid).not.toBe(pid);
  await expect.poll(() => editor.problems.get('use')?.length, { timeout: 20_000 }).toBe(1);
  expect(editor.logged).toEqual([]);
});

it('edits in the order in which VS Code tells them lead to the text that the editor has', async () => {
  editor.cells = [{ id: 'a', text: 'one\ntwo\nthree' }];
  await editor.language.ask('symbols', { cell: 'a' });
  // One undo that touches three places: from the last to the first.
  editor.language.textChanged('a', [
    { range: { start: { line: 2, character: 0 }, end: { line: 2, character: 5 } }, text: 'const z = 3;' },
    { range: { start: { line: 1, character: 0 }, end: { line: 1, character: 3 } }, text: 'const y = 2;\n' },
    { range: { start: { line: 0, character: 0 }, end: { line: 0, character: 3 } }, text: 'const x = 1;' },
  ]);
  const symbols = await editor.language.ask('symbols', { cell: 'a' });
  expect(symbols?.map(({ name, range }) => `${range.start.line} ${name}`)).toEqual(['0 x', '1 y', '3 z']);
});

it('draws the masks and masked layers that the kernel holds', async () => {
  const text = "import { Mask, maskedDense, tf } from 'patchbay';\nconst wiring = Mask.from([[1, 0], [0, 1]]);\nconst hidden = maskedDense({ units: 2, connections: wiring, inputShape: [2] });\ntf.sequential({ layers: [hidden] });";
  editor.cells = [{ id: 'a', text }];
  const shown = async (line: number): Promise<string | undefined> => {
    const hover = await editor.hover('a', line, 8);
    const name = hover === undefined ? undefined : maskExpression(hover, text.split('\n'));
    const value = name === undefined ? undefined : await editor.kernel.evaluate(name);
    return value !== undefined && 'data' in value ? maskMarkdown(value.data)?.slice(0, 400) : undefined;
  };
  expect(await shown(1), 'before it was run').toBeUndefined();
  editor.kernel.send(1, text, {});
  expect(await shown(1)).toMatch(/^Connection mask, 2 inputs × 2 outputs.*<img src="data:image\/svg\+xml;base64,/s);
  expect(await shown(2)).toMatch(/^Connection mask, 2 inputs × 2 outputs: 2 of 4.*<img/s);
});
