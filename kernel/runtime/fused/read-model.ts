/** From a compiled tfjs model to a network that the fused trainer computes, or the reason why it cannot. */
import type { LayersModel, LayerVariable, Sequential } from '@tensorflow/tfjs';
import { liveConstraint, type Constraint } from '../layers/constraints.js';
import { MaskedDense } from '../layers/masked-dense.js';
import type { Mask } from '../mask/mask.js';
import { dense as fullMask } from '../masks/regular.js';
import { ACTIVATIONS } from '../simd/activations.js';
import { MAX_NORM, MIN_MAX_NORM, NON_NEGATIVE, UNIT_NORM } from '../simd/jobs.js';
import { tf } from '../tf/tfjs.js';
import { Unfit, type DenseNode, type Net, type Node, type Weight, type WeightConstraint } from './net.js';
import { FUSED, readLoss, readMetrics, takesClassNumbers } from './read-losses.js';

type Layer = LayersModel['layers'][number];
/** What of tfjs's layers (4.22) is read; each member is there in the layers that have it in their configuration. */
interface Members {
  kernel: LayerVariable;
  bias: LayerVariable | null;
  gamma: LayerVariable | undefined;
  beta: LayerVariable | undefined;
  movingMean: LayerVariable;
  movingVariance: LayerVariable;
  activation: unknown;
  rate: number;
  noiseShape: unknown;
  seed: unknown;
  axis: number;
  epsilon: number;
  momentum: number;
  dataFormat: unknown;
  kernelRegularizer: unknown;
  biasRegularizer: unknown;
  gammaRegularizer: unknown;
  betaRegularizer: unknown;
  activityRegularizer: unknown;
  kernelConstraint: unknown;
  biasConstraint: unknown;
  gammaConstraint: unknown;
  betaConstraint: unknown;
}

/** What `compile` has left in the model that trains. */
export interface Compiled {
  readonly loss: unknown;
  readonly metrics: unknown;
  readonly optimizer: unknown;
  /** What the optimizer trains: as of the moment of `compile`. */
  readonly collectedTrainableWeights: readonly LayerVariable[];
}

interface Rules {
  /** Stock layers are penalized as in Keras. */
  readonly asKeras: boolean;
  readonly trained: ReadonlySet<LayerVariable>;
}

const CONSTRAINTS: Readonly<Record<string, number>> = { NonNeg: NON_NEGATIVE, MaxNorm: MAX_NORM, UnitNorm: UNIT_NORM, MinMaxNorm: MIN_MAX_NORM };

/** Masks of stock layers: the same one for a layer as long as it lives. */
const fullMasks = new WeakMap<object, Mask>();
const identityOf = (layer: object, inputs: number, outputs: number): Mask => {
  const mask = fullMasks.get(layer) ?? fullMask(inputs, outputs);
  fullMasks.set(layer, mask);
  return mask;
};

/** tfjs's name of a class that can be saved; '' of any other. */
function className(value: unknown): string {
  // SAFETY: looked at before it is called.
  const { getClassName } = (value ?? {}) as { getClassName?: () => string };
  return typeof getClassName === 'function' ? getClassName.call(value) : '';
}

/**
 * @param model as the user has it
 * @param compiled the model that tfjs trains inside of it
 * @throws Unfit with the reason, naming the layer
 */
export function readModel(model: LayersModel | Sequential, compiled: Compiled): Net {
  if (!(model instanceof tf.Sequential)) throw new Unfit('the model is no sequential one');
  const seen = new Set<Layer>();
  // Stock layers are penalized as in Keras in the same cases as in `layers/model-penalties.ts`.
  const asKeras = model.layers.some((layer) => layer instanceof MaskedDense) || (typeof compiled.optimizer === 'object' && compiled.optimizer !== null && 'remapSlots' in compiled.optimizer);
  const trained = new Set(compiled.collectedTrainableWeights);
  const nodes: Node[] = [];
  let inputs: number | undefined;
  for (const layer of model.layers) {
    if (seen.has(layer)) throw new Unfit(`${layer.name} is in the model twice`);
    seen.add(layer);
    if (nodes.length === 0) inputs = sizeOf(layer, inputShapeOf(layer), false);
    nodes.push(...read(layer, { asKeras, trained }));
  }
  if (inputs === undefined) throw new Unfit('the model has no layer');
  const merged = mergeActivations(nodes);
  const given = readLoss(compiled.loss);
  const outputs = merged.at(-1)?.outputs ?? inputs;
  const metrics = readMetrics(compiled.metrics, given, outputs);
  const { nodes: rest, loss } = fuseLoss(merged, given);
  if (takesClassNumbers(loss) && outputs === 1) throw new Unfit('the loss takes numbers of classes, and the model has one output');
  if (!rest.some((node) => node.kind === 'dense')) throw new Unfit('no layer of the model has connections');
  return { inputs, nodes: rest, outputs, loss, metrics, targets: takesClassNumbers(loss) ? 1 : outputs };
}

