/** A notebook's run from cell to output: the extension's reducer and kernel against the real kernel process, without VS Code. */
import os from 'node:os';
import process from 'node:process';
import { afterEach, expect, it } from 'vitest';
import { KernelProcess } from '../../kernel/client/kernel-process.js';
import { NotebookKernel } from '../../extension/kernel-client/notebook-kernel.js';
import { INITIAL, type RunEffect, type RunEvent, type RunState } from '../../extension/notebook/run/state.js';
import { step } from '../../extension/notebook/run/step.js';
import { KERNEL_FILE } from './harness.js';

/** A notebook whose cells are strings; what the driver would show is kept as text. */
class TestNotebook {
  readonly shown = new Map<string, string[]>();
  readonly ends: string[] = [];
  readonly told: string[] = [];
  readonly kernel: NotebookKernel;
  pid = 0;
  kernelFile = KERNEL_FILE;
  state: RunState = INITIAL;
  readonly #cells: Readonly<Record<string, string>>;
  readonly #cellOf = new Map<number, string>();
  readonly #events: RunEvent[] = [];
  #stepping = false;

  constructor(cells: Readonly<Record<string, string>>, answer?: string) {
    this.#cells = cells;
    this.kernel = new NotebookKernel({
      launch: async () => {
        const node = { path: process.execPath, args: [], env: {}, label: 'Node' };
        const kernel = KernelProcess.start({ node, kernelFile: this.kernelFile, cwd: os.tmpdir() });
        this.pid = kernel.pid ?? 0;
        return { process: kernel, nodeLabel: node.label };
      },
      raise: (event) => this.raise(event),
      onReady: () => undefined,
      onDiagnostics: () => undefined,
      onComm: () => undefined,
      askInput: async () => answer,
      log: () => undefined,
    });
  }

