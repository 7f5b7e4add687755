import type { Tensor, Tensor4D } from '@tensorflow/tfjs';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { cpuBackend } from './backends.js';
import { backendSentence, ready, tf } from './index.js';
import { fillKernels } from './cpu-fallback.js';

await ready;
const start = tf.getBackend();
afterAll(() => tf.setBackend(start));
const BACKENDS = [...new Set(['wasm', 'cpu', start])];
const cpuData = () => (cpuBackend() as unknown as { numDataIds(): number }).numDataIds();

/** The same computation on both backends. */
async function onBoth<T>(compute: () => T): Promise<{ wasm: T; cpu: T }> {
  await tf.setBackend('cpu');
  const cpu = tf.tidy(compute as () => never);
  await tf.setBackend('wasm');
  return { cpu, wasm: tf.tidy(compute as () => never) };
}

describe('backends', () => {
  it('says which backend was chosen', () => {
    expect(backendSentence()).toMatch(/^tfjs 4\.22\.0 on (the wasm backend \((no )?SIMD\)|tfjs-node)/);
  });

  it('leaves no process-wide listener of Emscripten behind', () => {
    for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
      const sources = (process as NodeJS.EventEmitter).listeners(event).map(String);
      expect(sources.filter((source) => /ExitStatus|throw reason|throw [a-z]\b/.test(source))).toEqual([]);
    }
  });

  it('has every kernel of cpu on wasm', () => {
    expect(fillKernels('wasm')).toEqual([]);
    const names = new Set(tf.getKernelsForBackend('wasm').map(({ kernelName }) => kernelName));
    for (const name of ['Conv2DBackpropFilter', 'DepthwiseConv2dNativeBackpropInput', 'UnsortedSegmentSum', 'FFT', 'Einsum', 'Complex']) {
      expect(names).toContain(name);
    }
  });

  it('shows no banner when cpu is first used', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    await tf.setBackend('cpu');
    expect(tf.tensor1d([1, 2]).sum().dataSync()[0]).toBe(3);
    await tf.setBackend('wasm');
    expect(warn).not.toHaveBeenCalled();
    warn.mockRestore();
  });
});

describe('kernels that tensorflow lacks', () => {
  const compute = () => [
    ...tf.string.stringSplit(tf.tensor1d(['wired by hand']), ' ').values!.dataSync(),
    ...tf.image.transform(tf.tensor4d([1, 2, 3, 4], [1, 2, 2, 1]), tf.tensor2d([[1, 0, 1, 0, 1, 0, 0, 0]])).dataSync(),
    ...tf.searchSorted(tf.tensor1d([1, 3, 5]), tf.tensor1d([0, 4])).dataSync(),
    ...tf.denseBincount(tf.tensor1d([0, 2, 2], 'int32'), tf.tensor1d([]), 3).dataSync(),
  ];
  const want = ['wired', 'by', 'hand', 2, 0, 4, 0, 0, 2, 1, 0, 2];

  it.each(BACKENDS)('string, image, search and count on %s', async (backend) => {
    await tf.setBackend(backend);
    expect(tf.tidy(compute as () => never)).toEqual(want);
    expect(fillKernels(backend as 'wasm')).toEqual([]);
  });

  it.each(BACKENDS)('%s takes tensors that live on another backend, and frees what it copies', async (backend) => {
    await tf.setBackend(backend === 'cpu' ? 'wasm' : 'cpu');
    const [sorted, values] = [tf.tensor1d([1, 3, 5]), tf.tensor1d([0, 4])];
    await tf.setBackend(backend);
    const step = () => tf.tidy(() => Array.from(tf.searchSorted(sorted, values).dataSync()));
    expect(step()).toEqual([0, 2]);
    const before = [tf.memory().numTensors, cpuData()];
    for (let i = 0; i < 20; i++) step();
    expect([tf.memory().numTensors, cpuData()]).toEqual(before);
  });
});

describe('kernels that wasm lacks', () => {
  it('computes the gradient of conv2d as cpu does', async () => {
    const x = Array.from({ length: 2 * 5 * 5 * 2 }, (_, i) => Math.sin(i));
    const w = Array.from({ length: 3 * 3 * 2 * 4 }, (_, i) => Math.cos(i));
    const { wasm, cpu } = await onBoth(() => {
      const grad = tf.grad((k: Tensor) => tf.square(tf.conv2d(tf.tensor4d(x, [2, 5, 5, 2]), k as Tensor4D, 1, 'same')).sum());
      return Array.from(grad(tf.tensor4d(w, [3, 3, 2, 4])).dataSync());
    });
    cpu.forEach((value, i) => expect(wasm[i]).toBeCloseTo(value, 3));
  });

  it('does FFT there and back', async () => {
    const { wasm, cpu } = await onBoth(() => {
      const signal = tf.complex(tf.tensor1d([1, 2, 3, 4]), tf.tensor1d([0, -1, 0, 1]));
      const spectrum = tf.fft(signal);
      return [...spectrum.dataSync(), ...tf.real(tf.ifft(spectrum)).dataSync()];
    });
    cpu.forEach((value, i) => expect(wasm[i]).toBeCloseTo(value, 5));
    expect(wasm.slice(-4).map(Math.round)).toEqual([1, 2, 3, 4]);
  });

  it('does einsum, the gradient of gather, and regular expressions on strings', async () => {
    const { wasm, cpu } = await onBoth(() => [
      ...tf.einsum('ij,jk->ik', tf.tensor2d([[1, 2], [3, 4]]), tf.tensor2d([[1, 0], [1, 1]])).dataSync(),
      ...tf.grad((t) => tf.gather(t, tf.tensor1d([0, 0, 2], 'int32')).sum())(tf.tensor1d([5, 6, 7])).dataSync(),
      ...tf.string.staticRegexReplace(tf.tensor1d(['wired', 'by hand']), '[a-e]', '*').dataSync(),
    ]);
    expect(wasm).toEqual(cpu);
    expect(wasm).toEqual([3, 2, 7, 4, 2, 0, 1, 'wir**', '*y h*n*']);
  });

  it('frees what it copies', async () => {
    await tf.setBackend('wasm');
    const step = () => tf.tidy(() => tf.grad((t) => tf.gather(t, tf.tensor1d([0, 1], 'int32')).sum())(tf.tensor1d([1, 2])).dataSync());
    step();
    const tensors = tf.memory().numTensors;
    const copies = cpuData();
    for (let i = 0; i < 20; i++) step();
    expect(tf.memory().numTensors).toBe(tensors);
    expect(cpuData()).toBe(copies);
  });

  it('trains a conv2d model', async () => {
    await tf.setBackend('wasm');
    const model = tf.sequential({
      layers: [
        tf.layers.conv2d({ inputShape: [6, 6, 1], filters: 3, kernelSize: 3, activation: 'relu', kernelInitializer: tf.initializers.glorotNormal({ seed: 1 }) }),
        tf.layers.flatten(),
        tf.layers.dense({ units: 1, kernelInitializer: tf.initializers.glorotNormal({ seed: 2 }) }),
      ],
    });
    model.compile({ optimizer: tf.train.adam(0.02), loss: 'meanSquaredError' });
    const x = tf.randomNormal([16, 6, 6, 1], 0, 1, 'float32', 3);
    const y = x.mean([1, 2]);
    const { history } = await model.fit(x, y, { epochs: 15, batchSize: 16, shuffle: false, verbose: 0 });
    const loss = history['loss'] as number[];
    expect(loss.at(-1)).toBeLessThan(loss[0]! / 2);
  });
});