function inputShapeOf(layer: Layer): unknown {
  const { input } = layer;
  return Array.isArray(input) ? undefined : input.shape;
}

/** Numbers of one sample. */
function sizeOf(layer: Layer, shape: unknown, flat = true): number {
  if (!Array.isArray(shape) || shape.slice(1).some((extent) => typeof extent !== 'number')) throw new Unfit(`the shape of ${layer.name} is not known`);
  const extents = shape.slice(1) as number[]; // SAFETY: checked above
  if (extents.length !== 1 && (flat || layer.getClassName() !== 'Flatten')) throw new Unfit(`${layer.name} has samples of shape [${extents.join(', ')}]; it knows flat ones`);
  return extents.reduce((product, extent) => product * extent, 1);
}

function read(layer: Layer, rules: Rules): Node[] {
  const members = layer as unknown as Members; // SAFETY: read below by the layer's class only
  const inputs = sizeOf(layer, inputShapeOf(layer), layer.getClassName() !== 'Flatten');
  const outputs = sizeOf(layer, layer.outputShape);
  const kind = layer.getClassName();
  if (layer instanceof MaskedDense) return masked(layer, rules);
  if (isNothing(members.activityRegularizer) === false) throw new Unfit(`${layer.name} has an activityRegularizer`);
  if (kind === 'Dense') {
    const kernel = stockWeight(layer, members.kernel, 'kernel', members.kernelRegularizer, members.kernelConstraint, rules);
    const bias = members.bias ? stockWeight(layer, members.bias, 'bias', members.biasRegularizer, members.biasConstraint, rules) : undefined;
    return withActivation({ kind: 'dense', inputs, outputs, mask: identityOf(layer, inputs, outputs), kernel, bias, biasMask: undefined, activation: ACTIVATIONS.linear.kind, layer }, layer, members.activation);
  }
  if (kind === 'Flatten') {
    if (members.dataFormat === 'channelsFirst') throw new Unfit(`${layer.name} moves channels`);
    return [];
  }
  if (kind === 'Activation') return activation(layer, members.activation, inputs);
  if (kind === 'ReLU' && layer.getConfig()['maxValue'] === undefined) return [{ kind: 'activation', inputs, outputs, activation: ACTIVATIONS.relu.kind }];
  if (kind === 'Dropout') {
    if (!isNothing(members.noiseShape)) throw new Unfit(`${layer.name} has a noiseShape`);
    if (!isNothing(members.seed)) throw new Unfit(`${layer.name} has a seed of its own, which drops the same values in every step`);
    return members.rate > 0 && members.rate < 1 ? [{ kind: 'dropout', inputs, outputs, rate: members.rate }] : [];
  }
  if (kind === 'BatchNormalization') return normalization(layer, members, inputs, rules);
  throw new Unfit(`it does not know the layer ${layer.name} (${kind})`);
}

const isNothing = (value: unknown): boolean => value === undefined || value === null;

function masked(layer: MaskedDense, { trained }: Rules): Node[] {
  const { settings, kernel, bias } = layer.parts;
  if (!kernel) throw new Unfit(`${layer.name} is not built`);
  if (settings.activityRegularizer) throw new Unfit(`${layer.name} has an activityRegularizer`);
  const weight = (variable: LayerVariable, part: string, regularizer: unknown, constraint: Constraint | null): Weight => ({
    variable, trainable: trained.has(variable), ...penaltyOf(layer, part, regularizer), constraint: constraint ? constraintOf(layer, part, constraint) : undefined,
  });
  const { inputs, outputs } = layer.mask;
  const node: DenseNode = {
    kind: 'dense', inputs, outputs, mask: layer.mask,
    kernel: weight(kernel, 'kernel', settings.kernelRegularizer, settings.kernelConstraint),
    bias: bias && weight(bias, 'bias', settings.biasRegularizer, settings.biasConstraint),
    biasMask: bias ? (layer.biasMask ?? undefined) : undefined, activation: ACTIVATIONS.linear.kind, layer,
  };
  return withActivation(node, layer, settings.activation);
}

function withActivation(node: DenseNode, layer: Layer, given: unknown): Node[] {
  return [node, ...activation(layer, given, node.outputs)];
}

