/** Jupyter's own clients: jupyter_kernel_test, jupyter_client, nbclient, `jupyter execute`, nbconvert. */
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KERNELS, type InstalledKernel } from '../installed.js';
import { jupyterPython } from './python.mjs';

const python = jupyterPython();
const HERE = import.meta.dirname;
const EXAMPLES = path.resolve('examples');
const NOTEBOOKS = fs.readdirSync(EXAMPLES).filter((file) => file.endsWith('.ipynb'));

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

interface SavedNotebook {
  readonly cells: readonly { readonly cell_type: string; readonly source: string | readonly string[]; readonly metadata: { readonly tags?: readonly string[] }; readonly execution_count?: number | null; readonly outputs?: readonly { readonly output_type: string; readonly data?: Readonly<Record<string, unknown>> }[] }[];
}

let folder: string;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'patchbay clients '));
  fs.cpSync(EXAMPLES, folder, { recursive: true });
});
afterAll(() => fs.rmSync(folder, { recursive: true }));

/** Runs Python with nothing of the user's Jupyter, and the kernel that is installed there. */
function runner({ jupyterPath }: InstalledKernel) {
  const run = (...args: string[]): Promise<Ended> =>
    new Promise((resolve) => {
      const env = { ...process.env, JUPYTER_PATH: jupyterPath, PYTHONWARNINGS: 'ignore', JUPYTER_CONFIG_DIR: folder, IPYTHONDIR: folder };
      const child = execFile(python ?? '', args, { cwd: folder, env, maxBuffer: 1 << 28 }, (_error, stdout, stderr) => resolve({ code: child.exitCode ?? -1, stdout, stderr }));
    });
  const json = async <T>(script: string): Promise<T> => {
    const { code, stdout, stderr } = await run(path.join(HERE, script));
    if (code !== 0) throw new Error(`${script}: ${stderr}`);
    return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as T;
  };
  return { run, json };
}

describe.runIf(python !== undefined).each(KERNELS)('a Jupyter client with $label', (kernel) => {
  const { json } = runner(kernel);
  it('jupyter_kernel_test: all pass, none is skipped but the pager, which Node has not', async () => {
    const { passed, failed, skipped } = await json<{ passed: string[]; failed: [string, string][]; skipped: [string, string][] }>('kernel_test.py');
    expect(failed).toEqual([]);
    expect(skipped).toEqual([['test_pager', 'No code page something']]);
    expect(passed.sort()).toEqual(
      ['clear_output', 'completion', 'display_data', 'error', 'execute_result', 'execute_stderr', 'execute_stdout', 'history', 'inspect', 'is_complete', 'kernel_info', 'recv_iopub_welcome_msg'].map((name) => `test_${name}`),
    );
  });

  it('jupyter_client: output, interrupt, input, a queue behind an error, restart, shutdown, SIGTERM', async () => {
    const seen = await json<Record<string, unknown>>('conversation.py');
    expect(seen).toMatchObject({
      lines: true,
      surrogate: 'a\ufffd\n',
      heartbeat: true,
      kept: ['true'],
      question: { prompt: 'name? ', password: false },
      answer: "'Ada'",
      after_error: ['error', 'aborted', 'aborted'],
      restarted: [true, 'ok'],
      alive: false,
      after_sigterm: false,
    });
    expect(seen['interrupt_seconds']).toBeLessThan(5);
    expect(seen['shutdown_seconds']).toBeLessThan(5);
  });
});

describe.runIf(python !== undefined)('Jupyter programs', () => {
  const { run } = runner(KERNELS[0]!);

  it('Jupyter lists the kernel', async () => {
    const { stdout } = await run('-m', 'jupyter', 'kernelspec', 'list', '--json');
    const { kernelspecs } = JSON.parse(stdout) as { kernelspecs: Record<string, { spec: { display_name: string } }> };
    expect(kernelspecs['patchbay']?.spec.display_name).toBe('TypeScript (Patchbay)');
  });

  it.each(NOTEBOOKS)('jupyter execute runs examples/%s', async (name) => {
    const file = path.join(folder, name);
    const { code, stderr } = await run('-m', 'jupyter', 'execute', '--inplace', '--kernel_name=patchbay', name);
    expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
    const { cells } = JSON.parse(fs.readFileSync(file, 'utf8')) as SavedNotebook;
    const ran = cells.filter(({ cell_type: type }) => type === 'code');
    expect(ran.every(({ execution_count: count }) => typeof count === 'number')).toBe(true);
    for (const { outputs = [], metadata } of ran)
      expect(outputs.some(({ output_type: type }) => type === 'error')).toBe(metadata.tags?.includes('raises-exception') ?? false);
    expect(ran.flatMap(({ outputs = [] }) => outputs).some(({ data }) => data !== undefined && 'image/png' in data)).toBe(true);
  });

  it('nbconvert runs a notebook and writes HTML and a script', async () => {
    const name = NOTEBOOKS[0] ?? '';
    for (const [format, extension] of [['html', 'html'], ['script', 'ts']] as const) {
      const { code, stderr } = await run('-m', 'jupyter', 'nbconvert', '--to', format, ...(format === 'html' ? ['--execute', '--ExecutePreprocessor.kernel_name=patchbay'] : []), '--output', 'converted', name);
      expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
      expect(fs.existsSync(path.join(folder, `converted.${extension}`))).toBe(true);
    }
  });
});
