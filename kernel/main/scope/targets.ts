/** An object whose properties, when set, call `declare`: the targets of a destructuring declaration. */
export function declaringTargets(declare: (name: string, value: unknown) => void): Record<string, unknown> {
  return new Proxy<Record<string, unknown>>({}, {
    set(_, name, value) {
      declare(String(name), value);
      return true;
    },
  });
}
