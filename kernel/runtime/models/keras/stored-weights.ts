/** Where Keras puts each layer's weights in an HDF5 file. */
import { leavesOf, type BuiltLayer } from './built-layers.js';
import { datasetAt, groupAt, type Hdf5Attribute, type Hdf5Dataset, type Hdf5Group } from './hdf5.js';

/** Weights of every layer, those inside models too, in Keras's order: those that are trained, then the others. */
export type StoredWeights = ReadonlyMap<BuiltLayer, readonly Hdf5Dataset[]>;
export type ReadWeights = (layers: readonly BuiltLayer[]) => StoredWeights;

/** The group that Keras 3 gives to each layer: after its class, numbered where a class is there twice. */
export function groupNames(layers: readonly { readonly className: string }[]): string[] {
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

/** `model.weights.h5` of a `.keras` archive: `layers/NAME/vars/0`, `…/1`, …; of a model inside, `layers/NAME/layers/…`. */
export const archiveWeights = (root: Hdf5Group): ReadWeights => (layers) => {
  const names = groupNames(layers);
  return new Map(
    layers.flatMap((layer, k): [BuiltLayer, readonly Hdf5Dataset[]][] => {
      const group = groupAt(root, ['layers', names[k] ?? '']);
      if (layer.layers) return [...(group ? archiveWeights(group)(layer.layers) : [])];
      const vars = group?.groups['vars']?.datasets ?? {};
      const stored = Object.keys(vars)
        .sort((a, b) => Number(a) - Number(b))
        .flatMap((key) => vars[key] ?? []);
      return [[layer, stored]];
    }),
  );
};

/** A `.h5` file: the group of each layer lists its weights; that of a model those of all its layers. */
export const legacyWeights = (root: Hdf5Group): ReadWeights => (layers) => {
  const stored = root.groups['model_weights'] ?? root;
  return new Map(
    layers.flatMap((layer) => {
      const group = groupAt(stored, layer.name.split('/'));
      if (!group) return [];
      const all = list(group, 'weight_names').map((weight) => {
        const found = datasetAt(group, weight);
        if (!found) throw new Error(`lists the weight ${weight} of layer ${layer.name}, which is not there`);
        return found;
      });
      return [...distributed(layer, all)];
    }),
  );
};

/** What is trained in all of the layers comes first, then the rest of all of them. */
function distributed(layer: BuiltLayer, all: readonly Hdf5Dataset[]): StoredWeights {
  const leaves = leavesOf(layer);
  const [only] = leaves;
  if (!layer.layers && only) return new Map([[only, all]]);
  const expected = leaves.reduce((sum, { shapes }) => sum + shapes.length, 0);
  if (expected !== all.length) throw new Error(`holds ${all.length} weights for layer ${layer.name}, whose layers have ${expected}`);
  let rest = leaves.reduce((sum, { trained }) => sum + trained, 0);
  let next = 0;
  return new Map(
    leaves.map((leaf) => {
      const trained = all.slice(next, (next += leaf.trained));
      const others = all.slice(rest, (rest += leaf.shapes.length - leaf.trained));
      return [leaf, [...trained, ...others]];
    }),
  );
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
