/** What all masked layers have in common: weights that exist only where a mask says so. */
import type { LayerVariable, Tensor, Tensor1D, Tensor2D, serialization } from '@tensorflow/tfjs';
import { inspect } from 'node:util';
import type { MimeBundle } from '../../protocol/messages.js';
import { ArgumentError, checkOptions, wholeNumber } from '../argument-error.js';
import { Mask } from '../mask/mask.js';
import { layerBundle } from '../show/mask-bundle.js';
import { wiringOf, type Explanation } from '../simd/wiring.js';
import { tf } from '../tf/tfjs.js';
import { readBiasMask, type BiasMaskSource } from './bias-mask.js';
import { checkSaveable, constrain, type Constraint, type Part } from './constraints.js';
import './dense-layout.js';
import { packedInitializer, type Fan, type Fans } from './initial-weights.js';
import type { Initializer, LayerSettings, Regularizer } from './layer-settings.js';
import { maskedMatMul } from './masked-mat-mul.js';
import { applyChanges, planChange, variableOf } from './mask-update.js';
import { MissingGradient } from './missing-gradient.js';
import './model-penalties.js';
import { afterEveryStep, rememberOptimizers } from './optimizer-steps.js';
import { attachDenseView, isPacked, readDense, setDense, type DenseView } from './packed-variable.js';
import { packedRegularizer } from './penalties.js';

export type Shape = (number | null)[];
type LayerArgs = ConstructorParameters<typeof tf.layers.Layer>[0];
type AddWeight = (name: string, shape: Shape, dtype: 'float32', initializer: Initializer, regularizer: Regularizer | null, trainable: boolean) => LayerVariable;

export interface Wiring {
  /** The kind of layer, for messages. */
  readonly kind: string;
  readonly mask: Mask;
  readonly settings: LayerSettings;
  readonly biasMask: BiasMaskSource | null | undefined;
  readonly fan: unknown;
}

export interface UpdateMaskOptions {
  /** What a new connection starts with: 0 (the default), or a draw of the layer's initializer. */
  newWeights?: 'zero' | 'init';
}

/**
 * Trained, decayed, clipped and saved are the packed live weights [nnz], in CSR order of `mask`; a missing connection is not 0,
 * it is not there. The dense layout is a view for whoever reads or sets weights.
 */
export abstract class MaskedLayer extends tf.layers.Layer {
  readonly #wiring: Wiring;
  readonly #fan: Fan;
  #mask: Mask;
  #biasMask: Mask | null;
  #kernel: LayerVariable | undefined;
  #bias: LayerVariable | undefined;
  #probe: MissingGradient | undefined;

  protected constructor(args: LayerArgs, wiring: Wiring) {
    super(args);
    const { kind, mask, settings, fan = 'live' } = wiring;
    if (fan !== 'live' && fan !== 'dense') throw new ArgumentError(`${kind}: fan`, fan, `'live' or 'dense'`);
    this.#wiring = wiring;
    this.#fan = fan;
    this.#mask = mask;
    this.#biasMask = readBiasMask(wiring.biasMask, mask, kind);
    this.supportsMasking = true;
    // SAFETY: a field of tfjs's Layer that its declaration keeps to itself.
    (this as unknown as { activityRegularizer: Regularizer | null }).activityRegularizer = settings.activityRegularizer;
  }

  /** Which weights exist: rows are inputs, columns are outputs. */
  get mask(): Mask {
    return this.#mask;
  }

