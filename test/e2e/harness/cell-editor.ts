/** The editor of one cell, as a person types, points and looks. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Locator, Page } from 'playwright-core';
import type { NotebookEditor } from './notebook.js';
import { STEP_TIMEOUT_MS } from './workbench.js';

export class CellEditor {
  readonly page: Page;

  constructor(
    readonly notebook: NotebookEditor,
    readonly index: number,
  ) {
    this.page = notebook.workbench.page;
  }

  get root(): Locator {
    return this.notebook.cell(this.index);
  }

  line(number: number): Locator {
    return this.root.locator('.view-lines .view-line').nth(number);
  }

  /** Its text as it is drawn; spaces are drawn as no-break spaces. */
  async text(): Promise<string> {
    const lines = await this.root.locator('.view-lines .view-line').evaluateAll((rows) => rows.map((row) => ({ top: Number.parseFloat((row as HTMLElement).style.top), text: row.textContent ?? '' })));
    return lines.sort((a, b) => a.top - b.top).map(({ text }) => text.replaceAll('\u00a0', ' ')).join('\n');
  }

  /** Puts the cursor at the end of the cell. */
  async focus(): Promise<void> {
    await this.line(0).click();
    await this.page.keyboard.press('Control+End');
  }

  /** Puts the cursor there, both counted from 0, by the keyboard. */
  async goTo(line: number, character: number): Promise<void> {
    await this.line(0).click();
    await this.page.keyboard.press('Control+Home');
    for (let step = 0; step < line; step++) await this.page.keyboard.press('ArrowDown');
    await this.page.keyboard.press('Home');
    for (let step = 0; step < character; step++) await this.page.keyboard.press('ArrowRight');
  }

  /** Writes another text, without the brackets and indentation that VS Code would add. */
  async replaceAll(text: string): Promise<void> {
    await this.line(0).click();
    await this.page.keyboard.press('Control+A');
    await this.page.keyboard.insertText(text);
  }

  /** The words that are marked as wrong. */
  async underlined(): Promise<string[]> {
    const marks = await this.root.locator('.cdr.squiggly-error').evaluateAll((elements) => elements.map((element) => element.getBoundingClientRect()).map(({ x, y, width, height }) => ({ x, y, width, height })));
    const words = await this.root.locator('.view-lines span span').evaluateAll((elements) => elements.map((element) => ({ text: element.textContent ?? '', box: element.getBoundingClientRect() })).map(({ text, box: { x, y, width, height } }) => ({ text, x, y, width, height })));
    return marks.flatMap((mark) => words.filter(({ x, y, width, height }) => x < mark.x + mark.width - 1 && mark.x < x + width - 1 && y < mark.y + mark.height - 1 && mark.y < y + height - 1).map(({ text }) => text.replaceAll('\u00a0', ' ').trim()).filter((text) => text !== ''));
  }

  async waitUntilFocused(): Promise<void> {
    await this.root.locator('.monaco-editor.focused').waitFor({ timeout: STEP_TIMEOUT_MS });
  }

  /** The text of the line that the cursor stands in. */
  async cursorLine(): Promise<string> {
    const cursor = await this.root.locator('.cursors-layer .cursor').first().boundingBox();
    const lines = await this.root.locator('.view-lines .view-line').evaluateAll((elements) => elements.map((element) => ({ text: element.textContent ?? '', top: element.getBoundingClientRect().top, bottom: element.getBoundingClientRect().bottom })));
    const middle = (cursor?.y ?? -1) + (cursor?.height ?? 0) / 2;
    return lines.find(({ top, bottom }) => top <= middle && middle < bottom)?.text.replaceAll('\u00a0', ' ') ?? '';
  }

  /** The titles of the quick fixes at the cursor that match; the menu stays open with its first row chosen. */
  async fixes(matching: RegExp): Promise<string[]> {
    const rows = this.page.locator('.action-widget .monaco-list-row.action');
    const deadline = Date.now() + STEP_TIMEOUT_MS;
    for (;;) {
      await this.page.keyboard.press('Control+.');
      await rows.first().waitFor({ timeout: 5_000 }).catch(() => undefined);
      await sleep(500); // what another provider adds
      const titles = (await rows.allInnerTexts()).map((title) => title.trim()).filter((title) => matching.test(title));
      if (titles.length > 0 || Date.now() > deadline) return titles;
      await this.page.keyboard.press('Escape');
      await sleep(500);
    }
  }

  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text, { delay: 20 });
  }

  /** The labels of the open list of completions whose label holds the text, once one is there, scrolled through. */
  async completions(containing: string): Promise<string[]> {
    const widget = this.page.locator('.suggest-widget.visible');
    const rows = widget.locator('.monaco-list-row .label-name');
    await rows.filter({ hasText: containing }).first().waitFor({ timeout: STEP_TIMEOUT_MS });
    await sleep(500); // what another provider adds
    return (await rows.allInnerTexts()).filter((label) => label.includes(containing));
  }

  /** What the hover over a word says, a text for each part, once it says more than that it loads. */
  async hover(word: string, until: RegExp = /\S/): Promise<string[]> {
    const target = this.root.locator('.view-lines span span').filter({ hasText: new RegExp(`^\\s*${word}\\s*$`) }).first();
    await this.page.mouse.move(2, 2);
    await target.hover();
    const parts = this.page.locator('.monaco-hover:visible .hover-row:not(.status-bar)');
    const deadline = Date.now() + STEP_TIMEOUT_MS;
    for (;;) {
      const texts = (await parts.allInnerTexts()).map((text) => text.replaceAll('\u00a0', ' ').trim());
      if (texts.some((text) => until.test(text) && !text.startsWith('Loading'))) {
        await sleep(500); // what another provider adds
        return (await parts.allInnerTexts()).map((text) => text.replaceAll('\u00a0', ' ').trim());
      }
      if (Date.now() > deadline) throw new Error(`no hover over ${word}; it says ${JSON.stringify(texts)}`);
      await sleep(200);
      await this.page.mouse.move(2, 2);
      await sleep(200);
      await target.hover();
      await sleep(1500);
    }
  }
}