function activation(layer: Layer, given: unknown, size: number): Node[] {
  const name = className(given);
  if (isNothing(given) || name === 'linear') return [];
  if (name === 'softmax') return [{ kind: 'softmax', inputs: size, outputs: size }];
  const known = Object.entries(ACTIVATIONS).find(([key]) => key === name)?.[1];
  if (!known) throw new Unfit(`${layer.name} has the activation ${name || 'of a class of your own'}; it knows ${Object.keys(ACTIVATIONS).join(', ')}, softmax`);
  return [{ kind: 'activation', inputs: size, outputs: size, activation: known.kind }];
}

function penaltyOf(layer: Layer, part: string, regularizer: unknown): { l1: number; l2: number } {
  if (isNothing(regularizer)) return { l1: 0, l2: 0 };
  const { l1, l2 } = regularizer as { l1?: unknown; l2?: unknown }; // SAFETY: an object; both are looked at before they are used
  if (className(regularizer) === 'L1L2' && typeof l1 === 'number' && typeof l2 === 'number') return { l1, l2 };
  throw new Unfit(`${layer.name} has a ${part}Regularizer that is neither l1 nor l2`);
}

function constraintOf(layer: Layer, part: string, given: Constraint): WeightConstraint {
  const live = liveConstraint(given);
  const kind = live && CONSTRAINTS[live.name];
  if (!live || kind === undefined) throw new Unfit(`${layer.name} has a ${part}Constraint that is none of maxNorm, unitNorm, nonNeg and minMaxNorm`);
  const { config } = live;
  return { kind, least: Number(config['minValue'] ?? 0), most: Number(config['maxValue'] ?? 0), rate: Number(config['rate'] ?? 1) };
}

function stockWeight(layer: Layer, variable: LayerVariable, part: string, regularizer: unknown, constraint: unknown, { asKeras, trained }: Rules): Weight {
  if (!isNothing(constraint)) throw new Unfit(`${layer.name} has a ${part}Constraint, which tfjs does not apply in training (maskedDense does)`);
  const penalty = penaltyOf(layer, part, regularizer);
  if (penalty.l1 > 0 && !asKeras) throw new Unfit(`${layer.name} has an l1 penalty with tfjs's derivative at 0`);
  return { variable, trainable: trained.has(variable), ...penalty, constraint: undefined };
}

function normalization(layer: Layer, members: Members, inputs: number, rules: Rules): Node[] {
  const { gamma, beta, movingMean, movingVariance, epsilon, momentum } = members;
  if (members.axis !== -1 && members.axis !== 1) throw new Unfit(`${layer.name} normalizes along axis ${members.axis}`);
  if (!gamma || !beta) throw new Unfit(`${layer.name} has no ${gamma ? 'center' : 'scale'}`);
  const moving = (variable: LayerVariable): Weight => ({ variable, trainable: false, l1: 0, l2: 0, constraint: undefined });
  return [{
    kind: 'norm', inputs, outputs: inputs, epsilon, momentum,
    gamma: stockWeight(layer, gamma, 'gamma', members.gammaRegularizer, members.gammaConstraint, rules),
    beta: stockWeight(layer, beta, 'beta', members.betaRegularizer, members.betaConstraint, rules),
    movingMean: moving(movingMean), movingVariance: moving(movingVariance),
  }];
}

/** The activation after a dense layer is part of it. */
function mergeActivations(nodes: readonly Node[]): Node[] {
  const merged: Node[] = [];
  for (const node of nodes) {
    const before = merged.at(-1);
    if (node.kind === 'activation' && before?.kind === 'dense' && before.activation === ACTIVATIONS.linear.kind) merged[merged.length - 1] = { ...before, activation: node.activation };
    else merged.push(node);
  }
  return merged;
}

/** A last softmax or sigmoid becomes part of its cross-entropy, unless the layer before needs the outputs for its own derivative. */
function fuseLoss(nodes: readonly Node[], loss: number): { nodes: Node[]; loss: number } {
  const last = nodes.at(-1);
  const ofSoftmax = FUSED.softmax.get(loss);
  const ofSigmoid = FUSED.sigmoid.get(loss);
  if (last?.kind === 'dense' && last.activation === ACTIVATIONS.sigmoid.kind && ofSigmoid !== undefined) {
    return { nodes: [...nodes.slice(0, -1), { ...last, activation: ACTIVATIONS.linear.kind }], loss: ofSigmoid };
  }
  const before = nodes.at(-2);
  const free = before?.kind === 'norm' || (before?.kind === 'dense' && before.activation === ACTIVATIONS.linear.kind);
  if (!free) return { nodes: [...nodes], loss };
  if (last?.kind === 'softmax' && ofSoftmax !== undefined) return { nodes: nodes.slice(0, -1), loss: ofSoftmax };
  if (last?.kind === 'activation' && last.activation === ACTIVATIONS.sigmoid.kind && ofSigmoid !== undefined) return { nodes: nodes.slice(0, -1), loss: ofSigmoid };
  return { nodes: [...nodes], loss };
}
