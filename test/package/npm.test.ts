/** The npm package in a folder of its own: scripts, types, the command. */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { notebookOf, readNotebook } from '../e2e/harness/notebook-file.js';
import { npmPackage, runInstalled, type Ended } from './environment.js';

const PNG_SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

const USE = `
const A = Mask.from([[1, 0], [0, 1], [1, 1]]);
const model = tf.sequential();
model.add(maskedDense({ units: 2, connections: A, inputShape: [3], kernelInitializer: 'ones', useBias: false }));
const seed = model.predict(tf.tensor2d([[1, 2, 4]]));
if (Array.isArray(seed)) throw new Error('one output expected');
console.log('seed', JSON.stringify([...seed.dataSync()]));
model.compile({ optimizer: tf.train.adam(0.05), loss: 'meanSquaredError' });
const x = tf.tensor2d([[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 1]]);
const y = tf.tensor2d([[2, 0], [0, 3], [1, 1], [3, 4]]);
const run = await train(model, x, y, { epochs: 20, batchSize: 4, seed: 1 });
const losses = run.history.loss ?? [];
console.log('losses', losses.length, (losses.at(-1) ?? Infinity) < (losses[0] ?? 0));
`;
const IMPORT = `import { Mask, maskedDense, show, tf, train } from 'patchbay';\n`;

const versionOf = (node: string): string => execFileSync(node, ['--version']).toString().trim();

const write = (name: string, text: string): Promise<void> => fs.writeFile(path.join(npmPackage().installed, name), text);

describe.each(npmPackage().nodes.map((node) => ({ node, version: versionOf(node) })))('on Node $version', ({ node, version }) => {
  it('a script imports patchbay, trains and writes a PNG', async () => {
    const picture = `kernel-${version}.png`;
    await write('script.mjs', `${IMPORT}${USE}\nawait show.kernel(model.layers[0], { file: ${JSON.stringify(picture)} });\n`);
    const { code, stdout, stderr } = await runInstalled(node, ['script.mjs']);
    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(stdout).toContain('seed [5,6]');
    expect(stdout).toContain('losses 20 true');
    const png = await fs.readFile(path.join(npmPackage().installed, picture));
    expect([...png.subarray(0, 8)]).toEqual(PNG_SIGNATURE);
    expect(png.readUInt32BE(16), 'width').toBeGreaterThan(100);
  });

  it('a CommonJS script requires the same module', async () => {
    await write('script.cjs', `const { Mask } = require('patchbay');\nconsole.log(String(Mask.from([[1, 0], [0, 1], [1, 1]])));\n`);
    const { code, stdout, stderr } = await runInstalled(node, ['script.cjs']);
    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(stdout).toContain('3×2 mask: 4 of 6 connected');
  });

  it('models of Keras go out and come in, through the HDF5 library of the package', async () => {
    await write('keras.mjs', `import { maskedDense, models, tf } from 'patchbay';
      const model = tf.sequential({ layers: [maskedDense({ connections: [[1, 0], [0, 1], [1, 1]], inputShape: [3], activation: 'tanh' })] });
      const x = tf.tensor2d([[1, 2, 4]]);
      for (const kind of ['keras', 'h5']) {
        await models.exportKeras(model, 'model.' + kind, { as: 'custom' });
        const again = await models.importKeras('model.' + kind);
        console.log(kind, again.layers[0].mask.nnz, tf.equal(model.predict(x), again.predict(x)).all().dataSync()[0]);
      }\n`);
    const { code, stdout, stderr } = await runInstalled(node, ['keras.mjs']);
    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(stdout).toContain('keras 4 1\nh5 4 1');
  });

  it('`patchbay run` runs a notebook', async () => {
    await write('in.ipynb', notebookOf(`${IMPORT}${USE}`, 'show.mask(A);', '1 + 1'));
    const command = path.join('node_modules', 'patchbay', 'dist', 'cli.js');
    const { code, stderr } = await runInstalled(node, [command, 'run', 'in.ipynb', '-o', 'out.ipynb']);
    expect({ code, stderr }).toMatchObject({ code: 0 });
    const { cells } = await readNotebook(path.join(npmPackage().installed, 'out.ipynb'));
    expect(cells.map(({ execution_count }) => execution_count)).toEqual([1, 2, 3]);
    expect(cells[1]?.outputs?.[0]?.data).toHaveProperty('image/png');
    expect(cells[2]?.outputs?.[0]?.data).toEqual({ 'text/plain': ['2'] });
  });

  it('`patchbay bench` measures the package itself', async () => {
    const command = path.join('node_modules', 'patchbay', 'dist', 'cli.js');
    const { code, stdout, stderr } = await runInstalled(node, [command, 'bench', '--quick', '--json', '--only', 'second']);
    expect({ code, stderr }).toMatchObject({ code: 0 });
    const { machine, rows } = JSON.parse(stdout) as { machine: { node: string }; rows: { id: string; milliseconds: { median: number } }[] };
    expect(`v${machine.node}`).toBe(version);
    expect(rows).toMatchObject([{ id: 'second-train', milliseconds: { median: expect.any(Number) } }]);
  });
});