  /** For the fused trainer: the configuration and the packed variables. */
  get parts(): { readonly settings: LayerSettings; readonly kernel: LayerVariable | undefined; readonly bias: LayerVariable | undefined } {
    return { settings: this.#wiring.settings, kernel: this.#kernel, bias: this.#bias };
  }

  /** What `observeMissing` measures at the moment. */
  get probe(): MissingGradient | undefined {
    return this.#probe;
  }

  /** Which outputs have a bias, [1, outputs]; null when all have, or the layer has none. */
  get biasMask(): Mask | null {
    return this.#biasMask;
  }

  /** Shape of the kernel in the dense layout. */
  protected abstract readonly kernelShape: number[];

  /** Fan-in by output and fan-out by input of `mask`, for initializers. */
  protected abstract fansOf(mask: Mask, fan: Fan): Fans;

  /** The mask that this layer makes of a new value for its `connections`. @throws Error when it does not fit */
  protected abstract readConnections(connections: Mask): Mask;

  protected buildWeights(): void {
    if (this.#kernel !== undefined) return;
    const { useBias, biasInitializer, kernelRegularizer, biasRegularizer, kernelConstraint, biasConstraint } = this.#wiring.settings;
    this.#kernel = this.#addPacked('kernel', { shape: this.kernelShape, mask: this.#mask }, this.#kernelInitializer(this.#mask), kernelRegularizer, kernelConstraint);
    if (useBias && this.#biasMask) {
      this.#bias = this.#addPacked('bias', { shape: [this.#mask.outputs], mask: this.#biasMask }, packedBias(biasInitializer, this.#biasMask), biasRegularizer, biasConstraint);
    } else if (useBias) {
      const bias = this.#add('bias', this.#mask.outputs, biasInitializer, biasRegularizer);
      constrainAfterSteps(bias, biasConstraint, 'bias', () => ({ shape: [this.#mask.outputs], mask: everyOutput(this.#mask.outputs) }));
      this.#bias = bias;
    }
  }

  /** x · kernel, [rows, inputs] -> [rows, outputs] of the mask. */
  protected product(x: Tensor2D): Tensor2D {
    if (!this.#kernel) throw new Error(`${this.name} has not been built`);
    // SAFETY: a packed kernel has one axis.
    const y = maskedMatMul(x, this.#kernel.read() as Tensor1D, this.#mask);
    return this.#probe ? this.#probe.watch(x, y) : y;
  }

  /**
   * Measures, in all backward passes until `end`, the gradients of connections that are not there, as if their weights were 0.
   *
   * @param missing connections of the shape of `mask`
   */
  observeMissing(missing: Mask): MissingGradient {
    const probe = new MissingGradient(missing, () => {
      if (this.#probe === probe) this.#probe = undefined;
    });
    this.#probe = probe;
    return probe;
  }

  /** Adds the bias to the last axis; a masked entry is the empty sum, and nothing can train it. */
  protected withBias(y: Tensor): Tensor {
    if (!this.#bias) return y;
    if (!this.#biasMask) return tf.add(y, this.#bias.read());
    // SAFETY: a packed bias has one axis.
    return tf.add(y, maskedMatMul(tf.ones([1, 1]), this.#bias.read() as Tensor1D, this.#biasMask).reshape([this.#mask.outputs]));
  }

  /** [kernel, bias [outputs]] in the dense layout, with +0 where no connection is; new tensors, which the caller disposes. */
  override getWeights(trainableOnly = false): Tensor[] {
    return (trainableOnly ? this.trainableWeights : this.weights).map((variable) => (isPacked(variable) ? readDense(variable) : tf.clone(variable.read())));
  }

  /**
   * @param weights [kernel, bias [outputs]] in the dense layout; entries at missing connections are dropped, NaN too
   * @throws Error when the number or a shape is wrong; nothing is set then
   */
  override setWeights(weights: Tensor[]): void {
    setDense(`layer ${this.name}`, this.weights, weights);
  }

  /**
   * Which sparse kernel computes each product of this layer, why, and what the others would cost.
   *
   * @param rows rows of the product: the batch; for a convolution, batch times places of the output
   */
  explain(rows: number): Explanation {
    wholeNumber(`explain of ${this.name}: rows`, rows, 1);
    return wiringOf(this.#mask).explain(rows);
  }

  /** A copy of the live weights [nnz], in CSR order of `mask`. @throws Error before the layer is built */
  liveWeights(): Float32Array {
    if (!this.#kernel) throw new Error(`${this.name} has no weights yet: give it an inputShape, or add it to a model`);
    return Float32Array.from(this.#kernel.read().dataSync());
  }

  /**
   * Rewires the layer. Connections that stay keep their weight, and what an optimizer of `optimizers` remembers of it; those of
   * `tf.train` start anew for this layer. A mask that is shared with another layer changes here only.
   *
   * @param connections as in the layer's configuration, of the same shape; or a mask such as `mask`
   * @throws Error when they do not fit; nothing has changed then
   */
  updateMask(connections: Mask, options: UpdateMaskOptions = {}): void {
    const { newWeights = 'zero' } = checkOptions(`updateMask of ${this.name}`, options, ['newWeights']);
    if (newWeights !== 'zero' && newWeights !== 'init') throw new ArgumentError(`updateMask of ${this.name}: newWeights`, newWeights, `'zero' or 'init'`);
    const mask = this.readConnections(connections);
    const biasMask = this.#wiring.biasMask === 'auto' ? readBiasMask('auto', mask, this.#wiring.kind) : this.#biasMask;
    const init = newWeights === 'init';
    const changes = [
      ...(this.#kernel ? [planChange(this.#kernel, { shape: this.kernelShape, mask: this.#mask }, mask, init ? this.#kernelInitializer(mask) : null)] : []),
      ...(this.#bias && this.#biasMask && biasMask && biasMask !== this.#biasMask
        ? [planChange(this.#bias, { shape: [mask.outputs], mask: this.#biasMask }, biasMask, packedBias(this.#wiring.settings.biasInitializer, biasMask))]
        : []),
    ];
    applyChanges(changes);
    this.#mask = mask;
    this.#biasMask = biasMask;
  }

  /** @throws Error when a constraint is an object that tfjs could not make again */
  override getConfig(): serialization.ConfigDict {
    checkSaveable(this.#wiring.kind, this.#wiring.settings);
    const { name: _settings, ...settings } = this.#wiring.settings.getConfig();
    const biasMask = this.#wiring.biasMask === 'auto' ? 'auto' : (this.#biasMask?.toArray()[0] ?? null);
    return { ...settings, ...super.getConfig(), biasMask, fan: this.#fan };
  }

  /** `MaskedDense wired: 3×2 mask: 4 of 6 connected (66.7 %), 6 parameters` */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return `${this.getClassName()} ${this.name}: ${this.#mask.toString()}, ${this.built ? `${this.countParams()} parameters` : 'not built yet'}`;
  }

  /** How a cell shows it: the kernel, drawn. */
  [Symbol.for('Jupyter.display')](): MimeBundle {
    return layerBundle(this, inspect(this));
  }

  #kernelInitializer(mask: Mask): Initializer {
    const { kind, settings } = this.#wiring;
    return packedInitializer(`${kind}: kernelInitializer`, settings.kernelInitializer, { shape: this.kernelShape, mask }, this.fansOf(mask, this.#fan));
  }

  #addPacked(part: Part, view: DenseView, initializer: Initializer, regularizer: Regularizer | null, constraint: Constraint | null): LayerVariable {
    const variable = this.#add(part, view.mask.nnz, initializer, regularizer);
    attachDenseView(variable, view);
    rememberOptimizers(variableOf(variable));
    constrainAfterSteps(variable, constraint, part, () => ({ shape: view.shape, mask: part === 'kernel' ? this.#mask : (this.#biasMask ?? view.mask) }));
    return variable;
  }

  #add(name: Part, size: number, initializer: Initializer, regularizer: Regularizer | null): LayerVariable {
    // SAFETY: addWeight is protected and typed by classes that tfjs does not export; it calls `apply` of the two and no more.
    const { addWeight } = this as unknown as { addWeight: AddWeight };
    return addWeight.call(this, name, [size], 'float32', initializer, packedRegularizer(regularizer), true);
  }
}

/** @param view the variable's mask at the time of the step */
function constrainAfterSteps(variable: LayerVariable, constraint: Constraint | null, part: Part, view: () => DenseView): void {
  if (!constraint) return;
  const inner = variableOf(variable);
  afterEveryStep(inner, () => {
    const constrained = tf.tensor1d(constrain(constraint, Float32Array.from(inner.dataSync()), view(), part), 'float32');
    inner.assign(constrained);
    constrained.dispose();
  });
}

function everyOutput(outputs: number): Mask {
  return Mask.ofData({ inputs: 1, outputs, indptr: Uint32Array.of(0, outputs), indices: Uint32Array.from({ length: outputs }, (_, j) => j) });
}

function packedBias(inner: Initializer, mask: Mask): Initializer {
  return {
    apply: () => (mask.nnz === 0 ? tf.tensor1d([], 'float32') : inner.apply([mask.nnz], 'float32')),
    getClassName: () => inner.getClassName(),
    getConfig: () => inner.getConfig(),
  };
}

export function oneShape(shape: Shape | Shape[]): Shape {
  const [first] = shape;
  // SAFETY: a list of shapes has arrays in it, a shape numbers and nulls.
  return (Array.isArray(first) ? first : shape) as Shape;
}

export function oneTensor(inputs: Tensor | Tensor[]): Tensor {
  if (!Array.isArray(inputs)) return inputs;
  const [only, ...others] = inputs;
  if (!only || others.length > 0) throw new Error(`a masked layer takes one tensor, got ${inputs.length}`);
  return only;
}
