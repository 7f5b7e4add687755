/** A page with our renderers in it, as VS Code's notebook webview would load them: for what needs a real browser and no VS Code. */
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser, watchConsole } from './browser.js';
import { environment } from './environment.js';

const ADDRESS = 'http://patchbay.test/';

export class RendererPage {
  private constructor(
    readonly page: Page,
    readonly errors: () => string[],
    private readonly browser: Browser,
  ) {}

  /** @param renderers names of bundles in dist/renderers */
  static async open(renderers: readonly string[], viewport = { width: 900, height: 900 }): Promise<RendererPage> {
    const browser = await launchBrowser(randomUUID());
    const page = await browser.newPage({ viewport });
    const watch = watchConsole(page);
    await page.route(`${ADDRESS}**`, (route) => {
      const name = new URL(route.request().url()).pathname.slice(1);
      if (name === '') return route.fulfill({ contentType: 'text/html', body: '<!doctype html><html lang="en"><title>views</title><body style="margin:8px"></body></html>' });
      if (name === 'favicon.ico') return route.fulfill({ status: 204 });
      return route.fulfill({ path: path.join(environment().root, 'dist', 'renderers', name), contentType: 'text/javascript' });
    });
    await page.goto(ADDRESS);
    // As text: the test runner would rewrite the import.
    await page.evaluate(`(async () => {
      const apis = {}, receivers = [], posted = [];
      for (const name of ${JSON.stringify(renderers)}) {
        const { activate } = await import('/' + name + '.js');
        apis[name] = await activate({ postMessage: (message) => posted.push(message), onDidReceiveMessage: (receive) => (receivers.push(receive), { dispose() {} }) });
      }
      Object.assign(globalThis, { apis, posted, tellRenderers: (message) => receivers.forEach((receive) => receive(message)) });
    })()`);
    const opened = new RendererPage(page, () => watch.errors(), browser);
    await opened.#lighten();
    return opened;
  }

  /** VS Code's light theme: the class of the body, and the variables that our views read. */
  async #lighten(): Promise<void> {
    await this.page.evaluate(() => {
      document.body.className = 'vscode-light';
      const { style } = document.documentElement;
      style.setProperty('--vscode-editor-background', '#ffffff');
      style.setProperty('--vscode-editor-foreground', '#3b3b3b');
      style.setProperty('--vscode-focusBorder', '#005fb8');
      document.body.style.background = '#ffffff';
    });
    await this.settled();
  }

  /** Draws a payload as an output of its own. */
  async render(renderer: string, id: string, payload: unknown): Promise<void> {
    await this.page.evaluate(
      ([name, item, json]) => {
        const element = document.getElementById(item) ?? document.body.appendChild(Object.assign(document.createElement('div'), { id: item, style: 'margin-bottom: 12px' }));
        const { apis } = globalThis as unknown as { apis: Record<string, { renderOutputItem(item: object, element: HTMLElement): void }> };
        apis[name]?.renderOutputItem({ id: item, json: () => json }, element);
      },
      [renderer, id, payload] as const,
    );
  }

  /** Two frames later: what was asked for is drawn. */
  async settled(): Promise<void> {
    await this.page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve, 50)))));
  }

  close(): Promise<void> {
    return this.browser.close();
  }
}
