/** What every unit of a small net answers, in one pass. */
import type { LayersModel, SymbolicTensor, Tensor } from '@tensorflow/tfjs';
import { tf } from '../../tf/tfjs.js';
import type { TfjsLayer } from '../../analyze/layer-wiring.js';

export interface LayerValues {
  readonly layer: TfjsLayer;
  readonly units: number;
  /** Row by row, [points, units]. */
  readonly values: Float32Array;
}

/** Hands on what it gets, in evaluation at least. */
const TRANSPARENT = new Set(['InputLayer', 'Dropout', 'GaussianNoise', 'GaussianDropout', 'AlphaDropout', 'Flatten', 'Reshape']);

/** The net's layers whose outputs are rows of units, the last one last, made once for a model. */
export class UnitProbe {
  readonly #model: LayersModel;
  readonly #layers: readonly { readonly layer: TfjsLayer; readonly units: number }[];

  constructor(model: LayersModel) {
    const [output] = model.outputs;
    if (!output) throw new Error('show.boundary: the model has no output');
    const tensors = [...tensorsBehind(output)].filter((tensor) => tensor.shape.length === 2 && (tensor === output || !TRANSPARENT.has(tensor.sourceLayer.getClassName())));
    this.#layers = tensors.map((tensor) => ({ layer: tensor.sourceLayer, units: tensor.shape[1] ?? 0 }));
    this.#model = tf.model({ inputs: model.inputs, outputs: tensors });
  }

  /** @param points [n, 2], one after the other */
  at(points: Float32Array): readonly LayerValues[] {
    const x = tf.tensor2d(points, [points.length / 2, 2]);
    const answers: Tensor | Tensor[] = this.#model.predict(x, { batchSize: Math.max(1, points.length / 2) });
    const list = [answers].flat();
    try {
      return list.map((answer, at) => {
        const { layer, units } = this.#layers[at] ?? {};
        if (!layer || units === undefined) throw new Error('show.boundary: a layer has no answer');
        return { layer, units, values: Float32Array.from(answer.dataSync()) };
      });
    } finally {
      tf.dispose([x, ...list]);
    }
  }
}

/** Every tensor between the inputs and this one, in the order in which they are computed. */
function tensorsBehind(output: SymbolicTensor): Set<SymbolicTensor> {
  const ordered = new Set<SymbolicTensor>();
  const visit = (tensor: SymbolicTensor): void => {
    if (ordered.has(tensor)) return;
    for (const input of tensor.inputs ?? []) visit(input);
    ordered.add(tensor);
  };
  visit(output);
  return ordered;
}
