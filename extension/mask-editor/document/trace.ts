/** Cells that a stroke passes between two places where the pointer was seen. */

export interface Cell {
  readonly row: number;
  readonly column: number;
}

/**
 * The cells on the line from one cell to another, both included, each one a neighbour (also across a corner) of the one before.
 *
 * Source: Bresenham, "Algorithm for computer control of a digital plotter", IBM Systems Journal 4 (1965).
 */
export function trace(from: Cell, to: Cell): Cell[] {
  const down = Math.abs(to.row - from.row);
  const across = Math.abs(to.column - from.column);
  const stepRow = Math.sign(to.row - from.row);
  const stepColumn = Math.sign(to.column - from.column);
  const cells: Cell[] = [];
  let { row, column } = from;
  let error = across - down;
  for (;;) {
    cells.push({ row, column });
    if (row === to.row && column === to.column) return cells;
    const twice = 2 * error;
    if (twice > -down) {
      error -= down;
      column += stepColumn;
    }
    if (twice < across) {
      error += across;
      row += stepRow;
    }
  }
}
