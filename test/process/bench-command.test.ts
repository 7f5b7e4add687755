/** `patchbay bench` as a user runs it: the real command, its real subjects, and Python where one has a library for it. */
import { execFile, spawnSync } from 'node:child_process';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../kernel/bench/report.js';
import { SubjectProcess } from '../../kernel/bench/subject-process.js';
import { environmentOf, SUBJECTS } from '../../kernel/bench/subjects.js';
import { workloadsOf } from '../../kernel/bench/workloads.js';

const CLI = path.resolve('dist/cli.js');
const SUBJECT = path.resolve('kernel/bench/python/subject.py');
const TIMEOUT = 240_000;

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function bench(args: readonly string[], environment: Record<string, string> = {}): Promise<Ended> {
  return new Promise((resolve) => {
    // Without what the tests of this project say of the backend: the command says it itself.
    const env = { ...process.env, PATCHBAY_BACKEND: '', PATCHBAY_BENCH_PYTHON: '', ...environment };
    const child = execFile(process.execPath, [CLI, 'bench', ...args], { env, maxBuffer: 1 << 24 }, (_error, stdout, stderr) => resolve({ code: child.exitCode, stdout, stderr }));
  });
}

const read = (stdout: string): Report => JSON.parse(stdout) as Report;

describe('patchbay bench', () => {
  it('prints a report as JSON and nothing else, and exits with 0', { timeout: TIMEOUT }, async () => {
    const { code, stdout, stderr } = await bench(['--quick', '--json']);
    expect({ code, stderr }).toMatchObject({ code: 0 });
    const report = read(stdout);
    expect(report).toMatchObject({ version: 1, plan: 'quick', machine: { node: process.versions.node, load: [expect.any(Number), expect.any(Number)] } });
    expect(report.rateGflops).toBeGreaterThan(0.5);
    const rows = workloadsOf('quick').flatMap((workload) => workload.rows);
    expect(report.rows.map(({ id }) => id)).toEqual(rows.map(({ id }) => id));
    for (const { milliseconds, title } of report.rows) expect(milliseconds?.median, title).toBeGreaterThanOrEqual(0);
    const [step] = report.rows;
    expect(step?.note).toMatch(/^train, engine (tfjs|fused): /);
    const wasm = step?.comparisons.find(({ beside }) => beside === 'tfjs wasm');
    expect(wasm?.ratio?.median).toBeGreaterThan(0);
    expect(wasm?.ratio?.quartiles[0]).toBeLessThanOrEqual(wasm?.ratio?.median ?? 0);
    const subjects = Object.fromEntries(report.subjects.map(({ name, what, missing }) => [name, what ?? missing]));
    expect(subjects).toMatchObject({ patchbay: expect.stringContaining('wasm'), 'tfjs-cpu': expect.stringContaining('cpu backend'), 'tfjs-wasm': expect.stringContaining('wasm backend'), torch: 'no Python was named (--python, or PATCHBAY_BENCH_PYTHON)' });
  });

  it('prints a table, also where there is no tfjs-node', { timeout: TIMEOUT }, async () => {
    const { code, stdout } = await bench(['--quick', '--only', 'second'], { PATCHBAY_CACHE: path.resolve('no-such-cache') });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Patchbay \S+ on .+, \d+ processors, .+, Node [\d.]+\nload /);
    expect(stdout).toMatch(/a second train of 8-16-3, beside its steps +\d.* +≤ 3 ms +(yes|NO)\n/);
  });

  it('refuses what makes no sense with exit code 2', async () => {
    const ended = await bench(['--only', 'nothing']);
    expect(ended).toMatchObject({ code: 2, stdout: '' });
    expect(ended.stderr).toContain('patchbay: --only nothing: there are step-8-16-3, ');
    expect((await bench(['--python', '/no/such/python'])).stderr).toContain('--python /no/such/python: there is no such file');
  });

  it('goes on without a Python that does not start', { timeout: TIMEOUT }, async () => {
    const { code, stdout } = await bench(['--quick', '--json', '--only', 'step', '--python', 'no-such-python-here']);
    expect(code).toBe(0);
    expect(read(stdout).subjects.find(({ name }) => name === 'keras')?.missing).toContain('ENOENT');
  });
});

/** The Python that is named, or one of the usual names: the first that has the library. */
function pythonWith(module: string): string | undefined {
  const candidates = [process.env['PATCHBAY_BENCH_PYTHON'], 'python3', 'python'].filter((name) => name !== undefined && name !== '');
  return candidates.find((python) => spawnSync(python ?? '', ['-c', `import importlib.util, sys; sys.exit(0 if importlib.util.find_spec('${module}') and importlib.util.find_spec('numpy') else 1)`]).status === 0);
}

describe.each([['keras', 'keras'], ['torch', 'torch']] as const)('the subject %s', (name, module) => {
  const python = pythonWith(module);
  it.skipIf(python === undefined)(`trains and says what it is${python === undefined ? ` — skipped: no Python here has ${module}; name one in PATCHBAY_BENCH_PYTHON` : ''}`, { timeout: TIMEOUT }, async () => {
    const subject = SUBJECTS.find((candidate) => candidate.name === name)!;
    const running = new SubjectProcess({ program: python!, arguments: [SUBJECT, name], environment: environmentOf(subject) });
    try {
      expect(await running.describe()).toMatch(name === 'keras' ? /^Keras \S+ on (tensorflow|jax|torch) \S+, Python 3/ : /^PyTorch \S+, Python 3/);
      const net = { sizes: [8, 16, 3], densities: [0.5, 1], batch: 32, optimizer: 'adam', loss: 'crossentropy' } as const;
      await running.prepare('step', { kind: 'step', net });
      expect(await running.burst('step', 5)).toBeGreaterThan(0);
      await running.release('step');
      await expect(running.burst('step', 5)).rejects.toThrow("KeyError: 'step'");
      await expect(running.prepare('start', { kind: 'start', net })).rejects.toThrow(/Missing: \w+ is not measured in start/);
      if (name !== 'torch') return;
      await running.prepare('csr', { kind: 'layer', how: 'csr', layer: { n: 64, density: 0.1, batch: 16, part: 'forward' } });
      expect(await running.burst('csr', 5)).toBeGreaterThan(0);
      await running.prepare('fused', { kind: 'step', net: { ...net, loss: 'mse' }, how: 'fused' });
      expect(await running.burst('fused', 5)).toBeGreaterThan(0);
    } finally {
      running.end();
    }
  });
});
