/** Asks the chain of prototypes, which no class of the user can answer in its place. */
export function isA<Value extends object>(value: object, type: { readonly prototype: Value }): value is Value {
  return Object.prototype.isPrototypeOf.call(type.prototype, value);
}
