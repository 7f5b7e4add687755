/** From what Node needs to start to what no machine has: a typing error is not handed to V8, which would end at once. */
const LEAST_MB = 64;
const MOST_MB = 1024 * 1024;

/** The arguments of Node for the setting `patchbay.memoryLimit`, megabytes of JavaScript heap; none where Node decides (0) or the value makes no sense. */
export function memoryArguments(limit: unknown): readonly string[] {
  if (typeof limit !== 'number' || !(limit >= LEAST_MB && limit <= MOST_MB)) return [];
  return [`--max-old-space-size=${Math.round(limit)}`];
}
