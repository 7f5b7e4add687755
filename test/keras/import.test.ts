/** Files that the real Keras, 3 and 2, writes where it is installed. */
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { load, save } from '../../kernel/runtime/models/index.js';
import { ready } from '../../kernel/runtime/tf/index.js';
import { expectImported, expectOutputs, madeModels } from '../support/keras-made-models.js';
import { keras2Python, kerasPython, WITHOUT_KERAS, WITHOUT_KERAS_2 } from './python.mjs';
import { runPython } from './run-python.js';

let folder = '';
beforeAll(async () => {
  await ready;
  folder = await fs.mkdtemp(path.join(os.tmpdir(), 'import-'));
});
afterEach(() => vi.restoreAllMocks());
afterAll(() => fs.rm(folder, { recursive: true, force: true }));

const VERSIONS = [
  { version: 'Keras 3', module: 'keras', find: kerasPython, without: WITHOUT_KERAS },
  { version: 'Keras 2', module: 'tf_keras', find: keras2Python, without: WITHOUT_KERAS_2 },
];

describe.each(VERSIONS)('files of $version', ({ version, module, find, without }) => {
  const python = find();
  const title = (what: string) => (python === undefined ? `${what}: left out, ${without}` : what);
  const make = async (name: string, ...more: string[]) => {
    const made = path.join(folder, `${module}-${name}`);
    await fs.mkdir(made);
    await runPython(python ?? '', 'make_models.py', [made, module, ...more]);
    return made;
  };

  it.runIf(python !== undefined)(title('come back with masks, weights and outputs, and so do they when saved again'), async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const made = await make('all');
    const models = await madeModels(made);
    expect(models.length).toBeGreaterThan(30);
    for (const model of models) {
      for (const kind of ['keras', 'h5'] as const) {
        const imported = await expectImported(made, model, kind);
        if (kind === 'h5' || model.name.startsWith('type-')) continue;
        await save(imported, path.join(folder, 'again'));
        expectOutputs(await load(path.join(folder, 'again')), model, `${model.name} of ${version}, saved and loaded`);
      }
    }
    const said = warn.mock.calls.map(([text]) => String(text));
    expect(said.every((text) => /^models.importKeras: settings\.(keras|h5): layer \S+: the activity_regularizer is left out/.test(text)), said.join('\n')).toBe(true);
    expect(said).toHaveLength(4);
  });

  it.runIf(python !== undefined)(title('that were trained say how they were compiled'), async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const made = await make('trained', 'trained');
    for (const model of await madeModels(made)) for (const kind of ['keras', 'h5'] as const) await expectImported(made, model, kind);
    expect(warn.mock.calls.map(([text]) => /was compiled with (\w+);/.exec(String(text))?.[1]?.toLowerCase())).toEqual(['sgd', 'sgd', 'adam', 'adam', 'rmsprop', 'rmsprop']);
  });
});
