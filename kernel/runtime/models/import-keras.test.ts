import { readdirSync, readFileSync } from 'node:fs';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Tensor } from '@tensorflow/tfjs';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { MaskedDense } from '../layers/index.js';
import { ready, tf } from '../tf/index.js';
import { importKeras, load, save } from './index.js';
import { readArchive, writeArchive } from './keras/archive.js';

const SAVED = fileURLToPath(new URL('../../../test/fixtures/keras/saved', import.meta.url));

interface SavedFixture {
  name: string;
  files: string[];
  layers: { name: string; connections: number[][]; biasMask: number[] | null; kernel: number[][]; bias: number[] | null }[];
  x: number[][];
  output: number[][];
}
const fixtures = readdirSync(SAVED)
  .filter((name) => name.endsWith('.io.json'))
  .map((name) => JSON.parse(readFileSync(path.join(SAVED, name), 'utf8')) as SavedFixture);

let folder = '';
beforeAll(async () => {
  await ready;
  folder = await fs.mkdtemp(path.join(os.tmpdir(), 'keras-'));
});
afterAll(() => fs.rm(folder, { recursive: true, force: true }));

const numbers = (tensor: Tensor | undefined) => Array.from(tensor!.dataSync());
const close = (got: number[], want: number[]) => {
  const scale = Math.max(1e-3, ...want.map(Math.abs));
  expect(got).toHaveLength(want.length);
  got.forEach((value, k) => expect(Math.abs(value - want[k]!)).toBeLessThanOrEqual(1e-5 * scale));
};

describe.each(fixtures.flatMap((fixture) => fixture.files.map((file) => ({ file, fixture }))))('case 22: $file', ({ file, fixture }) => {
  it('loads with its weights, masks and bias masks, gives its outputs, and is saved again', async () => {
    const before = tf.memory().numTensors;
    const model = await importKeras(path.join(SAVED, file));
    expect(tf.memory().numTensors - before).toBe(model.weights.length);
    expect(model.layers.map(({ name }) => name)).toEqual(fixture.layers.map(({ name }) => name));
    model.layers.forEach((layer, k) => {
      const want = fixture.layers[k]!;
      if (!(layer instanceof MaskedDense)) throw new Error(`${layer.name} is not masked`);
      expect(layer.mask.toArray()).toEqual(want.connections);
      expect(layer.getConfig()['biasMask']).toEqual(want.biasMask);
      const [kernel, bias] = layer.getWeights();
      // The fixture's text has no sign of zero.
      expect(numbers(kernel).map((value) => value + 0)).toEqual(want.kernel.flat());
      expect(numbers(bias)).toEqual(want.bias);
    });
    close(numbers(model.predict(tf.tensor2d(fixture.x)) as Tensor), fixture.output.flat());
    await save(model, path.join(folder, file.replaceAll('.', '-')));
    const again = await load(path.join(folder, file.replaceAll('.', '-')));
    close(numbers(again.predict(tf.tensor2d(fixture.x)) as Tensor), fixture.output.flat());
  });
});

