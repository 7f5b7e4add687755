/** Layers, models and optimizers of tfjs in one line each: their fields are tfjs's own business. */
import type { LayersModel, Optimizer, SymbolicTensor } from '@tensorflow/tfjs';
import { inspect } from 'node:util';

type Layer = LayersModel['layers'][number];

/** `Dense dense_Dense1: [null, 3] → [null, 2], 8 parameters` */
export function layerText(layer: Layer): string {
  const head = `${layer.getClassName()} ${layer.name}`;
  const shapes = attempt(() => `${[layer.input].flat().map(({ shape }) => shapeText(shape)).join(' and ')} → ${shapeText(layer.outputShape)}`);
  const parameters = attempt(() => count(layer.countParams(), 'parameter'));
  if (parameters === undefined) return `${head}: not built yet`;
  return `${head}: ${[...(shapes === undefined ? [] : [shapes]), parameters, ...(layer.trainable ? [] : ['not trainable'])].join(', ')}`;
}

/** `Sequential sequential_1: 3 layers, 14 parameters, compiled with AdamOptimizer and meanSquaredError` */
export function modelText(model: LayersModel): string {
  const parameters = attempt(() => count(model.countParams(), 'parameter')) ?? 'not built yet';
  return `${model.getClassName()} ${model.name}: ${count(model.layers.length, 'layer')}, ${parameters}, ${compiledWith(model)}`;
}

function compiledWith(model: LayersModel): string {
  // SAFETY: tfjs declares an optimizer, which there is only after `compile`.
  const optimizer = model.optimizer as Optimizer | null | undefined;
  if (!optimizer) return 'not compiled';
  const loss: unknown = model.loss;
  return `compiled with ${optimizer.constructor.name}${typeof loss === 'string' ? ` and ${loss}` : ''}`;
}

/** `AdamOptimizer({ learningRate: 0.001, beta1: 0.9, … })` */
export function optimizerText(optimizer: Optimizer): string {
  const config = attempt(() => optimizer.getConfig()) ?? {};
  return `${optimizer.constructor.name}(${inspect(config, { breakLength: Infinity, depth: 1 })})`;
}

export const symbolicText = ({ name, dtype, shape }: SymbolicTensor): string => `SymbolicTensor ${JSON.stringify(name)} ${dtype} ${shapeText(shape)}`;

/** Of one shape, or of one for each input or output. */
function shapeText(shape: readonly unknown[]): string {
  return `[${shape.map((entry) => (Array.isArray(entry) ? shapeText(entry) : String(entry))).join(', ')}]`;
}

const count = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`;

/** Undefined where tfjs throws because the layer is not built. */
function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
