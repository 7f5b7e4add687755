/** What of a cell stays when its notebook is saved under a name. */
export interface SavedCell {
  readonly metadata: Readonly<Record<string, unknown>>;
}

/**
 * True when the two notebooks have the same cells, by their nbformat ids: VS Code opens the file that an untitled
 * notebook was saved to as another document, and closes the untitled one without a word about the other.
 */
export function haveSameCells(a: readonly SavedCell[], b: readonly SavedCell[]): boolean {
  if (a.length !== b.length) return false;
  const pairs = a.map((cell, index) => [idOf(cell), idOf(b[index])] as const);
  const isAtOdds = ([first, second]: readonly [string | undefined, string | undefined]) => first !== undefined && second !== undefined && first !== second;
  return !pairs.some(isAtOdds) && pairs.some(([first, second]) => first !== undefined && first === second);
}

function idOf(cell: SavedCell | undefined): string | undefined {
  const id = cell?.metadata['id'];
  return typeof id === 'string' ? id : undefined;
}
