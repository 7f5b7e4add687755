/** A look at a net: one of its layers, the choice of the others, and the analysis of the whole. */
import type { LayersModel } from '@tensorflow/tfjs';
import { listed } from '../../model/look/listed.js';
import type { LayerChoice, LookReply, MatrixLook, NetReport } from '../../model/look/look.js';
import { matrixLook } from '../../model/look/matrix-look.js';
import { plural } from '../../model/views/format.js';
import type { LookRequest } from '../../protocol/host.js';
import { analyze, type Analysis } from '../analyze/index.js';
import { MaskedLayer } from '../layers/masked-layer.js';
import type { Mask } from '../mask/mask.js';
import { tf } from '../tf/tfjs.js';
import { hasMatrix, layerMatrix, matrixShape, weightCount, type Layer } from './layer-matrix.js';

/** Above so many connections between units the analysis of a net is a cell's work, not a look's. */
const MAX_CONNECTIONS = 2e7;

interface Part {
  readonly key: string;
  readonly name: string;
  readonly kind: string;
  readonly shape: readonly [number, number];
  readonly isMasked: boolean;
  matrix(title: string): MatrixLook | undefined;
}

export function modelLook(model: LayersModel, request: LookRequest): LookReply {
  const layers = layersOf(model);
  const parts = layers.filter(hasMatrix).map((layer, at): Part => ({ key: `${at} ${layer.name}`, name: layer.name, kind: layer.getClassName(), shape: matrixShape(layer), isMasked: layer instanceof MaskedLayer, matrix: (title) => layerMatrix(layer, title) }));
  const what = `a ${model.getClassName()} of ${plural(layers.length, 'layer')}`;
  if (parts.length === 0) return { status: 'noMask', problem: `\`${request.title}\` is ${what}, none of which has a matrix of weights${model.built ? '' : ' yet'}. ${model.built ? 'Visualize Mask draws dense, convolutional and masked layers.' : 'Give its first layer an inputShape, or fit it first.'}` };
  return netLook(parts, what, request, () => {
    const connections = layers.reduce((sum, layer) => sum + (hasMatrix(layer) ? weightCount(layer) * placesOf(layer) : 0), 0);
    if (connections > MAX_CONNECTIONS) throw new Error(`its units have about ${connections.toPrecision(2)} connections, too many to count at each look; analyze(${request.title}) in a cell does`);
    return analyze(model);
  });
}

export function masksLook(masks: readonly Mask[], request: LookRequest): LookReply {
  const parts = masks.map((mask, at): Part => ({ key: `${at}`, name: `mask ${at}`, kind: 'Mask', shape: [mask.inputs, mask.outputs], isMasked: true, matrix: (title) => matrixLook(mask.data, { what: 'a Mask', title }) }));
  return netLook(parts, `a list of ${plural(masks.length, 'mask')}`, request, () => analyze(masks));
}

function netLook(parts: readonly Part[], what: string, { title, layer }: LookRequest, report: () => Analysis): LookReply {
  // A layer that is gone since the model was made anew: the first masked one.
  const part = parts.find(({ key }) => key === layer) ?? parts.find(({ isMasked }) => isMasked) ?? parts[0];
  const matrix = part?.matrix(`${title}: ${part.name}`);
  if (part === undefined || matrix === undefined) return { status: 'noMask', problem: `\`${title}\` is ${what} without a matrix of weights.` };
  return { status: 'drawn', look: { matrix, net: { what, layers: parts.map(choice), layer: part.key, ...attempt(report) } } };
}

const choice = ({ key, name, kind, shape: [inputs, outputs] }: Part): LayerChoice => ({ key, label: `${name}: ${kind}, ${inputs} × ${outputs}` });

function attempt(report: () => Analysis): { readonly report: NetReport } | { readonly reportProblem: string } {
  try {
    return { report: plain(report()) };
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/^analyze: /, '') : String(error);
    return { reportProblem: `The whole net is not analysed: ${reason}.`.replace(/\.\.$/, '.') };
  }
}

function plain({ inputs, outputs, layers, deadInputs, deadUnits, unreachableOutputs }: Analysis): NetReport {
  return {
    inputs,
    outputs,
    layers: layers.map(({ name, inputs: from, outputs: to, nnz, density, params, denseParams }) => ({ name, inputs: from, outputs: to, nnz, density, params, denseParams })),
    deadInputs: listed(deadInputs),
    deadUnits: listed(deadUnits, ({ layer, unit }) => `${layers[layer]?.name ?? layer}: ${unit}`),
    unreachableOutputs: listed(unreachableOutputs),
  };
}

/** With those of models inside. */
const layersOf = (model: LayersModel): Layer[] => model.layers.flatMap((layer) => (layer instanceof tf.LayersModel ? layersOf(layer) : [layer]));

/** How often the kernel is applied: pixels of a convolution's output. */
function placesOf(layer: Layer): number {
  const shape = [layer.outputShape].flat(1);
  return shape.slice(1, -1).reduce<number>((product, extent) => product * (typeof extent === 'number' ? extent : 1), 1);
}