  raise(event: RunEvent): void {
    this.#events.push(event);
    if (this.#stepping) return;
    this.#stepping = true;
    for (let next = this.#events.shift(); next !== undefined; next = this.#events.shift()) {
      const done = step(this.state, next);
      this.state = done.state;
      done.effects.forEach((effect) => this.#act(effect));
    }
    this.#stepping = false;
  }

  /** Runs cells, and waits for all of them to end. */
  async run(...cells: string[]): Promise<string[]> {
    const before = this.ends.length;
    this.raise({ type: 'queue', cells: cells.map((cell) => ({ cell, mayRaise: false })) });
    await expect.poll(() => this.ends.length - before, { timeout: 20_000 }).toBe(cells.length);
    return this.ends.slice(before);
  }

  text(cell: string): string {
    return (this.shown.get(cell) ?? []).join('');
  }

  #act(effect: RunEffect): void {
    if (effect.type === 'open') this.#cellOf.set(effect.run, effect.cell);
    else if (effect.type === 'startKernel') void this.kernel.start();
    else if (effect.type === 'restartKernel') void this.kernel.restart();
    else if (effect.type === 'interruptKernel') void this.kernel.interrupt();
    else if (effect.type === 'send') this.kernel.send(effect.run, this.#cells[effect.cell] ?? '', { cellId: effect.cell });
    else if (effect.type === 'write') this.#write(this.#cellOf.get(effect.run) ?? '', effect.write);
    else if (effect.type === 'end') this.ends.push(`${this.#cellOf.get(effect.run)} ${effect.success === undefined ? 'dropped' : effect.success ? 'ok' : 'failed'}`);
    else if (effect.type === 'late') effect.writes.forEach((write) => this.#write(effect.cell, write));
    else if (effect.type === 'scheduleLate') setTimeout(() => this.raise({ type: 'flushLate' }), 20);
    else if (effect.type === 'tellEnd') this.told.push(effect.error.evalue);
  }

  #write(cell: string, write: Extract<RunEffect, { type: 'write' }>['write']): void {
    if (write.kind === 'clear') this.shown.set(cell, []);
    else {
      const items = write.kind === 'append' ? write.output.items : write.kind === 'extend' ? [write.item] : write.items;
      this.shown.set(cell, [...(this.shown.get(cell) ?? []), ...items.map(({ data }) => String(data))]);
    }
  }
}

let notebook: TestNotebook | undefined;
const open = (cells: Readonly<Record<string, string>>, answer?: string): TestNotebook => (notebook = new TestNotebook(cells, answer));
afterEach(() => notebook?.kernel.stop());

it('runs cells in order and ends each with what the kernel said', async () => {
  const { run, text } = bound(open({ a: 'const x = 2; console.log("x is", x)', b: 'x * 21', c: 'throw new RangeError("no")', d: 'x' }));
  expect(await run('a', 'b', 'c', 'd')).toEqual(['a ok', 'b ok', 'd dropped', 'c failed']);
  expect(text('a')).toBe('x is 2\n');
  expect(text('b')).toBe('42');
  expect(text('c')).toContain('RangeError: no');
});

it('writes late output under its cell', async () => {
  const { run, text } = bound(open({ a: 'setTimeout(() => console.log("late"), 100); "soon"', b: '1' }));
  await run('a', 'b');
  await expect.poll(() => text('a')).toBe("'soon'late\n");
});

it('interrupts an endless loop and keeps the variables', async () => {
  const started = open({ a: 'const kept = 42;', b: 'while (true) {}', c: 'kept' });
  const { run, text } = bound(started);
  await run('a');
  const looping = run('b', 'c');
  await expect.poll(() => started.state.running?.order).toBe(2);
  started.raise({ type: 'interrupt' });
  expect(await looping).toEqual(['c dropped', 'b failed']);
  expect(await run('c')).toEqual(['c ok']);
  expect(text('c')).toBe('42');
});

it('ends every cell of a killed kernel with its signal, and the next run has a new kernel', async () => {
  const killed = open({ a: 'while (true) {}', b: 'typeof kept' });
  const { run, text } = bound(killed);
  const running = run('a', 'b');
  await expect.poll(() => killed.state.running?.order).toBe(1);
  const { pid } = killed;
  process.kill(pid, 'SIGKILL');
  expect(await running).toEqual(['a failed', 'b failed']);
  for (const cell of ['a', 'b']) expect(text(cell)).toMatch(/SIGKILL.*next run starts a new kernel/s);
  expect(killed.state.kernel).toBe('dead');
  expect(await run('b')).toEqual(['b ok']);
  expect(killed.pid).not.toBe(pid);
});

it('restarts: the running cell says so, the variables are gone', async () => {
  const restarted = open({ a: 'const kept = 1;', b: 'while (true) {}', c: 'typeof kept' });
  const { run, text } = bound(restarted);
  await run('a');
  const looping = run('b');
  await expect.poll(() => restarted.state.running?.order).toBe(2);
  restarted.raise({ type: 'restart' });
  expect(await looping).toEqual(['b failed']);
  expect(text('b')).toContain('The kernel was restarted before this cell ended.');
  expect(await run('c')).toEqual(['c ok']);
  expect(text('c')).toBe("'undefined'");
});

it('says why a kernel does not start, in every cell that waited for it', async () => {
  const broken = open({ a: '1', b: '2' });
  broken.kernelFile = '/nowhere/main.js';
  const { run, text } = bound(broken);
  expect(await run('a', 'b')).toEqual(['a failed', 'b failed']);
  for (const cell of ['a', 'b']) expect(text(cell)).toMatch(/could not start.*patchbay\.nodePath/s);
  expect(broken.told).toHaveLength(1);
});

it('answers what a cell asks, and a closed box interrupts it', async () => {
  const cell = { a: "const { input } = await import('patchbay'); (await input('Your name?')).length" };
  const answered = bound(open(cell, 'Ada'));
  expect(await answered.run('a')).toEqual(['a ok']);
  expect(answered.text('a')).toMatch(/3$/);
  await notebook?.kernel.stop();
  expect(await bound(open(cell)).run('a')).toEqual(['a failed']);
});

it('lists variables and evaluates expressions between cells', async () => {
  const { kernel, run } = bound(open({ a: "import { Mask } from 'patchbay';\nconst A = Mask.from([[1, 0], [0, 1]]); const n = 7;" }));
  await expect(kernel.evaluate('1')).rejects.toThrow('No kernel runs for a notebook, so "1" cannot be evaluated.');
  await run('a');
  expect(await kernel.variables()).toEqual(expect.arrayContaining([expect.objectContaining({ name: 'A', type: 'Mask', isMask: true }), expect.objectContaining({ name: 'n', isMask: false })]));
  expect(await kernel.evaluate('A')).toMatchObject({ data: { 'application/vnd.patchbay.mask+json': { inputs: 2, outputs: 2 } } });
  expect(await kernel.evaluate('n +')).toMatchObject({ problem: expect.stringMatching(/expression|Syntax/i) });
  expect(await kernel.evaluate('nothing')).toMatchObject({ problem: expect.stringContaining('nothing is not defined') });
});

function bound(opened: TestNotebook) {
  return { kernel: opened.kernel, run: (...cells: string[]) => opened.run(...cells), text: (cell: string) => opened.text(cell) };
}
