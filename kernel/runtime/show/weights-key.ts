/**
 * Which weights a view shows, as a name: the layer's, and a number where a name is used again. The same notebook, run again, gives
 * the same names, so its file does not change.
 */
const keys = new WeakMap<object, string>();
const counts = new Map<string, number>();

/** Views of the same layer move through its epochs together. */
export function weightsKey(layer: { readonly name: string }): string {
  const known = keys.get(layer);
  if (known !== undefined) return known;
  const count = (counts.get(layer.name) ?? 0) + 1;
  counts.set(layer.name, count);
  const key = count === 1 ? layer.name : `${layer.name}#${count}`;
  keys.set(layer, key);
  return key;
}
