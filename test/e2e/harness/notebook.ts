/** A notebook editor, driven as a user does: run, interrupt, save, look at its cells. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Locator } from 'playwright-core';
import { readNotebook, type SavedNotebook } from './notebook-file.js';
import { Outputs } from './outputs.js';
import { STEP_TIMEOUT_MS, type Workbench } from './workbench.js';

/** The toolbar is rebuilt while kernels register; a click before it has settled is lost. */
const TOOLBAR_STABLE_MS = 500;
const CLICK_NOTICED_MS = 3000;
const CLICK_TRIES = 3;

export type CellState = 'idle' | 'pending' | 'running' | 'success' | 'error';

export class NotebookEditor {
  readonly outputs: Outputs;

  constructor(
    readonly workbench: Workbench,
    /** The notebook's file. */
    readonly file: string,
  ) {
    this.outputs = new Outputs(workbench.page);
  }

  get root(): Locator {
    return this.workbench.page.locator('.notebookOverlay:visible').first();
  }

  get toolbar(): Locator {
    return this.root.locator('.notebook-toolbar-container').first();
  }

  /** The code cells on screen; those out of view are not in the page. */
  cells(): Locator {
    return this.root.locator('.code-cell-row');
  }

  /** One code cell by its index among all cells. */
  cell(index: number): Locator {
    return this.root.locator(`.code-cell-row[data-index="${index}"]`);
  }

  async waitUntilOpen(): Promise<void> {
    await this.cells().first().waitFor({ timeout: 2 * STEP_TIMEOUT_MS });
  }

  /** The kernel's name in the toolbar's right corner. */
  kernelName(): Promise<string> {
    return this.toolbar.locator('.notebook-toolbar-right .kernel-label').first().innerText({ timeout: STEP_TIMEOUT_MS });
  }

  /** Waits until the toolbar has shown the same, with a kernel, for half a second. Resolves to its text. */
  async settledToolbar(until: (text: string) => boolean = () => true, timeoutMs = STEP_TIMEOUT_MS): Promise<string> {
    const deadline = Date.now() + timeoutMs;
    let text = '';
    let since = Date.now();
    for (;;) {
      const now = await this.toolbar.innerText().catch(() => '');
      if (now !== text) {
        text = now;
        since = Date.now();
      } else if (text !== '' && until(text) && Date.now() - since >= TOOLBAR_STABLE_MS) return text;
      if (Date.now() > deadline) throw new Error(`the notebook's toolbar never settled in ${timeoutMs / 1000} s; it shows: ${JSON.stringify(text)}`);
      await sleep(50);
    }
  }

  /** States of the code cells on screen, by index. */
  async states(): Promise<Map<number, CellState>> {
    const rows = await this.cells().evaluateAll((elements) =>
      elements.map((row) => {
        // The gutter has icons of the same names that lag behind.
        const status = row.querySelector('.cell-status-left');
        const has = (name: string): boolean => status?.querySelector(`.codicon-notebook-state-${name}`) != null;
        const state = has('pending') ? 'pending' : has('executing') ? 'running' : has('success') ? 'success' : has('error') ? 'error' : 'idle';
        return { index: Number(row.getAttribute('data-index')), state } as const;
      }),
    );
    return new Map(rows.map(({ index, state }) => [index, state]));
  }

