/** Where Keras puts each layer's weights in an HDF5 file. */
import type { KerasLayer } from './topology.js';
import { datasetAt, groupAt, type Hdf5Attribute, type Hdf5Dataset, type Hdf5Group } from './hdf5.js';

/** Weights of a layer in Keras's order: those that are trained, then the others. */
export type WeightsOf = (layer: KerasLayer, position: number) => readonly Hdf5Dataset[];

/** The group that Keras 3 gives to each layer: after its class, numbered where a class is there twice. */
export function groupNames(layers: readonly KerasLayer[]): string[] {
  const used = new Map<string, number>();
  return layers.map(({ className }) => {
    const name = snakeCase(className);
    const count = used.get(name) ?? 0;
    used.set(name, count + 1);
    return count === 0 ? name : `${name}_${count}`;
  });
}

/** As Keras 3's `to_snake_case` does it: `Conv2D` is `conv2d`. */
export const snakeCase = (name: string): string =>
  name
    .replace(/\W+/g, '')
    .replace(/(.)([A-Z][a-z]+)/g, '$1_$2')
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase();

/** `model.weights.h5` of a `.keras` archive: `layers/NAME/vars/0`, `…/1`, … */
export function archiveWeights(root: Hdf5Group, layers: readonly KerasLayer[]): WeightsOf {
  const names = groupNames(layers);
  return (_layer, position) => {
    const vars = groupAt(root, ['layers', names[position] ?? '', 'vars'])?.datasets ?? {};
    return Object.keys(vars)
      .sort((a, b) => Number(a) - Number(b))
      .flatMap((key) => vars[key] ?? []);
  };
}

/** A `.h5` file: the group of each layer lists its weights. */
export function legacyWeights(root: Hdf5Group): WeightsOf {
  const stored = root.groups['model_weights'] ?? root;
  return ({ name }) => {
    const group = groupAt(stored, name.split('/'));
    if (!group) return [];
    return list(group, 'weight_names').map((weight) => {
      const found = datasetAt(group, weight);
      if (!found) throw new Error(`lists the weight ${weight} of layer ${name}, which is not there`);
      return found;
    });
  };
}

/** Keras splits a long list: `weight_names0`, `weight_names1`, … */
function list({ attributes }: Hdf5Group, name: string): readonly string[] {
  const whole = attributes[name];
  if (whole !== undefined) return strings(whole);
  const found: string[] = [];
  for (let k = 0; ; k++) {
    const part = attributes[`${name}${k}`];
    if (part === undefined) return found;
    found.push(...strings(part));
  }
}

const strings = (value: Hdf5Attribute): readonly string[] => (typeof value === 'string' ? [value] : value);
