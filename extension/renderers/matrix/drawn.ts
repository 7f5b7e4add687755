/** What is drawn. */
import type { KernelView } from '../../../kernel/model/views/kernel-view.js';
import type { MaskView } from '../../../kernel/model/views/mask-view.js';
import type { CellSource } from '../../../kernel/model/views/matrix/cell-source.js';
import type { Mode } from '../../../kernel/model/views/matrix/modes.js';
import type { Order } from '../../../kernel/model/views/matrix/orders.js';

export type View = MaskView | KernelView;

export interface Subject {
  readonly source: CellSource;
  /** What the payload alone says: for the minimap, for files. */
  readonly known: CellSource;
  readonly order: Order | undefined;
  readonly mode: Mode;
  /** Every mode that this view has. */
  readonly modes: readonly Mode[];
  /** Whether rows and columns can be put into another order. */
  readonly canOrder: boolean;
  /** Live weights of this mode, in CSR order; undefined where only tiles are known. */
  readonly values: Float32Array | undefined;
}
