/** What of a cell decides whether its `execution_count` was lost. */
export interface CountedCell {
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly executionSummary?: { readonly executionOrder?: number | undefined; readonly success?: boolean | undefined } | undefined;
}

/**
 * The number that belongs into the metadata of an ended cell and is not there; undefined when all is well.
 *
 * VS Code's ipynb extension copies the order number of a run into the cell's `execution_count`, and clears it when a run
 * begins. A run that ends within a few milliseconds with the number it had before (run all after reopening, late output)
 * is compared before the clearing has arrived, and the file is saved without the number.
 */
export function lostCount({ metadata, executionSummary }: CountedCell): number | undefined {
  const order = executionSummary?.executionOrder;
  if (typeof order !== 'number' || typeof executionSummary?.success !== 'boolean') return undefined;
  return metadata['execution_count'] === null || metadata['execution_count'] === undefined ? order : undefined;
}
