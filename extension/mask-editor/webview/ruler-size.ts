/** CSS pixels beside the matrix: row numbers at the left, column numbers at the top. */
export const RULER = { left: 46, top: 24, right: 12, bottom: 10 } as const;
