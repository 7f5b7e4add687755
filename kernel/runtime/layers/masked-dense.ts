/** A dense layer in which only chosen connections exist. */
import type { Tensor, Tensor1D, Tensor2D, LayerVariable, serialization } from '@tensorflow/tfjs';
import type { AwaitedMask, MaskSource } from '../mask/mask.js';
import { Mask } from '../mask/mask.js';
import { tf } from '../tf/tfjs.js';
import { ArgumentError } from '../argument-error.js';
import { readBiasMask, type BiasMaskSource } from './bias-mask.js';
import './dense-layout.js';
import { readDenseSettings, type DenseConfig, type DenseSettings, type Initializer, type Regularizer } from './dense-settings.js';
import { packedInitializer, type Fan } from './initial-weights.js';
import { maskedMatMul } from './masked-mat-mul.js';
import { attachDenseView, isPacked, readDense, setDense } from './packed-variable.js';
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

type Shape = (number | null)[];
type AddWeight = (name: string, shape: Shape, dtype: 'float32', initializer: Initializer, regularizer: Regularizer | null, trainable: boolean) => LayerVariable;

/**
 * `output = activation(dot(x, K) + bias)`, where the kernel K [inputs, outputs] has weights at `mask`'s connections only.
 *
 * What is trained, decayed, clipped and saved is the packed vector [nnz] of those weights, in CSR order of the mask; a missing
 * connection is not 0, it is not there. NaN or Inf in an input without connections reaches nothing.
 */
export class MaskedDense extends tf.layers.Layer {
  static readonly className = 'MaskedDense';

  readonly mask: Mask;
  readonly units: number;
  readonly #settings: DenseSettings;
  readonly #biasMask: Mask | null;
  readonly #fan: Fan;
  #kernel: LayerVariable | undefined;
  #bias: LayerVariable | undefined;

  /** @throws ArgumentError or Error when `connections`, `units`, `inputShape` and `biasMask` do not fit each other */
  constructor(config: MaskedDenseConfig) {
    const { connections, units, biasMask, fan = 'live', inputDim, ...rest } = config;
    if (connections === undefined || connections === null) throw new ArgumentError('maskedDense: connections', connections, 'a Mask, or what Mask.from takes');
    if (fan !== 'live' && fan !== 'dense') throw new ArgumentError('maskedDense: fan', fan, `'live' or 'dense'`);
    const mask = Mask.from(connections);
    const known = inputDim ?? config.inputShape?.at(-1) ?? config.batchInputShape?.at(-1) ?? undefined;
    checkConnections(mask, known, units);
    const settings = readDenseSettings(rest, mask.outputs);
    super({ ...rest, ...(inputDim !== undefined && !rest.inputShape && !rest.batchInputShape && { inputShape: [inputDim] }) });
    this.mask = mask;
    this.units = mask.outputs;
    this.#settings = settings;
    this.#biasMask = readBiasMask(biasMask, mask);
    this.#fan = fan;
    this.supportsMasking = true;
    this.inputSpec = [new tf.InputSpec({ minNDim: 2 })];
    // SAFETY: a field of tfjs's Layer that its declaration keeps to itself.
    (this as unknown as { activityRegularizer: Regularizer | null }).activityRegularizer = settings.activityRegularizer;
  }

  override build(inputShape: Shape | Shape[]): void {
    const inputs = oneShape(inputShape).at(-1);
    checkConnections(this.mask, inputs ?? undefined, this.units);
    if (this.#kernel === undefined) {
      const { useBias, kernelInitializer, biasInitializer, kernelRegularizer, biasRegularizer } = this.#settings;
      this.#kernel = this.#addPacked('kernel', this.mask, this.mask.shape, packedInitializer(kernelInitializer, this.mask, this.#fan), kernelRegularizer);
      if (useBias && this.#biasMask) {
        this.#bias = this.#addPacked('bias', this.#biasMask, [this.units], packedBias(biasInitializer, this.#biasMask), biasRegularizer);
      } else if (useBias) {
        this.#bias = this.#add('bias', this.units, biasInitializer, biasRegularizer);
      }
    }
    this.inputSpec = [new tf.InputSpec({ minNDim: 2, axes: { [-1]: this.mask.inputs } })];
    this.built = true;
  }