  /** What shows that a run has begun: a state or an execution number that changed. */
  async #progress(): Promise<string> {
    return this.cells().evaluateAll((rows) =>
      rows.map((row) => `${row.querySelector('.execution-count-label')?.textContent} ${row.querySelector('.cell-status-left')?.innerHTML}`).join('\n'),
    );
  }

  /** Clicks Run All. VS Code loses a click in about one of 50 starts: nothing that begins within 3 s shows that. */
  async startAll(): Promise<void> {
    await this.settledToolbar((text) => text.includes('Run All') && text.includes('Patchbay'));
    const before = await this.#progress();
    for (let attempt = 0; attempt < CLICK_TRIES; attempt++) {
      await this.toolbar.getByText('Run All', { exact: true }).click({ timeout: STEP_TIMEOUT_MS });
      for (const until = Date.now() + CLICK_NOTICED_MS; Date.now() < until; await sleep(50)) {
        if ((await this.#progress()) !== before) return;
      }
    }
    throw new Error(`no cell began to run after ${CLICK_TRIES} clicks on Run All; notifications: ${(await this.workbench.notifications()).join(' | ')}`);
  }

  /** Waits until nothing runs and no cell on screen waits. */
  async waitUntilIdle(timeoutMs: number): Promise<void> {
    const deadline = Date.now() + timeoutMs;
    for (;;) {
      await this.settledToolbar((text) => text.includes('Run All'), Math.max(deadline - Date.now(), 1));
      const states = [...(await this.states()).values()];
      if (!states.includes('pending') && !states.includes('running')) return;
      if (Date.now() > deadline) throw new Error(`cells still wait after ${timeoutMs / 1000} s: ${states.join(', ')}`);
    }
  }

  async runAll(timeoutMs = 120_000): Promise<void> {
    await this.startAll();
    await this.waitUntilIdle(timeoutMs);
  }

  /** A cell that outputs have pushed out of view is not in the page. */
  async #reveal(index: number): Promise<void> {
    const box = await this.root.locator('.cell-list-container .monaco-scrollable-element').first().boundingBox();
    for (let tries = 0; box !== null && tries < 20 && (await this.cell(index).count()) === 0; tries++) {
      await this.workbench.page.mouse.move(box.x + 8, box.y + box.height / 2); // the left margin, where no webview lies
      await this.workbench.page.mouse.wheel(0, 300);
      await sleep(100);
    }
  }

  /** Runs one cell, which stands on screen or below it. */
  async startCell(index: number): Promise<void> {
    await this.settledToolbar((text) => text.includes('Patchbay'));
    await this.#reveal(index);
    await this.cell(index).locator('.cell-editor-part, .cell-editor-container').first().click();
    await this.workbench.page.keyboard.press('Control+Enter');
  }

  async waitForState(index: number, wanted: CellState, timeoutMs = STEP_TIMEOUT_MS): Promise<void> {
    const deadline = Date.now() + timeoutMs;
    for (;;) {
      const state = (await this.states()).get(index);
      if (state === wanted) return;
      if (Date.now() > deadline) throw new Error(`cell ${index} is ${state ?? 'not on screen'} after ${timeoutMs / 1000} s, expected ${wanted}`);
      await sleep(50);
    }
  }

  async interrupt(): Promise<void> {
    await this.toolbar.getByText(/^(Interrupt|Stop Execution)$/).click({ timeout: STEP_TIMEOUT_MS });
  }

  /** Scrolls from top to bottom, and calls `look` wherever the view stops. Outputs are drawn only when they are in view. */
  async scrollThrough(look: () => Promise<void>): Promise<void> {
    const list = this.root.locator('.cell-list-container .monaco-scrollable-element').first();
    const box = await list.boundingBox();
    if (box === null) throw new Error('the notebook has no list of cells on screen');
    const { mouse } = this.workbench.page;
    await mouse.move(box.x + 8, box.y + box.height / 2); // the left margin, where no webview lies
    const top = (): Promise<string> => this.root.locator('.cell-list-container .monaco-list-rows').first().evaluate((rows) => rows.style.top);
    for (let before = ''; before !== (await top()); ) {
      before = await top();
      await mouse.wheel(0, -10_000);
      await sleep(60);
    }
    for (;;) {
      await sleep(250);
      await look();
      const before = await top();
      for (let step = 0; step < 3; step++) await mouse.wheel(0, 100);
      await sleep(150);
      if ((await top()) === before) return;
    }
  }

  /** Saves, and reads what is now on disk. */
  async save(): Promise<SavedNotebook> {
    await this.workbench.command('File: Save');
    await this.workbench.page.locator('.tab.active.dirty').waitFor({ state: 'detached', timeout: STEP_TIMEOUT_MS });
    return readNotebook(this.file);
  }
}
