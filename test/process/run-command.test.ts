/** `patchbay run` as a script or CI calls it. */
import { spawn, type ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const CLI = path.resolve('dist/cli.js');
let folder = '';
beforeEach(() => {
  folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'patchbay-run-')));
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

interface TestCell {
  readonly source: string;
  readonly tags?: readonly string[];
  readonly type?: string;
}

function notebook(name: string, cells: readonly (string | TestCell)[]): string {
  const file = path.join(folder, name);
  const full = cells.map((cell) => (typeof cell === 'string' ? { source: cell } : cell));
  const json = {
    cells: full.map(({ source, tags, type = 'code' }, i) => ({
      cell_type: type,
      id: `c${i}`,
      metadata: tags === undefined ? { mine: i } : { tags },
      source: source.split(/(?<=\n)/),
      ...(type === 'code' ? { outputs: [], execution_count: null } : {}),
    })),
    metadata: { kernelspec: { name: 'patchbay', display_name: 'x', language: 'typescript' }, custom: { kept: true } },
    nbformat: 4,
    nbformat_minor: 5,
  };
  fs.writeFileSync(file, JSON.stringify(json));
  return file;
}

function start(args: readonly string[]): { child: ChildProcess; done: Promise<{ code: number | null; stdout: string; stderr: string }> } {
  const child = spawn(process.execPath, [CLI, ...args], { cwd: os.tmpdir(), stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (data: Buffer) => (stdout += data.toString()));
  child.stderr.on('data', (data: Buffer) => (stderr += data.toString()));
  return { child, done: new Promise((resolve) => child.on('close', (code) => resolve({ code, stdout, stderr }))) };
}

const run = (...args: string[]) => start(args).done;
interface SavedCell {
  readonly source: readonly string[];
  readonly metadata: object;
  readonly id: string;
  readonly outputs: readonly { readonly text?: readonly string[] }[];
}
const read = (file: string) => JSON.parse(fs.readFileSync(file, 'utf8')) as { readonly metadata: object; readonly cells: readonly SavedCell[] };
const kept = ({ source, metadata, id }: SavedCell) => ({ source, metadata, id });

describe('patchbay run', () => {
  it('runs every code cell in its folder and saves what they show, and all else as it was', async () => {
    fs.writeFileSync(path.join(folder, 'data.txt'), 'from the folder');
    const input = notebook('in.ipynb', [{ source: '# Title', type: 'markdown' }, "import { readFileSync } from 'node:fs'; console.log(readFileSync('data.txt', 'utf8'))", '', '1 + 1']);
    const out = path.join(folder, 'out.ipynb');
    const { code, stdout, stderr } = await run('run', input, '-o', out);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^\[1\/3\] import .*ms\n\[3\/3\] 1 \+ 1 .*ms\nRan 2 cells in .* s, saved to .*out\.ipynb\n$/);
    const [before, after] = [read(input), read(out)];
    expect(after.metadata).toEqual(before.metadata);
    expect(after.cells.map(kept)).toEqual(before.cells.map(kept));
    expect(after.cells[1]!.outputs).toEqual([{ output_type: 'stream', name: 'stdout', text: ['from the folder\n'] }]);
    expect(after.cells[3]).toMatchObject({ execution_count: 2, outputs: [{ output_type: 'execute_result', execution_count: 2, data: { 'text/plain': ['2'] } }] });
    expect(before.cells[1]!.outputs).toEqual([]);
    expect(fs.readdirSync(folder).sort()).toEqual(['data.txt', 'in.ipynb', 'out.ipynb']);
  });

  it('stops at the cell that fails: exit 1, its error on stderr, and the rest saved as not run', async () => {
    const input = notebook('in.ipynb', ["console.log('first')", "throw new Error('second')", "console.log('third')"]);
    const out = path.join(folder, 'out.ipynb');
    const { code, stderr } = await run('run', input, '-o', out);
    expect(code).toBe(1);
    expect(stderr).toMatch(/Cell 2 of 3 failed:\nError: second\n {4}at Cell 2, line 1, column 7\n/);
    expect(read(out).cells.map(({ outputs }) => outputs.length)).toEqual([1, 1, 0]);
  });

  it.each([
    ['a loop', "console.log('shown'); READY; for (;;) {}"],
    ['a cell that waits', "console.log('shown'); READY; await new Promise(() => {})"],
    ['a cell that ends by itself', "import { progress } from 'patchbay'; console.log('shown'); READY; try { for await (const n of progress(Array.from({ length: 1e6 }, (_, n) => n))) await new Promise((done) => setTimeout(done, 5)); } catch {}"],
  ])('Ctrl+C ends %s, keeps what it showed, and runs no other, whatever the cell expects', async (_name, source) => {
    const out = path.join(folder, 'out.ipynb');
    const { child, done } = start(['run', notebook('in.ipynb', [{ source: source.replace('READY', "require('node:fs').writeFileSync('ready', '')"), tags: ['raises-exception'] }, "console.log('never')"]), '-o', out, '--allow-errors']);
    await expect.poll(() => fs.existsSync(path.join(folder, 'ready')), { timeout: 60_000 }).toBe(true);
    child.kill('SIGINT');
    const { code, stderr } = await done;
    expect(stderr).toMatch(/Cell 1 of 2 failed:\nInterrupted: /);
    expect(code).toBe(1);
    const [first, second] = read(out).cells;
    expect(first?.outputs.flatMap(({ text = [] }) => text)).toContain('shown\n');
    expect(first?.outputs.at(-1)).toMatchObject({ output_type: 'error', ename: 'Interrupted' });
    expect(second?.outputs).toEqual([]);
  });

  it('goes on after a failure with --allow-errors, and after one that the cell expects', async () => {
    const bad = "throw new Error('no')";
    expect(await run('run', notebook('a.ipynb', [bad, '2']), '--allow-errors')).toMatchObject({ code: 0 });
    const expected = await run('run', notebook('b.ipynb', [{ source: bad, tags: ['raises-exception'] }, '2']));
    expect(expected).toMatchObject({ code: 0, stderr: '' });
    expect(expected.stdout).toMatch(/\[1\/2\] .*Error, as the cell expects/);
  });

  it.each([
    ['an unknown import', "import 'no-such-thing'", /Cannot find package 'no-such-thing'/],
    ['a syntax error', 'const = 5', /SyntaxError: [\s\S]*at Cell 1, line 1/],
    ['a thrown error', "throw new TypeError('mine')", /TypeError: mine/],
    ['an endless loop', 'for (;;) {}', /Timeout: The cell was still running after 1 s/],
    ['a kernel that ends', 'process.kill(process.pid, "SIGKILL"); for (;;) {}', /The kernel died \(signal SIGKILL\)/],
  ])('%s ends with a message', async (_name, source, message) => {
    const { code, stderr } = await run('run', notebook('in.ipynb', [source]), '--timeout', '1');
    expect(code).toBe(1);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/node:internal|dist\/kernel/);
  });

  it('a cell that went on after its time limit has failed, and the file says so', async () => {
    const out = path.join(folder, 'out.ipynb');
    const cell = "import { progress } from 'patchbay'; for (const i of progress(Array.from({ length: 1e6 }))) await new Promise((done) => setTimeout(done, 5)); 'went on'";
    const { code, stderr } = await run('run', notebook('in.ipynb', [cell, '2']), '-o', out, '--timeout', '2');
    expect(code).toBe(1);
    expect(stderr).toMatch(/Timeout: The cell was still running after 2 s/);
    expect(JSON.stringify(read(out).cells[0]!.outputs)).toMatch(/"ename":"Timeout"/);
    expect(read(out).cells[1]!.outputs).toEqual([]);
  });

  it('a cell that ends the kernel is named, and its saved outputs say so', async () => {
    const out = path.join(folder, 'out.ipynb');
    const { code, stderr } = await run('run', notebook('in.ipynb', ['1', "console.log('bye'); process.exit(4)", '3']), '-o', out);
    expect(code).toBe(1);
    expect(stderr).toMatch(/Cell 2 of 3 failed:\nProcessExit: The cell called process\.exit\(4\)/);
    expect(JSON.stringify(read(out).cells[1]!.outputs)).toMatch(/bye.*ProcessExit/);
  });

  it('runs with parameters: a cell behind the one that is tagged, saved with the notebook', async () => {
    const input = notebook('in.ipynb', [{ source: "let epochs = 1; let name = 'nobody'", tags: ['parameters'] }, 'epochs += 1; [epochs, name, typeof sizes]']);
    const out = path.join(folder, 'out.ipynb');
    const { code, stdout } = await run('run', input, '-o', out, '--param', 'epochs=20', '-p', 'name="Ada = 1"', '--param=sizes=[1, 2]');
    expect(code).toBe(0);
    expect(stdout).toMatch(/\[2\/3\] let epochs = 20;/);
    const { cells } = read(out);
    expect(cells.map(({ source }) => source.join(''))[1]).toBe('// Parameters\nlet epochs = 20;\nlet name = "Ada = 1";\nlet sizes = [1,2];');
    expect(cells[2]!.outputs[0]).toMatchObject({ data: { 'text/plain': ["[ 21, 'Ada = 1', 'object' ]"] } });
    const again = await run('run', out, '-o', out, '--param', 'epochs=5');
    expect(again.code).toBe(0);
    expect(read(out).cells).toHaveLength(3);
    expect(read(input).cells).toHaveLength(2);
  });

  it('follows the cell that runs on a terminal, and leaves whole lines', async (context) => {
    if (!fs.existsSync('/usr/bin/script')) return context.skip();
    const input = notebook('in.ipynb', ["for (let i = 0; i < 4; i++) { console.log('step', i); await new Promise((done) => setTimeout(done, 300)) }"]);
    const child = spawn('script', ['-qec', `${process.execPath} ${CLI} run ${input}`, '/dev/null'], { stdio: ['ignore', 'pipe', 'pipe'] });
    let screen = '';
    child.stdout.on('data', (data: Buffer) => (screen += data.toString()));
    await new Promise((resolve) => child.on('close', resolve));
    expect(screen).toMatch(/\r\u001b\[2K\[1\/1\] for .* {2}step 2/);
    const left = screen.split('\n').map((line) => line.split('\r\u001b[2K').at(-1)!.trim()).filter((line) => line !== '');
    expect(left).toEqual([expect.stringMatching(/^\[1\/1\] for .* s$/), expect.stringMatching(/^Ran 1 cell in/)]);
  });

  it('refuses an output in a folder that is not there, before it runs', async () => {
    const { code, stderr } = await run('run', notebook('in.ipynb', ['1']), '-o', '/no/such/folder/out.ipynb');
    expect(code).toBe(2);
    expect(stderr).toMatch(/there is no folder \/no\/such\/folder/);
  });

  it('saves a 5 MB output whole', async () => {
    const out = path.join(folder, 'out.ipynb');
    expect(await run('run', notebook('in.ipynb', ["console.log('x'.repeat(5_000_000))"]), '-o', out)).toMatchObject({ code: 0 });
    expect(read(out).cells[0]!.outputs[0]!.text!.join('')).toHaveLength(5_000_001);
  });

  it.each([
    [['run'], /run takes one notebook/],
    [['run', '/no/such.ipynb'], /Cannot read \/no\/such\.ipynb/],
    [['walk'], /there is no command walk/],
    [['run', 'a.ipynb', '--fast'], /unknown option --fast/],
    [['run', 'a.ipynb', '--timeout', 'soon'], /--timeout takes seconds above 0, not soon/],
    [['run', 'a.ipynb', '--param', 'epochs'], /--param takes name=json, such as --param epochs=20, not epochs/],
    [['run', 'a.ipynb', '--param', 'who=Ada'], /Ada is not JSON\. Text is written in quotes: --param 'who="Ada"'/],
  ])('%j is exit code 2 with the reason', async (args, reason) => {
    const { code, stderr } = await run(...args);
    expect(code).toBe(2);
    expect(stderr).toMatch(reason);
  });

  it.each([
    ['broken.ipynb', '{"cells": [', /is not JSON/],
    ['other.ipynb', '{"cells": [], "nbformat": 3, "metadata": {}}', /no notebook of nbformat 4/],
  ])('refuses %s', async (name, text, reason) => {
    const file = path.join(folder, name);
    fs.writeFileSync(file, text);
    const { code, stderr } = await run('run', file, '-o', file);
    expect(code).toBe(2);
    expect(stderr).toMatch(reason);
    expect(fs.readFileSync(file, 'utf8')).toBe(text);
  });

  it('leaves no kernel behind when it is killed', async () => {
    const { child, done } = start(['run', notebook('in.ipynb', ["require('node:fs').writeFileSync('pid', String(process.pid)); for (;;) {}"])]);
    const pidFile = path.join(folder, 'pid');
    for (let i = 0; i < 400 && !(fs.existsSync(pidFile) && fs.readFileSync(pidFile, 'utf8') !== ''); i++) await new Promise((resolve) => setTimeout(resolve, 25));
    const pid = Number(fs.readFileSync(pidFile, 'utf8'));
    child.kill('SIGKILL');
    await done;
    for (let i = 0; i < 120 && isAlive(pid); i++) await new Promise((resolve) => setTimeout(resolve, 25));
    expect(isAlive(pid)).toBe(false);
  });

  it('tells type errors on stderr, saves none, and succeeds all the same', async () => {
    const file = notebook('types.ipynb', ["const fine = 1;\nfine", '', "let wrong: number = 'text' as never;\nwrong = 'x';", "console.log(fine.toFixed(1))"]);
    const { code, stderr } = await run('run', file, '-o', file);
    expect(stderr).toBe("\nType errors:\nCell 2, line 2: Type 'string' is not assignable to type 'number'. (TS2322)\n");
    expect(code).toBe(0);
    expect(JSON.stringify(read(file).cells.map(({ outputs }) => outputs))).not.toContain('TS2322');
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // A zombie that its parent has not reaped is dead too.
    return !/^State:\s+Z/m.test(fs.readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
