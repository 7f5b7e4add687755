/** A convolution in which only chosen connections exist. */
import type { Tensor, Tensor4D, serialization } from '@tensorflow/tfjs';
import { ArgumentError } from '../argument-error.js';
import type { Mask } from '../mask/mask.js';
import { tf } from '../tf/tfjs.js';
import type { BiasMaskSource } from './bias-mask.js';
import { channelMask, connectionsConfig, readConvConnections, type ConvConnections, type KernelShape } from './conv-connections.js';
import type { ConvGeometry } from './conv-geometry.js';
import type { Fan, Fans } from './initial-weights.js';
import { checkConfig } from './config-names.js';
import { withKerasKinks } from './kinks.js';
import { readConv2dSettings, type Conv2dConfig, type Conv2dSettings, type LayerSettings } from './layer-settings.js';
import { MaskedLayer, oneShape, oneTensor, type Shape, type UpdateMaskOptions } from './masked-layer.js';
import { patches } from './patches.js';

/** tfjs `conv2d`'s config, with these changes. */
export interface MaskedConv2dConfig extends Omit<Conv2dConfig, 'filters'> {
  /** [inChannels, filters], or [kernelHeight, kernelWidth, inChannels, filters]. */
  connections: ConvConnections;
  /** Number of filters; follows from `connections`. */
  filters?: number;
  /** 0/1 vector [filters]: 0 means no bias there. `'auto'`: no bias for filters without inputs. Default: a bias everywhere. */
  biasMask?: BiasMaskSource | null;
  /** What initializers take for fan-in and fan-out: the connections that exist (`live`, the default) or all possible ones. */
  fan?: Fan;
}

/**
 * `output = activation(conv2d(x, K) + bias)`, where the kernel K [kernelHeight, kernelWidth, inChannels, filters] has weights at
 * the connections only. NaN or Inf in a channel that reaches no filter reaches nothing.
 */
export class MaskedConv2d extends MaskedLayer {
  static readonly className = 'MaskedConv2d';

  readonly filters: number;
  readonly #settings: Conv2dSettings;
  readonly #inChannels: number;
  readonly #activation: LayerSettings['activation'];

  /** @throws ArgumentError or Error when `connections`, `filters`, `kernelSize`, `inputShape` and `biasMask` do not fit each other */
  constructor(config: MaskedConv2dConfig) {
    checkConfig('maskedConv2d', config);
    const { connections, filters, biasMask, fan, ...rest } = config;
    if (connections === undefined || connections === null) throw new ArgumentError('maskedConv2d: connections', connections, 'a Mask [inChannels, filters], or [kernelHeight, kernelWidth, inChannels, filters]');
    if (config.kernelSize === undefined) throw new ArgumentError('maskedConv2d: kernelSize', undefined, 'a whole number, or [height, width]');
    // The number of filters is not known before the connections are read, and that needs the kernel's size, which tfjs reads.
    const size = readConv2dSettings({ ...rest, filters: filters ?? 1 }).kernelSize;
    const axis = config.dataFormat === 'channelsFirst' ? 0 : 2;
    const inChannels = config.inputShape?.[axis] ?? config.batchInputShape?.[axis + 1] ?? undefined;
    const mask = readConvConnections(connections, size, { inChannels, filters });
    const settings = readConv2dSettings({ ...rest, filters: mask.outputs });
    super(layerArgs(rest), { kind: 'maskedConv2d', mask, settings, biasMask, fan });
    this.filters = mask.outputs;
    this.#settings = settings;
    this.#activation = withKerasKinks(settings.activation);
    this.#inChannels = mask.inputs / (size[0] * size[1]);
    this.inputSpec = [new tf.InputSpec({ ndim: 4 })];
  }

