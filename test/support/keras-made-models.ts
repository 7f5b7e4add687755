/** What make_models.py wrote, and the comparison of an imported model with it. */
import fs from 'node:fs/promises';
import path from 'node:path';
import type { LayersModel, Tensor } from '@tensorflow/tfjs';
import { expect } from 'vitest';
import { MaskedDense } from '../../kernel/runtime/layers/index.js';
import { importKeras } from '../../kernel/runtime/models/index.js';
import { tf } from '../../kernel/runtime/tf/index.js';

type Nested = readonly (number | Nested)[];

export interface MadeModel {
  readonly name: string;
  /** One an input, and one an output. */
  readonly x: readonly Nested[];
  readonly y: readonly Nested[];
  readonly masked: readonly { name: string; connections: Nested; biasMask: readonly number[] | null; kernel: Nested; bias: readonly number[] | null }[];
}

export async function madeModels(folder: string): Promise<MadeModel[]> {
  const { models } = JSON.parse(await fs.readFile(path.join(folder, 'models.json'), 'utf8')) as { models: MadeModel[] };
  return models;
}

/** Those of models inside too, in order. */
export const maskedLayers = (model: LayersModel): MaskedDense[] =>
  model.layers.flatMap((layer) => (layer instanceof MaskedDense ? [layer] : layer instanceof tf.LayersModel ? maskedLayers(layer) : []));

const numbers = (tensor: Tensor) => Array.from(tensor.dataSync());

/** |got − want| ≤ 1e-5 × max(1e-3, largest |want|) */
function close(got: readonly number[], want: readonly number[], what: string): void {
  const scale = Math.max(1e-3, ...want.map(Math.abs));
  expect(got.length, what).toBe(want.length);
  expect(Math.max(0, ...want.map((value, k) => Math.abs(value - (got[k] ?? NaN)))) / scale, what).toBeLessThanOrEqual(1e-5);
}

/** That the file comes back with Keras's masks, bias masks, weights and outputs, and no tensor more than its weights. */
export async function expectImported(folder: string, { name, x, y, masked }: MadeModel, kind: 'keras' | 'h5'): Promise<LayersModel> {
  const what = `${name}.${kind}`;
  const before = tf.memory().numTensors;
  const model = await importKeras(path.join(folder, what));
  expect(tf.memory().numTensors - before, `tensors of ${what}`).toBe(model.weights.length);
  const layers = maskedLayers(model);
  expect(layers.map((layer) => layer.mask.toArray()), what).toEqual(masked.map(({ connections }) => connections));
  for (const [k, layer] of layers.entries()) {
    const want = masked[k]!;
    expect(layer.getConfig()['biasMask'], what).toEqual(want.biasMask);
    const [kernel, bias] = layer.getWeights();
    close(numbers(kernel!), want.kernel.flat() as number[], `kernel of ${want.name} in ${what}`);
    if (want.bias) close(numbers(bias!), want.bias.map((value, j) => value * (want.biasMask?.[j] ?? 1)), `bias of ${want.name} in ${what}`);
    tf.dispose([kernel!, ...(bias ? [bias] : [])]);
  }
  // Keras computes in these types what it stores in them.
  if (!/^type-.*float16/.test(name)) expectOutputs(model, { x, y }, what);
  return model;
}

export function expectOutputs(model: LayersModel, { x, y }: Pick<MadeModel, 'x' | 'y'>, what: string): void {
  tf.tidy(() => {
    const inputs = x.map((values) => tf.tensor(values as number[]));
    const outputs = [model.predict(inputs.length === 1 ? inputs[0]! : inputs)].flat();
    outputs.forEach((output, k) => close(numbers(output), y[k]!.flat(9) as number[], `output ${k} of ${what}`));
    expect(outputs.length, what).toBe(y.length);
  });
}
