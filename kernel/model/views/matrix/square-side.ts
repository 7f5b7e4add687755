/** Side of the square for a weight as a part of the cell's: its area is |w| / limit. */
export const squareSide = (weight: number, limit: number): number => Math.sqrt(Math.min(1, Math.abs(weight) / limit));
