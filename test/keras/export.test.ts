/** Exported models in real Keras 3: the same outputs, as stock layers and as CustomConnected, `.keras` and `.h5`. */
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { LayersModel, Tensor } from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exportKeras, importKeras } from '../../kernel/runtime/models/index.js';
import { ready, tf } from '../../kernel/runtime/tf/index.js';
import { EXPORTED } from './exported-models.js';
import { kerasPython } from './python.mjs';
import { runPython } from './run-python.js';

interface Result {
  /** One an output. */
  y: number[][];
  classes: string[];
}

const python = kerasPython();
let folder = '';
beforeAll(async () => {
  await ready;
  folder = await fs.mkdtemp(path.join(os.tmpdir(), 'export-'));
});
afterAll(() => fs.rm(folder, { recursive: true, force: true }));

/** Runs all cases in one Python: importing Keras takes seconds. */
async function inKeras(cases: object[]): Promise<Result[]> {
  const stdout = await runPython(python ?? '', 'check_export.py', [], JSON.stringify(cases));
  return (JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as { results: Result[] }).results;
}

const FORMS = Object.entries(EXPORTED).flatMap(([name, { custom }]) =>
  (['keras', 'h5'] as const).flatMap((kind) => (custom === false ? (['dense'] as const) : (['dense', 'custom'] as const)).map((as) => ({ name, kind, as }))),
);

const outputs = (model: LayersModel, x: Tensor[]) => [model.predict(x.length === 1 ? x[0]! : x)].flat().map((tensor) => Array.from(tensor.dataSync()));

/** |got − want| ≤ 1e-5 × max(1e-3, largest |want|), output by output */
function expectClose(got: readonly number[][], want: readonly number[][], where: string): void {
  expect(got.map((values) => values.length), where).toEqual(want.map((values) => values.length));
  want.forEach((values, k) => {
    const scale = Math.max(1e-3, ...values.map(Math.abs));
    expect(Math.max(...values.map((value, i) => Math.abs(value - got[k]![i]!))) / scale, `output ${k} of ${where}`).toBeLessThanOrEqual(1e-5);
  });
}

describe.runIf(python !== undefined)('real Keras 3', () => {
  it('gives the outputs of every exported model to 1e-5, and what it saves again comes back', async () => {
    const models = new Map(
      Object.entries(EXPORTED).map(([name, { build }]) => {
        const model = build();
        return [name, { model, x: model.inputs.map(({ shape }, k) => tf.randomNormal([5, ...(shape.slice(1) as number[])], 0, 1, 'float32', 9 + k)) }];
      }),
    );
    const cases = [];
    for (const { name, kind, as } of FORMS) {
      const { model, x } = models.get(name)!;
      const file = path.join(folder, `${name}-${as}.${kind}`);
      await exportKeras(model, file, { as });
      // Keras itself cannot save a description of more than 64 KB.
      const save = name === 'wide' && kind === 'h5' && as === 'custom' ? null : path.join(folder, `again-${name}-${as}.${kind}`);
      cases.push({ file, x: x.map((tensor) => tensor.arraySync()), python: as === 'custom' ? folder : null, save });
    }
    const results = await inKeras(cases);
    for (const [k, { name, kind, as }] of FORMS.entries()) {
      const { model, x } = models.get(name)!;
      const want = outputs(model, x);
      const where = `${name} as ${as} in .${kind}`;
      expectClose(results[k]!.y, want, where);
      expect(results[k]!.classes.filter((name) => name === 'CustomConnected').length, where).toBe(as === 'custom' ? EXPORTED[name]!.masked : 0);
      const { save } = cases[k]!;
      if (save !== null) expectClose(outputs(await importKeras(save), x), want, `${where}, saved by Keras`);
    }
  });
});
