import type { MatrixFit } from '../../kernel/model/views/matrix-fit.js';
import type { Place } from '../../kernel/model/views/matrix-readout.js';

/** Where a key moves the cursor; undefined takes it away; `not ours` leaves the key to the notebook. */
export function movePlace(key: string, from: Place | undefined, { rows, columns }: MatrixFit): Place | undefined | 'not ours' {
  if (rows.tiles === 0 || columns.tiles === 0) return 'not ours';
  const { row, column } = from ?? { row: 0, column: 0 };
  const lastRow = rows.tiles - 1;
  const lastColumn = columns.tiles - 1;
  const moves: Readonly<Record<string, Place>> = {
    ArrowUp: { row: row - 1, column },
    ArrowDown: { row: row + 1, column },
    ArrowLeft: { row, column: column - 1 },
    ArrowRight: { row, column: column + 1 },
    Home: { row, column: 0 },
    End: { row, column: lastColumn },
    PageUp: { row: row - 10, column },
    PageDown: { row: row + 10, column },
  };
  if (key === 'Escape') return from ? undefined : 'not ours';
  const to = moves[key];
  if (!to) return 'not ours';
  // The first arrow key only shows the cursor.
  if (!from) return { row: 0, column: 0 };
  return { row: Math.min(lastRow, Math.max(0, to.row)), column: Math.min(lastColumn, Math.max(0, to.column)) };
}
