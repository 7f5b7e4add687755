import { beforeEach, describe, expect, it } from 'vitest';
import type { CellText, LanguageReply } from '../../kernel/protocol/language.js';
import { LanguageError, NotebookLanguage, type Cancellation } from './notebook-language.js';

/** A kernel as seen from here: it starts when the test says so, and remembers what it was told. */
class Kernel {
  session: number | undefined;
  isDead = false;
  starts = 0;
  forgotten = 0;
  time = 0;
  cells: CellText[] = [{ id: 'a', text: '1' }, { id: 'b', text: '2' }];
  told: string[] = [];
  reply: (method: string) => LanguageReply | Promise<LanguageReply> = () => ({ status: 'ok', result: null });
  readonly language = new NotebookLanguage({
    start: () => void this.starts++,
    session: () => this.session,
    isDead: () => this.isDead,
    // SAFETY (test): replies are what the test says.
    send: (async (method: string, params: unknown) => {
      this.told.push(`${method} ${JSON.stringify(params)}`);
      return this.reply(method);
    }),
    cancel: (id) => void this.told.push(`cancel ${id}`),
    cells: () => this.cells,
    forgetDiagnostics: () => void this.forgotten++,
    log: (line) => void this.told.push(`log: ${line}`),
    now: () => this.time,
  });
  ready(session: number): void {
    this.session = session;
    this.isDead = false;
    this.language.kernelChanged();
  }
  die(): void {
    this.session = undefined;
    this.isDead = true;
    this.language.kernelChanged();
  }
}

class Token implements Cancellation {
  isCancellationRequested = false;
  #listeners: (() => void)[] = [];
  onCancellationRequested(listener: () => void) {
    this.#listeners.push(listener);
    return { dispose: () => (this.#listeners = []) };
  }
  cancel() {
    this.isCancellationRequested = true;
    for (const listener of this.#listeners) listener();
  }
}

const hover = { position: { cell: 'a', line: 0, character: 0 } };
const OPEN = 'notebook/open {"cells":[{"id":"a","text":"1"},{"id":"b","text":"2"}]}';
const rest = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('NotebookLanguage', () => {
  let kernel: Kernel;
  beforeEach(() => (kernel = new Kernel()));

  it('tells and starts nothing while nobody edits or asks', () => {
    kernel.ready(1);
    kernel.language.cellsChanged();
    expect(kernel).toMatchObject({ starts: 0, told: [] });
  });

  it('starts a kernel for the first question, tells the cells, then asks', async () => {
    const answer = kernel.language.ask('hover', hover);
    await rest();
    expect(kernel).toMatchObject({ starts: 1, told: [] });
    kernel.ready(1);
    await answer;
    expect(kernel.told).toEqual([OPEN, `hover ${JSON.stringify(hover)}`]);
  });

  it('takes the kernel that runs cells already', async () => {
    kernel.ready(7);
    await kernel.language.ask('hover', hover);
    expect(kernel.starts).toBe(0);
    expect(kernel.told[0]).toBe(OPEN);
  });

  it('the first edit starts one; it opens with the text as it is then, later edits go as changes', () => {
    const edits = [{ range: { start: { line: 0, character: 1 }, end: { line: 0, character: 1 } }, text: '0' }];
    kernel.cells = [{ id: 'a', text: '10' }];
    kernel.language.textChanged('a', edits);
    expect(kernel.starts).toBe(1);
    kernel.ready(1);
    kernel.language.textChanged('a', edits);
    kernel.language.textChanged('of another language', edits);
    expect(kernel.told).toEqual(['notebook/open {"cells":[{"id":"a","text":"10"}]}', `notebook/change ${JSON.stringify({ changes: [{ type: 'edit', cell: 'a', edits }] })}`]);
  });

  it('tells added, removed and moved cells', () => {
    kernel.ready(1);
    kernel.language.want();
    kernel.cells = [{ id: 'c', text: '3' }, { id: 'a', text: '1' }];
    kernel.language.cellsChanged();
    kernel.language.cellsChanged();
    expect(kernel.told.slice(1)).toEqual(['notebook/change {"changes":[{"type":"remove","cell":"b"},{"type":"insert","index":0,"cell":{"id":"c","text":"3"}}]}']);
  });

  it('tells a kernel that was restarted everything again, and forgets what the old one found', () => {
    kernel.ready(1);
    kernel.language.want();
    kernel.session = undefined;
    kernel.language.kernelChanged();
    kernel.ready(2);
    expect(kernel).toMatchObject({ forgotten: 1, told: [OPEN, OPEN] });
  });

  it('answers nothing when the kernel does not start, and does not try again at every key', async () => {
    const answer = kernel.language.ask('hover', hover);
    kernel.die();
    await expect(answer).resolves.toBeUndefined();
    await expect(kernel.language.ask('hover', hover)).resolves.toBeUndefined();
    expect(kernel.starts).toBe(1);
    kernel.time = 20_000;
    kernel.language.want();
    expect(kernel.starts).toBe(2);
  });

  it('asks by itself only where the cells are known', async () => {
    await expect(kernel.language.askIfOpen('symbols', { cell: 'a' })).resolves.toBeUndefined();
    expect(kernel).toMatchObject({ starts: 0, told: [] });
  });

  it('passes a cancellation on, and drops what comes after it', async () => {
    kernel.ready(1);
    const token = new Token();
    let answer: (reply: LanguageReply) => void = () => undefined;
    kernel.reply = (method) => (method === 'hover' ? new Promise((resolve) => (answer = resolve)) : { status: 'ok', result: null });
    const asked = kernel.language.ask('hover', hover, token);
    await rest();
    token.cancel();
    answer({ status: 'ok', result: null });
    await expect(asked).resolves.toBeUndefined();
    expect(kernel.told.at(-1)).toBe('cancel 1');
  });

  it('says why the service refuses', async () => {
    kernel.ready(1);
    kernel.reply = () => ({ status: 'error', ename: 'LanguageError', evalue: 'no name' });
    await expect(kernel.language.ask('rename', { ...hover, newName: '1' })).rejects.toEqual(new LanguageError('no name'));
  });

  it('tells all cells again when a change is refused', async () => {
    kernel.ready(1);
    kernel.language.want();
    kernel.reply = (method) => (method === 'notebook/change' ? { status: 'error', ename: 'LanguageError', evalue: 'there is no cell b' } : { status: 'ok', result: null });
    kernel.language.textChanged('b', [{ range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, text: 'x' }]);
    await rest();
    expect(kernel.told.slice(2)).toEqual(['log: the language service refused notebook/change: there is no cell b', OPEN]);
  });

  it('lets nobody wait for a notebook that is closed', async () => {
    const answer = kernel.language.ask('hover', hover);
    kernel.language.dispose();
    await expect(answer).resolves.toBeUndefined();
  });
});
