/** One VS Code with one page for one test: everything that it starts ends with it. */
import { randomUUID } from 'node:crypto';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { launchBrowser, watchConsole, type ConsoleWatch } from './browser.js';
import { environment } from './environment.js';
import { NotebookEditor } from './notebook.js';
import { endSession, markedProcesses } from './processes.js';
import { createHome, installVsix, linkExtension, startServer, workbenchAddress, type Home } from './server.js';
import { themeName, Workbench, type Theme } from './workbench.js';

export interface SessionOptions {
  /** Files of the workspace, by relative path; or a folder of the project to copy. */
  readonly workspace: Readonly<Record<string, string>> | { readonly copyOf: string };
  /** The file to open, relative to the workspace. */
  readonly open?: string;
  readonly theme?: Theme;
  /** Default true. */
  readonly trusted?: boolean;
  /** A packed extension; without it the built project is linked. */
  readonly vsix?: string;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly env?: NodeJS.ProcessEnv;
  /** Folders of further extensions, relative to the project. */
  readonly extensions?: readonly string[];
  readonly viewport?: { readonly width: number; readonly height: number };
  /** Errors in the console that this test causes on purpose. */
  readonly expectedErrors?: readonly RegExp[];
}

export class Session {
  readonly mark = randomUUID();
  #folder = '';
  #server: number | undefined;
  #browser: Browser | undefined;
  #page: Page | undefined;
  #console: ConsoleWatch | undefined;
  #home: Home | undefined;

  constructor(readonly options: SessionOptions) {}

  get page(): Page {
    if (this.#page === undefined) throw new Error('the session is not open');
    return this.#page;
  }

  get workbench(): Workbench {
    if (this.#home === undefined) throw new Error('the session is not open');
    return new Workbench(this.page, this.#home);
  }

  get workspace(): string {
    return path.join(this.#folder, 'workspace');
  }

  /** The notebook that the session has opened. */
  get notebook(): NotebookEditor {
    return new NotebookEditor(this.workbench, path.join(this.workspace, this.options.open ?? ''));
  }

  async open(): Promise<void> {
    const { workspace, open, theme = 'light', trusted = true, vsix, settings, env = {}, extensions = [], viewport = { width: 1280, height: 960 } } = this.options;
    this.#folder = await fs.mkdtemp(path.join(os.tmpdir(), 'patchbay-e2e-'));
    await this.#layWorkspace(workspace);
    const home = await createHome(path.join(this.#folder, 'home'), this.mark, { 'workbench.colorTheme': themeName(theme), ...settings }, env);
    this.#home = home;
    if (vsix === undefined) await linkExtension(home);
    else await installVsix(home, vsix);
    for (const extension of extensions) await linkExtension(home, extension);
    const logFile = path.join(this.#folder, 'server.log');
    const [port, browser] = await Promise.all([
      startServer({ home, logFile, trusted, onSpawn: (pid) => (this.#server = pid) }),
      launchBrowser(this.mark).then((started) => (this.#browser = started)),
    ]);
    this.#page = await browser.newPage({ viewport });
    this.#console = watchConsole(this.#page);
    await this.#page.goto(workbenchAddress(port, this.workspace, open === undefined ? undefined : path.join(this.workspace, open)));
    await this.workbench.waitUntilReady();
    if (open?.endsWith('.ipynb')) await this.notebook.waitUntilOpen();
  }

  async #layWorkspace(workspace: SessionOptions['workspace']): Promise<void> {
    if ('copyOf' in workspace && typeof workspace.copyOf === 'string') {
      await fs.cp(path.join(environment().root, workspace.copyOf), this.workspace, { recursive: true });
      return;
    }
    for (const [name, content] of Object.entries(workspace)) {
      const file = path.join(this.workspace, name);
      await fs.mkdir(path.dirname(file), { recursive: true });
      await fs.writeFile(file, content);
    }
  }

  /** The process ids of the session's running kernels. */
  async kernels(): Promise<number[]> {
    return (await markedProcesses(this.mark)).filter(({ command }) => /kernel[\\/]main\.js/.test(command)).map(({ pid }) => pid);
  }

  /** What stands in an output channel of the extension. */
  async log(channel: string): Promise<string> {
    const folder = path.join(this.#home?.folder ?? '', 'data', 'logs');
    const files = await fs.readdir(folder, { recursive: true });
    const texts = files.filter((file) => path.basename(file) === `${channel}.log`).map((file) => fs.readFile(path.join(folder, file), 'utf8'));
    return (await Promise.all(texts)).join('');
  }

  screenshot(file: string): Promise<Buffer> {
    return this.page.screenshot({ path: file });
  }

  /** Leaves a picture of the window in `out/screenshots/`, for whoever looks. */
  async leaveScreenshot(name: string): Promise<void> {
    await this.screenshot(path.join(environment().root, 'out', 'screenshots', `${name.replaceAll(' ', '-')}.png`));
  }

  /** Errors in the browser's console, which carries the extension host's as well. */
  consoleErrors(): string[] {
    const expected = this.options.expectedErrors ?? [];
    return (this.#console?.errors() ?? []).filter((text) => !expected.some((pattern) => pattern.test(text)));
  }

  /** Keeps a picture and the logs of a test that failed. */
  async keepEvidence(name: string): Promise<string> {
    const folder = path.join(environment().root, 'out', 'e2e', name.replace(/[^\w-]+/g, '-').slice(0, 80));
    await fs.rm(folder, { recursive: true, force: true });
    await fs.mkdir(folder, { recursive: true });
    await this.#page?.screenshot({ path: path.join(folder, 'page.png') }).catch(() => undefined);
    await fs.writeFile(path.join(folder, 'console.log'), (this.#console?.lines ?? []).join('\n'));
    await fs.cp(path.join(this.#folder, 'server.log'), path.join(folder, 'server.log')).catch(() => undefined);
    if (this.#home !== undefined) await fs.cp(path.join(this.#home.folder, 'data', 'logs'), path.join(folder, 'logs'), { recursive: true }).catch(() => undefined);
    await fs.cp(this.workspace, path.join(folder, 'workspace'), { recursive: true }).catch(() => undefined);
    return folder;
  }

  /** Resolves to the processes that had to be killed. */
  async close(): Promise<string[]> {
    await this.#page?.close().catch(() => undefined);
    await this.#browser?.close().catch(() => undefined);
    const killed = await endSession(this.#server, this.mark);
    await fs.rm(this.#folder, { recursive: true, force: true });
    return killed.map(({ command }) => command);
  }
}

/**
 * A test in a VS Code of its own. It fails, too, when the console shows an error of ours or a process outlives the window;
 * a failed test leaves a screenshot and all logs in `out/e2e/`.
 */
export function vscodeTest(name: string, options: SessionOptions | (() => SessionOptions), body: (session: Session) => Promise<void>): void {
  test(name, async () => {
    const session = new Session(typeof options === 'function' ? options() : options);
    let failure: Error | undefined;
    try {
      await session.open();
      await body(session);
      expect(session.consoleErrors(), 'errors in the console').toEqual([]);
    } catch (error) {
      failure = error instanceof Error ? error : new Error(String(error));
      failure.message += `\n(screenshot and logs: ${path.relative(environment().root, await session.keepEvidence(name))})`;
    }
    const outlived = await session.close();
    if (failure !== undefined) throw failure;
    expect(outlived, 'processes that outlived the window').toEqual([]);
  });
}
