/** Names of layers: TensorFlow.js names tensors after them, and takes fewer characters than Keras. */

/** @returns the same names, those that TensorFlow.js refuses with `_` for each character in the way; all different */
export function tfjsNames(names: readonly string[]): string[] {
  const used = new Set(names.filter(isValid));
  return names.map((name) => {
    if (isValid(name)) return name;
    const cleaned = name.replace(/[^-A-Za-z0-9._/]/g, '_').replace(/^(?=[^A-Za-z0-9]|$)/, 'layer');
    let found = cleaned;
    for (let k = 1; used.has(found); k++) found = `${cleaned}_${k}`;
    used.add(found);
    return found;
  });
}

const isValid = (name: string): boolean => /^[A-Za-z0-9][-A-Za-z0-9._/]*$/.test(name);
