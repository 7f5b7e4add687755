/** Whether JSON text is a model as TensorFlow.js writes it (and Patchbay with its member): it says how its layers are put together. */
export function isModelJson(text: string): boolean {
  if (!text.includes('"modelTopology"')) return false;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && Object.hasOwn(value, 'modelTopology');
  } catch {
    return false;
  }
}
