import { afterEach, describe, expect, it } from 'vitest';
import { HOST_KEY, type RuntimeHost } from '../../protocol/host.js';
import { ready, tf } from '../tf/index.js';
import './interruptible-fit.js';

let loops = 0;
function host(interruptAfter: number): void {
  let looks = 0;
  const fake: RuntimeHost = {
    comm: { send: () => undefined, onMessage: () => undefined },
    notebookFolder: '/',
    display: () => undefined,
    clearOutput: () => undefined,
    input: async () => '',
    get interruptRequested() {
      return ++looks > interruptAfter;
    },
    checkpoint: () => undefined,
    knowValues: () => undefined,
    afterForce: () => undefined,
    enterLoop: () => {
      loops++;
      return () => void loops--;
    },
  };
  Reflect.set(globalThis, HOST_KEY, fake);
}
afterEach(() => {
  Reflect.deleteProperty(globalThis, HOST_KEY);
  expect(loops).toBe(0);
});

function model() {
  const net = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [2] })] });
  net.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
  return net;
}

describe('fit under an interrupt', async () => {
  await ready;
  const [x, y] = [tf.ones([32, 2]), tf.ones([32, 1])];

  it('ends after its batch, and the model can be fitted again', async () => {
    host(5);
    const net = model();
    const { history } = await net.fit(x, y, { epochs: 1000, batchSize: 8, verbose: 0 });
    expect(history['loss']!.length).toBeLessThan(4);
    host(Infinity);
    expect((await net.fit(x, y, { epochs: 2, verbose: 0 })).history['loss']).toHaveLength(2);
  });

  it('calls every kind of callback that tfjs takes', async () => {
    host(Infinity);
    const seen: string[] = [];
    class Mine extends tf.Callback {
      override async onEpochEnd(): Promise<void> {
        seen.push('object');
      }
    }
    await model().fit(x, y, { epochs: 1, verbose: 0, callbacks: { onEpochEnd: () => void seen.push('handlers') } });
    await model().fit(x, y, { epochs: 1, verbose: 0, callbacks: [{ onEpochEnd: () => void seen.push('list') }] });
    await model().fit(x, y, { epochs: 1, verbose: 0, callbacks: new Mine() as never });
    await model().fit(x, y, { epochs: 1, verbose: 0, callbacks: [new Mine(), tf.callbacks.earlyStopping({ monitor: 'loss' })] as never });
    expect(seen).toEqual(['handlers', 'list', 'object', 'object']);
  });

  it('works on data sets, and without options', async () => {
    host(Infinity);
    const data = tf.data.zip({ xs: tf.data.array([[1, 1], [0, 1]]), ys: tf.data.array([[1], [0]]) }).batch(2);
    expect((await model().fitDataset(data as never, { epochs: 2, verbose: 0 })).history['loss']).toHaveLength(2);
    expect((await model().fit(x, y)).history['loss']).toHaveLength(1);
  });

  it('is tfjs as it is outside a kernel', async () => {
    expect((await model().fit(x, y, { epochs: 2, verbose: 0 })).history['loss']).toHaveLength(2);
  });
});
