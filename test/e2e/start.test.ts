/** `npm start` without a screen: the first notebook runs a line a cell, then opens in VS Code in the browser. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { expect, test } from 'vitest';
import { launchBrowser } from './harness/browser.js';
import { environment } from './harness/environment.js';
import { endSession, markedProcesses, MARK } from './harness/processes.js';
import { STEP_TIMEOUT_MS } from './harness/workbench.js';

const LINE = /^\[(\d+)\/(\d+)\] \S.* (\d+ ms|\d+\.\d s)( .*)?$/gm;

function start(args: readonly string[], mark: string): { readonly output: () => string; readonly pid: number; readonly ended: Promise<unknown[]> } {
  const env = { ...process.env, DISPLAY: '', WAYLAND_DISPLAY: '', [MARK]: mark };
  const child = spawn(process.execPath, [path.join(environment().root, 'scripts', 'start.mjs'), ...args], { env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  let output = '';
  child.stdout.on('data', (data: Buffer) => (output += data.toString()));
  child.stderr.on('data', (data: Buffer) => (output += data.toString()));
  if (child.pid === undefined) throw new Error('npm start did not start');
  return { output: () => output, pid: child.pid, ended: once(child, 'exit') };
}

test('npm start -- --headless runs the first notebook, a line a cell, and ends with 0', async () => {
  const mark = `start-${process.pid}-headless`;
  const run = start(['--headless'], mark);
  const [code] = await run.ended;
  expect({ code, output: run.output() }).toMatchObject({ code: 0 });
  const lines = [...run.output().matchAll(LINE)];
  expect(lines.length).toBeGreaterThan(5);
  expect(lines.map(([, number]) => Number(number))).toEqual(lines.map((_, index) => index + 1));
  expect(run.output()).toMatch(/^Ran \d+ cells in \d+\.\d s/m);
  expect(await markedProcesses(mark)).toEqual([]);
});

test('npm start opens the notebook in VS Code in the browser, behind a token, until Ctrl+C', async () => {
  const mark = `start-${process.pid}-browser`;
  const run = start([], mark);
  try {
    await expect.poll(run.output, { timeout: 120_000 }).toMatch(/http:\/\/127\.0\.0\.1:\d+\/\?tkn=/);
    const url = /http:\S+/.exec(run.output())?.[0] ?? '';
    const stranger = await fetch(url.replace(/tkn=[^&]+&/, ''));
    expect(stranger.status, 'without the token').toBe(403);

    const browser = await launchBrowser(mark);
    const page = await browser.newPage();
    await page.goto(url);
    await page.locator('.notebookOverlay:visible .code-cell-row').first().waitFor({ timeout: 2 * STEP_TIMEOUT_MS });
    await page.locator('.notebook-toolbar-right .kernel-label').filter({ hasText: 'TypeScript (Patchbay)' }).waitFor({ timeout: STEP_TIMEOUT_MS });
    await browser.close();

    process.kill(-run.pid, 'SIGINT'); // what a terminal does on Ctrl+C
    const [code] = await run.ended;
    expect(code).toBe(0);
  } finally {
    await endSession(run.pid, mark);
  }
});
