/** The connections of a net that can be cut, and the net without one of them. */
import type { LayersModel } from '@tensorflow/tfjs';
import { MAX_CONNECTIONS, type BoundaryConnection } from '../../../model/views/boundary/boundary-view.js';
import { forEachEdge, type MaskData } from '../../../model/mask-data.js';
import { connectionsKey } from '../../../model/views/connections-key.js';
import { positionOf } from '../../../model/views/matrix-cells.js';
import type { TfjsLayer } from '../../analyze/layer-wiring.js';
import { MaskedLayer } from '../../layers/masked-layer.js';
import { variableOf } from '../../layers/mask-update.js';
import { dense } from '../../masks/regular.js';
import { tf } from '../../tf/tfjs.js';
import { weightsKey } from '../weights-key.js';

const isWired = (layer: TfjsLayer): boolean => ['Dense', 'MaskedDense'].includes(layer.getClassName()) && layer.weights.length > 0;

/** Layer by layer, as many as a view lists. */
export function connectionsOf(model: LayersModel): { readonly connections: readonly BoundaryConnection[]; readonly more: number } {
  const connections: BoundaryConnection[] = [];
  let all = 0;
  for (const layer of model.layers.filter(isWired)) {
    const key = weightsKey(layer);
    const link = connections.length < MAX_CONNECTIONS ? connectionsKey(maskOf(layer)) : '';
    const add = (row: number, column: number, weight: number): void => {
      if (connections.length < MAX_CONNECTIONS) connections.push({ layer: layer.name, key, link, row, column, weight });
    };
    if (layer instanceof MaskedLayer) {
      all += layer.mask.nnz;
      if (connections.length >= MAX_CONNECTIONS) continue;
      const weights = layer.liveWeights();
      forEachEdge(layer.mask.data, (row, column, at) => add(row, column, weights[at] ?? 0));
    } else {
      const kernel = layer.weights[0]?.read();
      const columns = kernel?.shape[1] ?? 1;
      all += kernel?.size ?? 0;
      if (connections.length < MAX_CONNECTIONS) kernel?.dataSync().forEach((weight, at) => add(Math.floor(at / columns), at % columns, weight));
    }
  }
  return { connections, more: all - connections.length };
}

function maskOf(layer: TfjsLayer): MaskData {
  if (layer instanceof MaskedLayer) return layer.mask.data;
  const [inputs = 0, outputs = 0] = layer.weights[0]?.shape ?? [];
  return dense(inputs ?? 0, outputs ?? 0).data;
}

/** Runs `look` while one weight is 0; its value comes back exactly. Undefined when the net has no such connection. */
export function withoutConnection<Result>(model: LayersModel, key: string, row: number, column: number, look: () => Result): Result | undefined {
  const layer = model.layers.find((candidate) => isWired(candidate) && weightsKey(candidate) === key);
  const kernel = layer?.weights[0];
  if (!layer || !kernel) return undefined;
  const columns = kernel.shape[1] ?? 1;
  const inRange = layer instanceof MaskedLayer || (row < (kernel.shape[0] ?? 0) && column < columns);
  const at = layer instanceof MaskedLayer ? positionOf(layer.mask.data, row, column) : inRange ? row * columns + column : -1;
  if (at < 0) return undefined;
  const variable = variableOf(kernel);
  const before = Float32Array.from(variable.dataSync());
  const assign = (values: Float32Array): void => tf.tidy(() => void variable.assign(tf.tensor(values, variable.shape)));
  assign(before.map((weight, k) => (k === at ? 0 : weight)));
  try {
    return look();
  } finally {
    assign(before);
  }
}