  override call(inputs: Tensor | Tensor[], kwargs: Parameters<InstanceType<typeof tf.layers.Layer>['call']>[1]): Tensor {
    return tf.tidy(() => {
      this.invokeCallHook(inputs, kwargs);
      const x = oneTensor(inputs);
      if (!this.#kernel) throw new Error(`${this.name} has not been built`);
      const rows = x.shape.slice(0, -1);
      const flat = tf.cast(x, 'float32').reshape([rows.reduce((product, extent) => product * extent, 1), this.mask.inputs]);
      // SAFETY: reshaped to two axes, and the packed kernel has one.
      let y: Tensor = maskedMatMul(flat as Tensor2D, this.#kernel.read() as Tensor1D, this.mask);
      if (this.#bias) y = tf.add(y, this.#denseBias(this.#bias));
      return this.#settings.activation.apply(y.reshape([...rows, this.units]));
    });
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    return [...oneShape(inputShape).slice(0, -1), this.units];
  }

  /** [kernel [inputs, outputs], bias [outputs]], with +0 where no connection is; new tensors, which the caller disposes. */
  override getWeights(trainableOnly = false): Tensor[] {
    return (trainableOnly ? this.trainableWeights : this.weights).map((variable) => (isPacked(variable) ? readDense(variable) : tf.clone(variable.read())));
  }

  /**
   * @param weights [kernel [inputs, outputs], bias [outputs]]; entries at missing connections are dropped, NaN too
   * @throws Error when the number or a shape is wrong; nothing is set then
   */
  override setWeights(weights: Tensor[]): void {
    setDense(`layer ${this.name}`, this.weights, weights);
  }

  /** A copy of the live weights [nnz], in CSR order of `mask`. @throws Error before the layer is built */
  liveWeights(): Float32Array {
    if (!this.#kernel) throw new Error(`${this.name} has no weights yet: give it an inputShape, or add it to a model`);
    return Float32Array.from(this.#kernel.read().dataSync());
  }

  override getConfig(): serialization.ConfigDict {
    const { name: _settings, ...settings } = this.#settings.getConfig();
    const biasMask = this.#biasMask ? (this.#biasMask.toArray()[0] ?? null) : null;
    return { ...settings, ...super.getConfig(), units: this.units, connections: { ...this.mask.toJSON() }, biasMask, fan: this.#fan };
  }

  /** `MaskedDense wired: 3×2 mask: 4 of 6 connected (66.7 %), 6 parameters` */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return `MaskedDense ${this.name}: ${this.mask.toString()}, ${this.built ? `${this.countParams()} parameters` : 'not built yet'}`;
  }

  /** The bias [outputs]; a masked entry is the empty sum, and nothing can train it. */
  #denseBias(bias: LayerVariable): Tensor {
    if (!this.#biasMask) return bias.read();
    // SAFETY: a packed bias has one axis.
    return maskedMatMul(tf.ones([1, 1]), bias.read() as Tensor1D, this.#biasMask).reshape([this.units]);
  }

  #addPacked(name: string, mask: Mask, shape: number[], initializer: Initializer, regularizer: Regularizer | null): LayerVariable {
    // A penalty on no weights is 0, and the sum of an empty tensor is not that on wasm.
    const variable = this.#add(name, mask.nnz, initializer, mask.nnz > 0 ? regularizer : null);
    attachDenseView(variable, { shape, mask });
    return variable;
  }

  #add(name: string, size: number, initializer: Initializer, regularizer: Regularizer | null): LayerVariable {
    // SAFETY: addWeight is protected and typed by classes that tfjs does not export; it calls `apply` of the two and no more.
    const { addWeight } = this as unknown as { addWeight: AddWeight };
    return addWeight.call(this, name, [size], 'float32', initializer, regularizer, true);
  }
}
tf.serialization.registerClass(MaskedDense);

function packedBias(inner: Initializer, mask: Mask): Initializer {
  return { ...packedInitializer(inner, mask, 'live'), apply: () => (mask.nnz === 0 ? tf.tensor1d([], 'float32') : inner.apply([mask.nnz], 'float32')) };
}

function oneShape(shape: Shape | Shape[]): Shape {
  const [first] = shape;
  // SAFETY: a list of shapes has arrays in it, a shape numbers and nulls.
  return (Array.isArray(first) ? first : shape) as Shape;
}

function oneTensor(inputs: Tensor | Tensor[]): Tensor {
  if (!Array.isArray(inputs)) return inputs;
  const [only, ...others] = inputs;
  if (!only || others.length > 0) throw new Error(`a masked layer takes one tensor, got ${inputs.length}`);
  return only;
}
