/** tslib's helpers that ES2022 output of TypeScript can use; the cell's frame hands them over. */
const HELPERS = [
  '__decorate',
  '__metadata',
  '__param',
  '__esDecorate',
  '__runInitializers',
  '__propKey',
  '__setFunctionName',
  '__addDisposableResource',
  '__disposeResources',
  '__rewriteRelativeImportExtension',
] as const;

/** Those that the text uses. */
export const helperNames = (text: string): string[] => HELPERS.filter((name) => text.includes(name));
