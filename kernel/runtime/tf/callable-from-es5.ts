/** tfjs-node's classes are compiled to ES5 and call their base class without `new`, which ES2017 classes refuse. */
export function callableFromEs5(namespace: object): object {
  const copy: Record<string, unknown> = {};
  const entries: [string, unknown][] = Object.entries(namespace);
  for (const [name, value] of entries) {
    copy[name] = typeof value === 'function' && /^class\b/.test(Function.prototype.toString.call(value)) ? callable(value) : value;
  }
  return copy;
}

// eslint-disable-next-line @typescript-eslint/no-unsafe-function-type -- a class of which only the prototype matters
function callable(base: Function): unknown {
  // eslint-disable-next-line @typescript-eslint/no-unsafe-function-type -- as above
  function Callable(this: { constructor: Function }, ...args: unknown[]): unknown {
    return Reflect.construct(base, args, new.target ?? this.constructor);
  }
  // SAFETY: `prototype` of a class is an object; that is all that is assumed.
  Object.defineProperty(Callable, 'prototype', { value: base.prototype as unknown });
  Object.setPrototypeOf(Callable, base);
  return Callable;
}
