/**
 * V8 says of a write to a sealed global `Cannot assign to read only property 'a' of object '#<Object>'`. For the constant
 * of a cell it gets the sentence that a student can look up, with the name.
 *
 * @param shownName the name of a session constant by its global, undefined for any other
 */
export function explainConstAssignment(error: unknown, shownName: (global: string) => string | undefined): void {
  if (!(error instanceof TypeError)) return;
  const { message, stack } = error;
  const global = /^Cannot assign to read only property '(.+)' of object '(?:#<Object>|\[object global\])'$/.exec(message)?.[1];
  const name = global === undefined ? undefined : shownName(global);
  if (name === undefined) return;
  const explained = `Assignment to constant variable '${name}'.`;
  error.message = explained;
  // A function, since `$'` in a plain replacement would mean something.
  if (typeof stack === 'string') error.stack = stack.replace(message, () => explained);
}
