/** The weights of a model as Keras stores them, in a `.keras` archive and in an `.h5` file. */
import type { LayersModel } from '@tensorflow/tfjs';
import { tf } from '../../tf/tfjs.js';
import { exportedClass, type ExportForm } from './export-config.js';
import type { Hdf5Dataset, Hdf5Group } from './hdf5.js';
import { mapWeights } from './map-weights.js';
import { groupNames } from './stored-weights.js';

type TfjsLayer = LayersModel['layers'][number];

interface Weight {
  /** `kernel`, `moving_mean`, … */
  readonly name: string;
  readonly dataset: Hdf5Dataset;
  readonly trained: boolean;
}

export interface ExportedLayer {
  readonly name: string;
  readonly className: string;
  readonly weights: readonly Weight[];
  /** Of a model that is used as a layer. */
  readonly layers?: readonly ExportedLayer[];
}

/** Without input layers. */
export function exportedLayers(model: LayersModel, form: ExportForm): ExportedLayer[] {
  return model.layers
    .filter((layer) => layer.getClassName() !== 'InputLayer')
    .map((layer) => {
      const { name } = layer;
      if (layer instanceof tf.LayersModel) return { name, className: layer instanceof tf.Sequential ? 'Sequential' : 'Functional', weights: [], layers: exportedLayers(layer, form) };
      return { name, className: exportedClass(layer.getClassName(), form), weights: weightsOf(layer) };
    });
}

function weightsOf(layer: TfjsLayer): Weight[] {
  return mapWeights(layer, (tensor, k) => {
    const variable = layer.weights[k];
    const values = Float32Array.from(tensor.dataSync());
    const trained = layer.trainable && variable !== undefined && !layer.nonTrainableWeights.includes(variable);
    return { name: variable?.originalName.split('/').at(-1) ?? String(k), dataset: { shape: tensor.shape, values }, trained };
  });
}

const group = (members: Partial<Hdf5Group>): Hdf5Group => ({ attributes: {}, groups: {}, datasets: {}, ...members });

/** `layers/CLASS_1/vars/0`, and `layers/…/layers/…` for a model inside. */
export function archiveGroup(layers: readonly ExportedLayer[]): Hdf5Group {
  const names = groupNames(layers);
  const groups = layers.map(({ name, weights, layers: inside }, k): [string, Hdf5Group] => {
    const vars = group({ attributes: { name }, datasets: Object.fromEntries(weights.map(({ dataset }, i) => [String(i), dataset])) });
    return [names[k] ?? '', inside ? archiveGroup(inside) : group({ groups: { vars } })];
  });
  return group({ groups: { layers: group({ groups: Object.fromEntries(groups) }), vars: group({}) } });
}

/**
 * `model_weights/LAYER/…`, with the names of what a layer holds.
 *
 * @param config the model's, as JSON
 */
export function legacyGroup(config: string, layers: readonly ExportedLayer[], version: string): Hdf5Group {
  const about = { keras_version: version, backend: 'tensorflow' };
  const groups = layers.map((layer) => [layer.name, layerGroup(layer)] as const);
  const weights = group({ attributes: { ...about, ...listed('layer_names', layers.map(({ name }) => name)) }, groups: Object.fromEntries(groups) });
  return group({ attributes: { ...about, model_config: config }, groups: { model_weights: weights } });
}

/** Those that are trained come first, of all layers of a model inside, then the others. */
function layerGroup(layer: ExportedLayer): Hdf5Group {
  const all = pathsOf(layer, '');
  const ordered = [...all.filter(({ trained }) => trained), ...all.filter(({ trained }) => !trained)];
  return group({ attributes: listed('weight_names', ordered.map(({ path }) => path)), ...treeOf(all) });
}

interface Placed {
  readonly path: string;
  readonly dataset: Hdf5Dataset;
  readonly trained: boolean;
}

function pathsOf({ name, weights, layers }: ExportedLayer, before: string): Placed[] {
  const path = `${before}${name}/`;
  return layers ? layers.flatMap((layer) => pathsOf(layer, path)) : weights.map((weight) => ({ path: `${path}${weight.name}`, dataset: weight.dataset, trained: weight.trained }));
}

function treeOf(placed: readonly Placed[]): Pick<Hdf5Group, 'groups' | 'datasets'> {
  const datasets: Record<string, Hdf5Dataset> = {};
  const deeper = new Map<string, Placed[]>();
  for (const { path, ...rest } of placed) {
    const [first = '', ...others]: string[] = path.split('/');
    if (others.length === 0) datasets[first] = rest.dataset;
    else deeper.set(first, [...(deeper.get(first) ?? []), { path: others.join('/'), ...rest }]);
  }
  return { datasets, groups: Object.fromEntries([...deeper].map(([name, list]) => [name, group(treeOf(list))])) };
}

/** An attribute has 64 KB, and a text in a list of them takes 16 bytes there. */
const MAX_LISTED = 4000;

/** One attribute, or as Keras does it several, `name0`, `name1`, … when the list is long. */
function listed(name: string, list: readonly string[]): Record<string, readonly string[]> {
  if (list.length <= MAX_LISTED) return { [name]: list };
  return Object.fromEntries(Array.from({ length: Math.ceil(list.length / MAX_LISTED) }, (_, k) => [`${name}${k}`, list.slice(k * MAX_LISTED, (k + 1) * MAX_LISTED)]));
}
