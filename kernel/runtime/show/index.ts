/** `show.*`: views of masks, kernels and trainings. Each is displayed at once and returns a handle with `update`. */
import { kernelView, type KernelViewOptions } from '../../model/views/kernel-view.js';
import { lossView } from '../../model/views/loss-view.js';
import { maskView } from '../../model/views/mask-view.js';
import type { UnitNames } from '../../model/views/matrix-view.js';
import { ArgumentError } from '../argument-error.js';
import type { DisplayHandle } from '../display/handle.js';
import { checkNames, checkOptions, type FileOptions } from './options.js';
import { present } from './present.js';
import { kernelNames, valueLayers } from './kernel-layers.js';
import { readKernel, type ShowableKernel } from './read-kernel.js';
import { readMask, type ShowableMask } from './read-mask.js';
import { readRuns, type ShowableRuns } from './read-runs.js';
import { showBoundary } from './boundary/show-boundary.js';
import { showNetwork } from './network/show-network.js';
import { showDegrees } from './show-degrees.js';

export interface ShowMaskOptions extends FileOptions {
  /** Names of units, drawn in place of their numbers. */
  readonly names?: UnitNames;
}

export interface ShowKernelOptions extends ShowMaskOptions {
  /** For a tensor or a plain layer: which of its entries are connections. Default: all. */
  readonly connections?: ShowableMask;
  /** Colours run from −limit to limit; default the power of two at or above max |w| of the live weights. Set it to compare pictures. */
  readonly limit?: number;
  /** The gradient of the same weights, to be looked at in their place: a tensor of the kernel's shape, or a number for each connection. */
  readonly gradient?: KernelValues;
  /** Earlier weights (say `Float32Array.from(layer.liveWeights())`): what has changed since then can be looked at. */
  readonly since?: KernelValues;
}

/** A tensor or nested arrays of the kernel's shape, or one number for each connection in the order of `layer.liveWeights()`. */
export type KernelValues = ShowableKernel | Float32Array | readonly number[];

export interface ShowLossOptions extends FileOptions {
  /** Names of the runs, in order. */
  readonly names?: readonly string[];
}

/**
 * Draws which inputs are connected to which outputs: rows are inputs, columns outputs.
 *
 * @param x a Mask, a masked layer, or anything that `Mask.from` takes
 * @throws ArgumentError when x is none of these or an option is wrong
 */
function mask(x: ShowableMask, options: ShowMaskOptions = {}): DisplayHandle<[x: ShowableMask]> {
  checkOptions('show.mask', options);
  const view = (value: unknown): ReturnType<typeof maskView> => {
    const data = readMask('show.mask', value);
    return maskView(data, { ...titleOf(options), names: checkNames('show.mask', options.names, data.inputs, data.outputs) });
  };
  return present(view(x), options, view);
}

/**
 * Draws the weights of a layer: a missing connection, a weight that is 0 and a weight are told apart. The colour scale is symmetric
 * about 0; it and all numbers count live weights only. After the first picture the scale of a handle only grows, so that the
 * pictures of a training can be compared.
 * A convolution is drawn as blocks of cells, one for each pair of maps; names are those of its maps.
 *
 * @param x a layer, a tensor [inputs, outputs] or [height, width, inChannels, filters], or nested arrays of numbers
 * @throws ArgumentError when x is none of these or an option is wrong
 */
function kernel(x: ShowableKernel, options: ShowKernelOptions = {}): DisplayHandle<[x?: ShowableKernel]> {
  checkOptions('show.kernel', options);
  const { limit } = options;
  if (limit !== undefined && !(Number.isFinite(limit) && limit > 0)) throw new ArgumentError('show.kernel: limit', limit, 'a number above 0');
  let shown = x;
  let widest = 0;
  const view = (value: ShowableKernel = shown): ReturnType<typeof kernelView> => {
    shown = value;
    const read = readKernel('show.kernel', value, options.connections);
    const { mask, weights, layer, follows, conv } = read;
    const settings: KernelViewOptions = {
      ...titleOf(options),
      ...(layer !== undefined && { layer }),
      ...(follows !== undefined && { follows }),
      ...(conv && { block: { rows: conv.height, columns: conv.width } }),
      layers: valueLayers(read, options),
      names: kernelNames('show.kernel', options.names, read),
    };
    const own = kernelView(mask, weights, settings);
    widest = limit ?? Math.max(widest, own.limit);
    return { ...own, limit: widest };
  };
  return present(view(), options, view);
}

/**
 * Draws loss curves: training solid, validation dashed, one hue a run.
 *
 * @param runs a TrainingRun, tfjs's History, several of them, or several by name: `{ masked: a, dense: b }`
 * @throws ArgumentError when something is no run or an option is wrong
 */
function loss(runs: ShowableRuns, options: ShowLossOptions = {}): DisplayHandle<[runs: ShowableRuns]> {
  checkOptions('show.loss', options);
  const view = (value: unknown): ReturnType<typeof lossView> => {
    const records = readRuns('show.loss', value, options.names);
    const weights = records.length === 1 ? records[0]?.weights?.pick() : undefined;
    return lossView(records, { ...titleOf(options), ...(weights && { weights }) });
  };
  return present(view(runs), options, view);
}

const titleOf = ({ title }: FileOptions): { readonly title?: string } => (title === undefined ? {} : { title });

export const show = { mask, kernel, loss, network: showNetwork, degrees: showDegrees, boundary: showBoundary };
