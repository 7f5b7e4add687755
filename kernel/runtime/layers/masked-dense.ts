/** A dense layer in which only chosen connections exist. */
import type { Tensor, Tensor2D, serialization } from '@tensorflow/tfjs';
import type { AwaitedMask, MaskSource } from '../mask/mask.js';
import { Mask } from '../mask/mask.js';
import { tf } from '../tf/tfjs.js';
import { ArgumentError, wholeNumber } from '../argument-error.js';
import type { BiasMaskSource } from './bias-mask.js';
import type { Fan, Fans } from './initial-weights.js';
import { checkConfig } from './config-names.js';
import { withKerasKinks } from './kinks.js';
import { readDenseSettings, type DenseConfig, type LayerSettings } from './layer-settings.js';
import { MaskedLayer, oneShape, oneTensor, type Shape, type UpdateMaskOptions } from './masked-layer.js';
import { checkConnections } from './wiring-check.js';

/** tfjs `dense`'s config, with these changes. */
export interface MaskedDenseConfig extends Omit<DenseConfig, 'units'> {
  /** Which inputs reach which outputs, [inputs, outputs]: a Mask, or anything that `Mask.from` takes. */
  connections: Mask | AwaitedMask | MaskSource;
  /** Number of outputs; follows from `connections`. */
  units?: number;
  /** 0/1 vector [outputs]: 0 means no bias there. `'auto'`: no bias for outputs without inputs. Default: a bias everywhere. */
  biasMask?: BiasMaskSource | null;
  /** What initializers take for fan-in and fan-out: the connections that exist (`live`, the default) or all possible ones. */
  fan?: Fan;
}

/**
 * `output = activation(dot(x, K) + bias)`, where the kernel K [inputs, outputs] has weights at `mask`'s connections only.
 *
 * What is trained, decayed, clipped and saved is the packed vector [nnz] of those weights, in CSR order of the mask; a missing
 * connection is not 0, it is not there. NaN or Inf in an input without connections reaches nothing.
 */
export class MaskedDense extends MaskedLayer {
  static readonly className = 'MaskedDense';

  readonly units: number;
  readonly #activation: LayerSettings['activation'];

  /** @throws ArgumentError or Error when `connections`, `units`, `inputShape` and `biasMask` do not fit each other */
  constructor(config: MaskedDenseConfig) {
    checkConfig('maskedDense', config);
    const { connections, units, biasMask, fan, inputDim, kernelConstraint, biasConstraint, ...rest } = config;
    if (connections === undefined || connections === null) throw new ArgumentError('maskedDense: connections', connections, 'a Mask, or what Mask.from takes');
    if (units !== undefined) wholeNumber('maskedDense: units', units, 1);
    const mask = Mask.from(connections);
    const known = inputDim ?? config.inputShape?.at(-1) ?? config.batchInputShape?.at(-1) ?? undefined;
    checkConnections(mask, known, units);
    const settings = readDenseSettings({ ...rest, ...(kernelConstraint !== undefined && { kernelConstraint }), ...(biasConstraint !== undefined && { biasConstraint }) }, mask.outputs);
    super({ ...rest, ...(inputDim !== undefined && !rest.inputShape && !rest.batchInputShape && { inputShape: [inputDim] }) }, { kind: 'maskedDense', mask, settings, biasMask, fan });
    this.units = mask.outputs;
    this.#activation = withKerasKinks(settings.activation);
    this.inputSpec = [new tf.InputSpec({ minNDim: 2 })];
  }

  override build(inputShape: Shape | Shape[]): void {
    checkConnections(this.mask, oneShape(inputShape).at(-1) ?? undefined, this.units);
    this.buildWeights();
    this.inputSpec = [new tf.InputSpec({ minNDim: 2, axes: { [-1]: this.mask.inputs } })];
    this.built = true;
  }

  override call(inputs: Tensor | Tensor[], kwargs: Parameters<InstanceType<typeof tf.layers.Layer>['call']>[1]): Tensor {
    return tf.tidy(() => {
      this.invokeCallHook(inputs, kwargs);
      const x = oneTensor(inputs);
      const rows = x.shape.slice(0, -1);
      const flat = tf.cast(x, 'float32').reshape([rows.reduce((product, extent) => product * extent, 1), this.mask.inputs]);
      // SAFETY: reshaped to two axes.
      const y = this.withBias(this.product(flat as Tensor2D));
      return this.#activation.apply(y.reshape([...rows, this.units]));
    });
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    return [...oneShape(inputShape).slice(0, -1), this.units];
  }

  /** @param connections [inputs, outputs]: a Mask, or anything that `Mask.from` takes */
  override updateMask(connections: MaskedDenseConfig['connections'], options?: UpdateMaskOptions): void {
    super.updateMask(Mask.from(connections), options);
  }

  override getConfig(): serialization.ConfigDict {
    return { ...super.getConfig(), units: this.units, connections: { ...this.mask.toJSON() } };
  }

  protected override get kernelShape(): number[] {
    return this.mask.shape;
  }

  protected override fansOf(mask: Mask, fan: Fan): Fans {
    if (fan === 'live') return { fanIn: mask.inDegree(), fanOut: mask.outDegree() };
    return { fanIn: new Uint32Array(mask.outputs).fill(mask.inputs), fanOut: new Uint32Array(mask.inputs).fill(mask.outputs) };
  }

  protected override readConnections(mask: Mask): Mask {
    checkConnections(mask, this.mask.inputs, this.units);
    return mask;
  }
}
tf.serialization.registerClass(MaskedDense);
