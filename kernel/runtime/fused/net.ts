/** A network as the fused trainer computes it: plain data that the model was read into. */
import type { LayerVariable } from '@tensorflow/tfjs';
import type { Mask } from '../mask/mask.js';

/** The reason why the fused trainer cannot do what was asked for; `train` with `engine: 'auto'` takes tfjs then. */
export class Unfit extends Error {
  override readonly name = 'Unfit';
}

/** As `assembly/constraints.ts` takes it. */
export interface WeightConstraint {
  readonly kind: number;
  readonly least: number;
  readonly most: number;
  readonly rate: number;
}

export interface Weight {
  /** Its `read()` is the packed variable. */
  readonly variable: LayerVariable;
  /** False for what the optimizer leaves alone: frozen weights, moving averages. */
  readonly trainable: boolean;
  readonly l1: number;
  readonly l2: number;
  readonly constraint: WeightConstraint | undefined;
}

export interface DenseNode {
  readonly kind: 'dense';
  readonly inputs: number;
  readonly outputs: number;
  /** All ones for a stock dense layer. */
  readonly mask: Mask;
  readonly kernel: Weight;
  readonly bias: Weight | undefined;
  /** The outputs that have a bias, [1, outputs]; undefined when all have. */
  readonly biasMask: Mask | undefined;
  /** One of the kernels' activations. */
  readonly activation: number;
  /** The layer itself, for who measures gradients of missing connections. */
  readonly layer: object;
}

export interface ActivationNode {
  readonly kind: 'activation';
  readonly inputs: number;
  readonly outputs: number;
  readonly activation: number;
}

export interface SoftmaxNode {
  readonly kind: 'softmax';
  readonly inputs: number;
  readonly outputs: number;
}

export interface DropoutNode {
  readonly kind: 'dropout';
  readonly inputs: number;
  readonly outputs: number;
  readonly rate: number;
}

export interface NormNode {
  readonly kind: 'norm';
  readonly inputs: number;
  readonly outputs: number;
  readonly gamma: Weight;
  readonly beta: Weight;
  readonly movingMean: Weight;
  readonly movingVariance: Weight;
  readonly epsilon: number;
  readonly momentum: number;
}

export type Node = DenseNode | ActivationNode | SoftmaxNode | DropoutNode | NormNode;

export interface Net {
  /** Numbers a row of x. */
  readonly inputs: number;
  readonly nodes: readonly Node[];
  /** Numbers that the loss sees of a sample. */
  readonly outputs: number;
  /** The kernels' number of the loss. */
  readonly loss: number;
  /** Those of the metrics. */
  readonly metrics: readonly number[];
  /** Numbers a row of y: one where it is the number of a class. */
  readonly targets: number;
}

/** The weights of a node in the model's order. */
export function weightsOf(node: Node): Weight[] {
  if (node.kind === 'dense') return [node.kernel, ...(node.bias ? [node.bias] : [])];
  return node.kind === 'norm' ? [node.gamma, node.beta, node.movingMean, node.movingVariance] : [];
}
