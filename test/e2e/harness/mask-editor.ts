/** The mask editor as a person uses it: its page, its cells, what it says. */
import fs from 'node:fs/promises';
import path from 'node:path';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { RULER } from '../../../extension/mask-editor/webview/ruler-size.js';
import type { Session } from './session.js';
import { STEP_TIMEOUT_MS } from './workbench.js';

/** VS Code's own: it says so whenever an edit comes while it backs up the one before. */
export const CANCELLED_BACKUP = [/ERR.*Canceled: Canceled/];

/** CSS pixels of a cell of a small mask. */
const CELL = 40;

export class MaskEditor {
  readonly page: Page;

  constructor(readonly session: Session) {
    this.page = session.page;
  }

  /** Opens a file of the workspace by our command, which VS Code lists once it has read our manifest. */
  async open(file: string): Promise<void> {
    await this.session.workbench.command('Patchbay: Edit Mask');
    await this.session.workbench.choose(file);
    await this.waitUntilDrawn();
  }

  async waitUntilDrawn(): Promise<void> {
    await this.frame.locator('.stage[data-drawn]').waitFor({ timeout: STEP_TIMEOUT_MS });
  }

  /** The page of the editor in front; that of a notebook behind it comes before it. */
  get frame(): FrameLocator {
    return this.page.frameLocator('iframe.webview.ready:visible >> nth=-1').frameLocator('iframe#active-frame');
  }

  get grid(): Locator {
    return this.frame.getByRole('grid');
  }

  button(name: string): Locator {
    return this.frame.getByRole('button', { name, exact: true });
  }

  /** Tells connections, density, isolated units and parameters apart by ` · `. */
  async badge(): Promise<string> {
    return (await this.frame.locator('.badge span').allInnerTexts()).join(' · ');
  }

  async waitForBadge(text: string | RegExp): Promise<void> {
    await expect.poll(() => this.badge(), { timeout: STEP_TIMEOUT_MS }).toMatch(text);
  }

  /** What a screen reader has been told last. */
  said(): Promise<string> {
    return this.frame.locator('[aria-live]').innerText();
  }

  async waitUntilSaid(text: string | RegExp): Promise<void> {
    await expect.poll(() => this.said(), { timeout: STEP_TIMEOUT_MS }).toMatch(text);
  }

  /** The middle of a cell of a mask whose cells have their full size. */
  async pointOf(row: number, column: number): Promise<{ readonly x: number; readonly y: number }> {
    const box = await this.grid.boundingBox();
    if (box === null) throw new Error('the mask is not on screen');
    return { x: box.x + RULER.left + (column + 0.5) * CELL, y: box.y + RULER.top + (row + 0.5) * CELL };
  }

  async click(row: number, column: number): Promise<void> {
    const { x, y } = await this.pointOf(row, column);
    await this.page.mouse.click(x, y);
  }

  /** From one cell to another with the button held, in as few moves as a fast hand makes. */
  async drag(from: readonly [number, number], to: readonly [number, number]): Promise<void> {
    const [start, end] = [await this.pointOf(...from), await this.pointOf(...to)];
    await this.page.mouse.move(start.x, start.y);
    await this.page.mouse.down();
    await this.page.mouse.move(end.x, end.y, { steps: 2 });
    await this.page.mouse.up();
  }

  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  /** VS Code's mark for unsaved edits on the tab in front. */
  async isDirty(): Promise<boolean> {
    return (await this.session.workbench.activeTab().getAttribute('class'))?.split(' ').includes('dirty') ?? false;
  }

  async waitUntilDirty(dirty: boolean): Promise<void> {
    await expect.poll(() => this.isDirty(), { timeout: STEP_TIMEOUT_MS, message: `dirty: ${dirty}` }).toBe(dirty);
  }

  fileOf(name: string): string {
    return path.join(this.session.workspace, name);
  }

  /** The file's text, once it is `expected`. */
  async waitForFile(name: string, expected: string): Promise<void> {
    await expect.poll(() => fs.readFile(this.fileOf(name), 'utf8'), { timeout: STEP_TIMEOUT_MS }).toBe(expected);
  }
}

/** A Matrix Market file as Patchbay writes it, from a drawing. */
export function matrixMarket(...rows: readonly string[]): string {
  const entries = rows.flatMap((row, i) => [...row].flatMap((cell, j) => (cell === 'X' ? [`${i + 1} ${j + 1}\n`] : [])));
  return `%%MatrixMarket matrix coordinate pattern general\n${rows.length} ${rows[0]?.length ?? 0} ${entries.length}\n${entries.join('')}`;
}
