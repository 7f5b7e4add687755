/** How the layers of tfjs and ours connect the units of their inputs to those of their output. */
import type { layers } from '@tensorflow/tfjs';
import type { MaskData } from '../../model/mask-data.js';
import { MaskedLayer } from '../layers/masked-layer.js';
import { kronecker, stackInputs } from '../mask/arrange.js';
import { dense as denseMask, identity } from '../masks/regular.js';
import { handOn, type Cost } from './unit-graph.js';
import { imageShape, windowWiring, type WindowSettings } from './windows.js';

export type TfjsLayer = layers.Layer;

/** Shapes without the batch. */
export interface LayerUse {
  readonly layer: TfjsLayer;
  readonly inputs: readonly (readonly number[])[];
  readonly output: readonly number[];
}

export interface LayerWiring {
  /** One an input. */
  readonly wirings: readonly MaskData[];
  readonly cost?: Cost;
  readonly handsOn?: boolean;
}

/** One unit in, the same unit out; activations count as that, softmax too. */
const UNIT_BY_UNIT = new Set([
  'InputLayer', 'Activation', 'ReLU', 'LeakyReLU', 'PReLU', 'ELU', 'ThresholdedReLU', 'Softmax', 'Dropout', 'SpatialDropout1D', 'AlphaDropout',
  'GaussianDropout', 'GaussianNoise', 'BatchNormalization', 'Masking', 'Flatten', 'Reshape', 'Add', 'Multiply', 'Average', 'Maximum', 'Minimum',
]);

/** @throws Error with what this layer is, when its wiring is not known */
export function wiringOf(use: LayerUse): LayerWiring {
  const { layer, inputs, output } = use;
  const kind = layer.getClassName();
  if (UNIT_BY_UNIT.has(kind)) {
    if (kind === 'Flatten' && layer.getConfig()['dataFormat'] === 'channelsFirst') throw new Error(`a Flatten layer with dataFormat 'channelsFirst' is not followed`);
    const units = size(output);
    if (inputs.some((shape) => size(shape) !== units)) throw new Error(`its inputs of shape ${inputs.map((shape) => `[${shape.join(', ')}]`).join(' and ')} are spread out to [${output.join(', ')}], which is not followed`);
    return { wirings: inputs.map(() => handOn(units)), handsOn: true };
  }
  const [input = []] = inputs;
  switch (kind) {
    case 'Concatenate':
      return { wirings: concatenation(inputs, output, Number(layer.getConfig()['axis'])), handsOn: true };
    case 'Dense':
    case 'MaskedDense':
      return alongLastAxis(layer, layer instanceof MaskedLayer ? layer.mask.data : denseMask(input.at(-1) ?? 0, output.at(-1) ?? 0).data, input);
    case 'Conv2D':
    case 'MaskedConv2d':
      return convolution(layer, input, output);
    case 'MaxPooling2D':
    case 'AveragePooling2D':
      return pooling(input, windowSettings(layer.getConfig(), 'poolSize'));
    case 'GlobalMaxPooling2D':
    case 'GlobalAveragePooling2D': {
      const channelsFirst = layer.getConfig()['dataFormat'] === 'channelsFirst';
      const { height, width } = imageShape(input, channelsFirst);
      return pooling(input, { kernel: [height, width], strides: [1, 1], dilation: [1, 1], padding: 'valid', channelsFirst });
    }
    default:
      throw new Error(`how a ${kind} connects its units is not known; analyze(masks) takes a list of masks instead`);
  }
}

const size = (shape: readonly number[]): number => shape.reduce((product, extent) => product * extent, 1);

/** The same mask at every place of the axes before the last. */
function alongLastAxis(layer: TfjsLayer, mask: MaskData, input: readonly number[]): LayerWiring {
  const places = size(input.slice(0, -1));
  const wiring = places === 1 ? mask : kronecker(identity(places).data, mask);
  return { wirings: [wiring], cost: { params: layer.countParams(), denseParams: mask.inputs * mask.outputs + biases(layer, mask.outputs), denseConnections: places * mask.inputs * mask.outputs } };
}

const biases = (layer: TfjsLayer, outputs: number): number => (layer.weights.length > 1 ? outputs : 0);

function convolution(layer: TfjsLayer, input: readonly number[], output: readonly number[]): LayerWiring {
  const settings = windowSettings(layer.getConfig(), 'kernelSize');
  const image = imageShape(input, settings.channelsFirst);
  const filters = imageShape(output, settings.channelsFirst).channels;
  const rows = settings.kernel[0] * settings.kernel[1] * image.channels;
  const kernel = layer instanceof MaskedLayer ? layer.mask.data : denseMask(rows, filters).data;
  const { wiring, denseConnections } = windowWiring(image, kernel, settings);
  return { wirings: [wiring], cost: { params: layer.countParams(), denseParams: rows * filters + biases(layer, filters), denseConnections } };
}

/** Every channel for itself. */
function pooling(input: readonly number[], settings: WindowSettings): LayerWiring {
  const { channels } = imageShape(input, settings.channelsFirst);
  const kernel = stackInputs(new Array<MaskData>(settings.kernel[0] * settings.kernel[1]).fill(identity(channels).data));
  return { wirings: [windowWiring(imageShape(input, settings.channelsFirst), kernel, settings).wiring] };
}

function windowSettings(config: Readonly<Record<string, unknown>>, kernel: 'kernelSize' | 'poolSize'): WindowSettings {
  const padding = config['padding'];
  if (padding !== 'valid' && padding !== 'same') throw new Error(`its padding is ${String(padding)}, and only 'valid' and 'same' are followed`);
  return { kernel: pair(config[kernel]), strides: pair(config['strides']), dilation: pair(config['dilationRate'] ?? 1), padding, channelsFirst: config['dataFormat'] === 'channelsFirst' };
}

function pair(value: unknown): [number, number] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value, value];
  return [Number(list[0]), Number(list[1] ?? list[0])];
}

/** @param axis as in Keras: with the batch, or negative */
function concatenation(inputs: readonly (readonly number[])[], output: readonly number[], axis: number): MaskData[] {
  const along = axis < 0 ? output.length + axis : axis - 1;
  const outer = size(output.slice(0, along));
  const stride = size(output.slice(along));
  let offset = 0;
  return inputs.map((shape) => {
    const width = size(shape.slice(along));
    const start = offset;
    offset += width;
    const wiring = handOn(outer * width, outer * stride);
    return { ...wiring, indices: wiring.indices.map((i) => Math.floor(i / width) * stride + start + (i % width)) };
  });
}