  /** Which input channels reach which filters, [inChannels, filters]. `mask` has a row for every place of the kernel and channel. */
  get channelMask(): Mask {
    return channelMask(this.mask, this.#inChannels);
  }

  override build(inputShape: Shape | Shape[]): void {
    const axis = this.#channelAxis;
    const channels = oneShape(inputShape)[axis];
    if (channels !== this.#inChannels) {
      throw new Error(`${this.name}: connections has ${this.#inChannels} input channels, but axis ${axis} of the input [${oneShape(inputShape).map(String).join(', ')}] has ${String(channels)}`);
    }
    this.buildWeights();
    this.inputSpec = [new tf.InputSpec({ ndim: 4, axes: { [axis]: channels } })];
    this.built = true;
  }

  override call(inputs: Tensor | Tensor[], kwargs: Parameters<InstanceType<typeof tf.layers.Layer>['call']>[1]): Tensor {
    return tf.tidy(() => {
      this.invokeCallHook(inputs, kwargs);
      const { dataFormat } = this.#settings;
      const given = tf.cast(oneTensor(inputs), 'float32');
      // SAFETY: inputSpec asks for four axes.
      const x = (dataFormat === 'channelsFirst' ? tf.transpose(given, [0, 2, 3, 1]) : given) as Tensor4D;
      const geometry = this.#geometry(x.shape);
      const flat = this.withBias(this.product(patches(x, geometry)));
      const y = flat.reshape([geometry.batch, geometry.outHeight, geometry.outWidth, this.filters]);
      return this.#activation.apply(dataFormat === 'channelsFirst' ? tf.transpose(y, [0, 3, 1, 2]) : y);
    });
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    return this.#settings.computeOutputShape(oneShape(inputShape));
  }

  /** @param connections [inChannels, filters], or [kernelHeight, kernelWidth, inChannels, filters] */
  override updateMask(connections: ConvConnections, options?: UpdateMaskOptions): void {
    super.updateMask(readConvConnections(connections, this.#settings.kernelSize, { inChannels: this.#inChannels, filters: this.filters }), options);
  }

  override getConfig(): serialization.ConfigDict {
    return { ...super.getConfig(), filters: this.filters, connections: connectionsConfig(this.mask, this.#kernelShape) };
  }

  protected override get kernelShape(): number[] {
    return [...this.#kernelShape];
  }

  protected override readConnections(mask: Mask): Mask {
    return mask;
  }

  protected override fansOf(mask: Mask, fan: Fan): Fans {
    const [height, width, inChannels, filters] = this.#kernelShape;
    const places = height * width;
    if (fan === 'dense') return { fanIn: new Uint32Array(filters).fill(places * inChannels), fanOut: new Uint32Array(mask.inputs).fill(places * filters) };
    // A channel is in the sums of all places of its kernels.
    const ofChannel = new Uint32Array(inChannels);
    mask.outDegree().forEach((degree, row) => {
      ofChannel[row % inChannels] = (ofChannel[row % inChannels] ?? 0) + degree;
    });
    return { fanIn: mask.inDegree(), fanOut: Uint32Array.from({ length: mask.inputs }, (_, row) => ofChannel[row % inChannels] ?? 0) };
  }

  get #kernelShape(): KernelShape {
    return [...this.#settings.kernelSize, this.#inChannels, this.filters];
  }

  get #channelAxis(): number {
    return this.#settings.dataFormat === 'channelsFirst' ? 1 : 3;
  }

  #geometry(shape: [number, number, number, number]): ConvGeometry {
    const { strides, dilationRate, padding } = this.#settings;
    const [kernelHeight, kernelWidth] = this.#settings.kernelSize;
    const info = tf.backend_util.computeConv2DInfo(shape, [...this.#kernelShape], strides, dilationRate, padding);
    return {
      batch: shape[0], height: shape[1], width: shape[2], channels: shape[3],
      outHeight: info.outHeight, outWidth: info.outWidth, kernelHeight, kernelWidth,
      strideHeight: strides[0], strideWidth: strides[1], dilationHeight: dilationRate[0], dilationWidth: dilationRate[1],
      padTop: info.padInfo.top, padLeft: info.padInfo.left,
    };
  }
}
tf.serialization.registerClass(MaskedConv2d);

/** What tfjs's Layer itself reads. */
function layerArgs({ name, inputShape, batchInputShape, batchSize, dtype, trainable, weights, inputDType }: Omit<MaskedConv2dConfig, 'connections'>): ConstructorParameters<typeof tf.layers.Layer>[0] {
  const given = { name, inputShape, batchInputShape, batchSize, dtype, trainable, weights, inputDType };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}
