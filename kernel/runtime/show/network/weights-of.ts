/** Weights of single connections, and biases, of the layers that have them. */
import { MaskedLayer } from '../../layers/masked-layer.js';
import { tf } from '../../tf/tfjs.js';
import type { Group } from '../../analyze/unit-graph.js';

export interface GroupWeights {
  /** In CSR order of the group's wiring. */
  readonly values: Float32Array;
  readonly bias?: Float32Array;
}

/** Undefined for a layer whose connections share weights, or that has none. */
export function weightsOf({ owner, sources, cost }: Group): GroupWeights | undefined {
  const [source, ...others] = sources;
  if (!(owner instanceof tf.layers.Layer) || !cost || !source || others.length > 0 || owner.getClassName().includes('Conv')) return undefined;
  const edges = source.wiring.indices.length;
  const [kernel, bias] = owner.getWeights();
  try {
    const values = owner instanceof MaskedLayer ? owner.liveWeights() : Float32Array.from(kernel?.dataSync() ?? []);
    // The same kernel at several places (an input of rank 3) has fewer weights than there are connections.
    if (values.length !== edges) return undefined;
    return { values, ...(bias && { bias: Float32Array.from(bias.dataSync()) }) };
  } finally {
    // A masked layer gives copies; a layer of tfjs gives its own tensors, which stay.
    if (owner instanceof MaskedLayer) tf.dispose([kernel, bias].filter((tensor) => tensor !== undefined));
  }
}
