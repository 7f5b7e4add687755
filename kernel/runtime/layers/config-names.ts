import { ArgumentError } from '../argument-error.js';

/**
 * tfjs ignores what it does not know in a layer's configuration, and so do masked layers: a saved model may hold more. But a name
 * that is nearly that of an option was meant for it, and ignoring `bias_mask` or `mask` would build another network.
 */
const LAYER = ['activation', 'useBias', 'kernelInitializer', 'biasInitializer', 'kernelConstraint', 'biasConstraint', 'kernelRegularizer', 'biasRegularizer', 'activityRegularizer', 'inputShape', 'batchInputShape', 'batchSize', 'dtype', 'name', 'trainable', 'weights', 'inputDType', 'connections', 'biasMask', 'fan'];

/** The options of the two layers. */
const NAMES = {
  maskedDense: [...LAYER, 'units', 'inputDim'],
  maskedConv2d: [...LAYER, 'filters', 'kernelSize', 'strides', 'padding', 'dataFormat', 'dilationRate'],
} as const;

/** Other words for ours, without case and underscores. */
const MEANT = new Map(Object.entries({
  mask: 'connections', connectivity: 'connections', connectionmask: 'connections', connectionmatrix: 'connections', kernelmask: 'connections', weightmask: 'connections', wiring: 'connections', adjacency: 'connections',
  maskbias: 'biasMask', bias: 'useBias', fanmode: 'fan', unit: 'units', regularizer: 'kernelRegularizer', initializer: 'kernelInitializer', constraint: 'kernelConstraint', dilation: 'dilationRate', kernel: 'kernelSize',
}));

/** Without case and underscores, so that Keras' own spelling is the same. */
const plain = (name: string): string => name.replaceAll('_', '').toLowerCase();
const singular = (name: string): string => plain(name).replace(/s$/, '');

/** @throws ArgumentError for what is no object, and Error for a name that is nearly that of an option: it says which */
export function checkConfig(kind: keyof typeof NAMES, config: unknown): void {
  if (typeof config !== 'object' || config === null || Array.isArray(config)) throw new ArgumentError(kind, config, 'an object such as { connections: [[1, 0], [0, 1], [1, 1]], activation: \'tanh\' }');
  const known: readonly string[] = NAMES[kind];
  for (const [name, value] of Object.entries(config)) {
    if (value === undefined || known.includes(name)) continue;
    const meant = known.find((candidate) => singular(candidate) === singular(name)) ?? MEANT.get(plain(name)) ?? MEANT.get(singular(name));
    if (meant !== undefined && known.includes(meant)) throw new Error(`${kind}: there is no option ${name}, did you mean ${meant}?`);
  }
}
