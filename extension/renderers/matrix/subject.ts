/** What is drawn of a view: the cells of the chosen mode in the chosen order, and what their colours mean. */
import type { MaskData } from '../../../kernel/model/mask-data.js';
import { modesOf } from '../../../kernel/model/views/matrix/modes.js';
import { MaskSource } from '../../../kernel/model/views/matrix/mask-source.js';
import type { OrderName } from '../../../kernel/model/views/matrix/orders.js';
import { TiledSource } from '../../../kernel/model/views/matrix/tiled-source.js';
import type { Channels } from '../kernel-channel.js';
import type { EpochFrame } from '../epochs.js';
import { DetailChannel } from './detail-channel.js';
import { later } from './load-later.js';
import type { Subject, View } from './drawn.js';

export interface Choice {
  readonly mode: string;
  readonly order: OrderName;
  /** The epoch that the reader looks at. */
  readonly frame: EpochFrame | undefined;
}

export function subjectOf(view: View, choice: Choice, detail: DetailChannel | undefined): Subject {
  const modes = modesOf(view, choice.frame);
  const [first] = modes;
  const mode = modes.find(({ name }) => name === choice.mode) ?? first;
  if (view.cells.kind === 'tiles') {
    const known = new TiledSource(view.inputs, view.outputs, view.cells.tiles, view.cells.detail);
    const source = detail?.sourceOver(known) ?? known;
    return { source, known, order: undefined, mode, modes, canOrder: false, values: undefined };
  }
  const mask: MaskData = mode.mask ?? view.cells.mask;
  const values = mode.values;
  // Whoever chooses an order has loaded what makes it.
  const order = choice.order === 'natural' ? undefined : later()?.orderOf(view.cells.mask, choice.order);
  const shown = (order && later()?.permuted(mask, values, order)) ?? { mask, weights: values };
  const known = new MaskSource(mask, values);
  return { source: order ? new MaskSource(shown.mask, shown.weights) : known, known, order, mode, modes, canOrder: true, values };
}

/** Undefined where there is nothing to ask for, or nobody to ask. */
export function detailChannel({ cells }: View, channels: Channels | undefined, onChange: () => void): DetailChannel | undefined {
  const id = cells.kind === 'tiles' ? cells.detail?.source : undefined;
  return id !== undefined && channels ? new DetailChannel(channels, id, onChange) : undefined;
}
