/** Orders of rows and columns, as they are called. */
export const ORDERS = {
  natural: 'natural',
  degree: 'by degree',
  blocks: 'in blocks',
  adjacency: 'by adjacency',
} as const;
export type OrderName = keyof typeof ORDERS;

/** The unit that stands at each place. */
export interface Order {
  readonly rows: Uint32Array;
  readonly columns: Uint32Array;
}
