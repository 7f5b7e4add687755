import type { ErrorContent } from '../protocol/messages.js';

const MESSAGE = 'You interrupted the cell. Variables are as it left them.';

/** Cause: the user's interrupt reached the cell between two of its statements. Handled by: ending the cell with `INTERRUPTED`. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';

  constructor() {
    super(MESSAGE);
  }
}

/** How a cell that the user interrupted ends, whichever way it was stopped. */
export const INTERRUPTED: ErrorContent = { ename: 'Interrupted', evalue: 'You interrupted the cell.', traceback: [`Interrupted: ${MESSAGE}`] };