it('`patchbay install` makes a kernel that needs the package no more', async () => {
  const { code, stderr } = await runInstalled('npx', ['--no-install', 'patchbay', 'install', '--prefix', 'jupyter']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const folder = path.join(npmPackage().installed, 'jupyter', 'share', 'jupyter', 'kernels', 'patchbay');
  const { argv } = JSON.parse(await fs.readFile(path.join(folder, 'kernel.json'), 'utf8')) as { argv: string[] };
  expect(argv.slice(1)).toEqual([path.join(folder, 'start.sh'), '--connection-file', '{connection_file}']);
  // It gets as far as its connection file from a folder where no package is.
  const alone = path.join(npmPackage().installed, '..', 'alone');
  await fs.rename(folder, alone);
  const { stderr: said } = await runInstalled(process.execPath, ['--no-force-async-hooks-checks', path.join(alone, 'kernel', 'main.js'), '--connection-file', 'missing.json']);
  expect(said).toContain('patchbay: the connection file missing.json cannot be read');
  const zeromq = await runInstalled(process.execPath, ['-p', `require(${JSON.stringify(path.join(alone, 'kernel', 'node_modules', 'zeromq'))}).version`]);
  expect(zeromq.stdout).toMatch(/^4\.\d+\.\d+\n$/);
});

it('npx finds the command', async () => {
  const { code, stdout, stderr } = await runInstalled('npx', ['--no-install', 'patchbay', '--help']);
  expect({ code, stderr }).toMatchObject({ code: 0 });
  expect(stdout).toContain('patchbay run');
});

const TSC = (): string => path.join(npmPackage().root, 'node_modules', 'typescript', 'bin', 'tsc');
const FLAGS = ['--noEmit', '--strict', '--target', 'es2022', '--lib', 'es2023,dom'];

describe.each([
  { resolution: 'nodenext', module: 'nodenext' },
  { resolution: 'bundler', module: 'esnext' },
])('a TypeScript file, moduleResolution $resolution', ({ resolution, module }) => {
  const check = (...more: string[]): Promise<Ended> => runInstalled(process.execPath, [TSC(), ...FLAGS, '--module', module, '--moduleResolution', resolution, ...more, 'script.mts']);

  it('checks against the shipped types', async () => {
    await write('script.mts', `${IMPORT}${USE}\nconst shape: readonly [number, number] = A.shape;\nvoid show.kernel(model.layers[0]!, { file: 'k.png' });\nconsole.log(shape);\n`);
    const { code, stdout } = await check('--skipLibCheck');
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
  });

  it('finds no error in the shipped types themselves', async () => {
    // tfjs brings types of WebGPU that disagree with TypeScript's own; ours must not hide behind them.
    const { stdout } = await check();
    expect(stdout.split('\n').filter((line) => /node_modules[\\/]patchbay[\\/]/.test(line))).toEqual([]);
  });
});

it('a wrong argument is a type error', async () => {
  await write('wrong.mts', `${IMPORT}maskedDense({ units: 'two', connections: [[1]] });\nvoid [Mask, show, tf, train];\n`);
  const { code, stdout } = await runInstalled(process.execPath, [TSC(), ...FLAGS, '--skipLibCheck', '--module', 'nodenext', 'wrong.mts']);
  expect(code).not.toBe(0);
  expect(stdout).toContain("Type 'string' is not assignable to type 'number'");
});

it('ships what runs and nothing else', () => {
  const files = execFileSync('tar', ['tzf', npmPackage().tarball]).toString().trim().split('\n').map((file) => file.replace(/^package\//, ''));
  const places = new Set(files.map((file) => file.split('/').slice(0, 2).join('/')));
  expect([...places].sort()).toEqual(['CHANGELOG.md', 'LICENSE', 'README.md', 'dist/ThirdPartyNotices.txt', 'dist/cli.js', 'dist/kernel', 'dist/kernelspec', 'dist/npm', 'dist/types', 'package.json']);
  expect(files.filter((file) => /\.(test\.|tsbuildinfo)/.test(file))).toEqual([]);
});