describe('importing', () => {
  const fixture = fixtures.find(({ name }) => name === 'saved-custom-connected');
  const archive = async () => readArchive(await fs.readFile(path.join(SAVED, 'saved-custom-connected.keras')));
  /** The saved model with its configuration changed as text. */
  const changed = async (name: string, from: string | RegExp, to: string) => {
    const { config, ...rest } = await archive();
    const file = path.join(folder, `${name}.keras`);
    const text = JSON.stringify(config).replaceAll(new RegExp(from, 'g'), to);
    expect(text).not.toBe(JSON.stringify(config));
    await fs.writeFile(file, await writeArchive({ ...rest, config: JSON.parse(text) as Record<string, unknown> }));
    return importKeras(file);
  };
  const predict = async (name: string, from: string | RegExp, to: string) => numbers((await changed(name, from, to)).predict(tf.tensor2d(fixture!.x)) as Tensor);

  it.each(['Other>CustomConnected', 'CustomConnected', 'pkg.sub>MaskedDense'])('takes the masked layer under the registered name %s', async (name) => {
    close(await predict(name.replaceAll(/\W/g, '-'), /"registered_name":"Custom>CustomConnected"/, `"registered_name":"${name}"`), fixture!.output.flat());
  });

  it("means Keras 3's hard_sigmoid, relu6(x + 3) / 6, and keeps it when saved and loaded", async () => {
    const model = await changed('hard', /"activation":"softmax"/, '"activation":"hard_sigmoid"');
    const plain = await changed('plain', /"activation":"softmax"/, '"activation":null');
    const x = tf.tensor2d(fixture!.x);
    const want = numbers(plain.predict(x) as Tensor).map((value) => Math.min(6, Math.max(0, value + 3)) / 6);
    close(numbers(model.predict(x) as Tensor), want);
    await save(model, path.join(folder, 'hard'));
    close(numbers((await load(path.join(folder, 'hard'))).predict(x) as Tensor), want);
  });

  it('names what it cannot read', async () => {
    await expect(changed('unknown', /CustomConnected/, 'Attention')).rejects.toThrow(/unknown.keras has the layer masked_1 of class Attention, which cannot be read; these can: CustomConnected, Sequential, Functional, Dense,/);
    await expect(changed('sparsemax', /"activation":"softmax"/, '"activation":"sparsemax"')).rejects.toThrow('has the layer masked_3 that has the activation sparsemax, which TensorFlow.js has not');
    await expect(changed('axes', /"bias_mask":\[/, '"twist":2,"bias_mask":[')).rejects.toThrow('has the layer masked_1 of class MaskedDense with twist = 2, which TensorFlow.js has not');
    await expect(changed('int8', /"name":"float32"/, '"name":"int8_from_float32"')).rejects.toThrow(/of type int8_from_float32; only floats can be read/);
    await expect(changed('maskless', /"connections":/, '"kinks":')).rejects.toThrow('has the layer masked_1 of class MaskedDense with kinks = ');
    await expect(changed('entries', /"connections":\[\[1,0,0,/, '"connections":[[1,0,7,')).rejects.toThrow('has the layer masked_1 whose connections cannot be read: Mask.from: the entry in row 0, column 2 is 7');
    await expect(changed('short', /"bias_mask":\[1,/, '"bias_mask":[')).rejects.toThrow('has the layer masked_1 of 8 units, whose bias_mask has 7 entries');
    await expect(changed('subclassed', /"layers":/, '"parts":')).rejects.toThrow(/only its author's code knows the layers/);
    await expect(changed('smaller', /"units":3/, '"units":4')).rejects.toThrow(/smaller.keras has the layer masked_3 of 4 units, whose connections have shape \[5, 3\]/);
  });

  it('leaves out what acts in training only and TensorFlow.js has not, and says so', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    close(await predict('orthogonal', /"class_name":"L2"/, '"class_name":"OrthogonalRegularizer"'), fixture!.output.flat());
    expect(warn.mock.calls).toEqual([['models.importKeras: orthogonal.keras: layer masked_2: the kernel_regularizer OrthogonalRegularizer is left out, as TensorFlow.js has none like it; it would act in training only']]);
    close(await predict('own', /"kernel_constraint":null,"bias_c/, '"kernel_constraint":{"class_name":"Mine","config":{}},"bias_c'), fixture!.output.flat());
    expect(warn.mock.lastCall).toEqual([expect.stringContaining('layer masked_3: the kernel_constraint Mine is left out')]);
    warn.mockRestore();
  });

  it.each([
    ['null', /"registered_name":"Custom>CustomConnected"/, '"registered_name":null'],
    ['left out', /,"registered_name":"Custom>CustomConnected"/, ''],
    ['with another module', /"module":"custom_connected"/, '"module":"my.package.layers"'],
    ['without a module', /"module":"custom_connected",/, ''],
    ['with its package in the class', /"class_name":"CustomConnected"/, '"class_name":"Custom>CustomConnected"'],
    ['with a mask of truth values', /"connections":\[\[1,0,0,/, '"connections":[[true,false,0,'],
    ['without a bias mask', /,"bias_mask":null/, ''],
    ['without a type', /"dtype":\{[^{}]*\{[^{}]*\}[^{}]*\},/, ''],
    ['as Keras 3.0 wrote it', /"quantization_config":null,/, ''],
  ])('takes the masked layer with its registered name %s', async (name, from, to) => {
    close(await predict(`form-${name.replaceAll(' ', '-')}`, from, to), fixture!.output.flat());
  });

  it('takes an archive that was packed again, with compression', async () => {
    const { zipSync, unzipSync } = await import('fflate');
    const file = path.join(folder, 'packed.keras');
    await fs.writeFile(file, zipSync(unzipSync(await fs.readFile(path.join(SAVED, 'saved-custom-connected.keras'))), { level: 9 }));
    close(numbers((await importKeras(file)).predict(tf.tensor2d(fixture!.x)) as Tensor), fixture!.output.flat());
  });

  it('refuses other files with a sentence', async () => {
    const write = async (name: string, bytes: Uint8Array | string) => {
      await fs.writeFile(path.join(folder, name), bytes);
      return importKeras(path.join(folder, name));
    };
    await expect(importKeras('model.json')).rejects.toThrow('models.importKeras: path is "model.json", expected a .keras or .h5 file. models.load reads what models.save wrote.');
    await expect(importKeras(path.join(folder, 'nowhere.h5'))).rejects.toThrow(/there is no file .*nowhere.h5/);
    await expect(write('text.h5', 'hello')).rejects.toThrow(/text.h5 is no HDF5 file/);
    await expect(write('text.keras', 'hello')).rejects.toThrow(/text.keras is no .keras archive: it is no zip/);
    await expect(write('cut.keras', (await fs.readFile(path.join(SAVED, 'saved-custom-connected.keras'))).subarray(0, 900))).rejects.toThrow(/cut.keras is a damaged zip/);
    await expect(write('cut.h5', (await fs.readFile(path.join(SAVED, 'saved-custom-connected.h5'))).subarray(0, 9000))).rejects.toThrow(/cut.h5 is a damaged HDF5 file \(truncated file: /);
    await expect(write('weights.h5', (await archive()).weights)).rejects.toThrow(/weights.h5 has no "model_config": it holds weights only/);
  });

  it('gives a model or a sentence, and no tensor is left, whatever happened to the file', { timeout: 60_000 }, async () => {
    vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const { config, ...rest } = await archive();
    const h5 = await fs.readFile(path.join(SAVED, 'saved-custom-connected-trained.h5'));
    const file = async (kind: string, bytes: Uint8Array) => {
      await fs.writeFile(path.join(folder, `damaged.${kind}`), bytes);
      const before = tf.memory().numTensors;
      try {
        const model = await importKeras(path.join(folder, `damaged.${kind}`));
        model.dispose();
      } catch (error) {
        expect((error as Error).message).toMatch(/^models.importKeras: file \S*damaged.(h5|keras) (is|has|holds|lists|was|describes) [^\n]+$/);
      }
      expect(tf.memory().numTensors).toBe(before);
    };
    const byte = fc.tuple(fc.nat(h5.length - 1), fc.nat(255));
    await fc.assert(fc.asyncProperty(fc.array(byte, { minLength: 1, maxLength: 3 }), (changes) => file('h5', changes.reduce((bytes, [at, to]) => bytes.with(at, to), Uint8Array.from(h5)))), { numRuns: 40 });
    await fc.assert(fc.asyncProperty(fc.nat(h5.length - 1), (end) => file('h5', h5.subarray(0, end))), { numRuns: 10 });
    const members = membersOf(config);
    const change = fc.tuple(fc.nat(members.length - 1), fc.constantFrom(null, 7, 'x', [], {}, undefined));
    await fc.assert(
      fc.asyncProperty(change, async ([which, to]) => {
        const copy = structuredClone(config) as Record<string, unknown>;
        const [owner, key] = membersOf(copy)[which]!;
        owner[key] = to;
        await file('keras', await writeArchive({ ...rest, config: copy }));
      }),
      { numRuns: 80 },
    );
    vi.restoreAllMocks();
  });
});

/** Every member of a JSON value, and what it is a member of. */
function membersOf(value: unknown): [owner: Record<string, unknown>, key: string][] {
  if (typeof value !== 'object' || value === null) return [];
  const owner = value as Record<string, unknown>;
  return Object.keys(owner).flatMap((key): [Record<string, unknown>, string][] => [[owner, key], ...membersOf(owner[key])]);
}
