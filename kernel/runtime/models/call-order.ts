/** An output of a call of a layer: `[layer, call, output]`. */
export type TensorPlace = readonly [layer: string, call: number, output: number];

export interface CalledLayer {
  readonly name: string;
  readonly isInput: boolean;
  /** The tensors of each call, in order; an input layer has no calls. */
  readonly calls: readonly (readonly TensorPlace[])[];
  /** The number that the first call has. */
  readonly first: number;
}

/**
 * That every tensor which a call waits for comes: TensorFlow.js would wait forever.
 *
 * @throws Error that ends the sentence "file …" and names the layer that waits, or the end that is missing
 */
export function checkCalls(layers: readonly CalledLayer[], ends: Readonly<Record<'inputs' | 'outputs', readonly TensorPlace[]>>): void {
  const made = new Map(layers.map(({ name, isInput, first }) => [name, first + (isInput ? 1 : 0)]));
  const isThere = ([name, call]: TensorPlace): boolean => call < (made.get(name) ?? 0);
  let waiting = layers.map(({ name, calls }) => ({ name, calls: [...calls] })).filter(({ calls }) => calls.length > 0);
  for (let before = Infinity; waiting.length > 0; ) {
    let left = 0;
    for (const { name, calls } of waiting) {
      while (calls[0]?.every(isThere) === true) {
        calls.shift();
        made.set(name, (made.get(name) ?? 0) + 1);
      }
      left += calls.length;
    }
    waiting = waiting.filter(({ calls }) => calls.length > 0);
    const [stuck] = waiting;
    if (stuck && left === before) {
      const lost = stuck.calls[0]?.find((tensor) => !isThere(tensor));
      throw new Error(`has the layer ${stuck.name} wait for call ${lost?.[1]} of ${lost?.[0]}, which never comes`);
    }
    before = left;
  }
  for (const [kind, tensors] of Object.entries(ends)) {
    if (tensors.length === 0) throw new Error(`has a functional model without ${kind}`);
    const lost = tensors.find((tensor) => !isThere(tensor));
    if (lost) throw new Error(`has a functional model whose ${kind} name call ${lost[1]} of ${lost[0]}, which is not there`);
  }
}
