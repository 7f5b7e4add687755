import type { Output } from '../../../kernel/protocol/messages.js';
import { bundleItems, displayOutput, errorOutput, resultOutput, streamItem, streamOutput, type CellOutput } from '../outputs/cell-output.js';
import type { CellId, OutputKey, Write } from './writes.js';

/** What must be known of the outputs that stand under the cells, to place the next one. */
export interface Outputs {
  readonly nextKey: OutputKey;
  /** The last output of a cell while it is a stream: more of the same stream is joined to it. */
  readonly openStreams: ReadonlyMap<CellId, { readonly key: OutputKey; readonly name: 'stdout' | 'stderr' }>;
  /** Cells whose outputs go away when the next one comes (`clear_output` with `wait`). */
  readonly clearOnNext: ReadonlySet<CellId>;
  /** Display id -> where it stands; an id may stand in several places. */
  readonly displays: ReadonlyMap<string, readonly { readonly cell: CellId; readonly key: OutputKey }[]>;
}

export const NO_OUTPUTS: Outputs = { nextKey: 1, openStreams: new Map(), clearOnNext: new Set(), displays: new Map() };

export interface CellWrite {
  readonly cell: CellId;
  readonly write: Write;
}

interface Placed {
  readonly outputs: Outputs;
  readonly writes: readonly CellWrite[];
}

/** Places one output that `cell` caused: which writes to which cells it takes. */
export function placeOutput(outputs: Outputs, cell: CellId, output: Output): Placed {
  if (output.msg_type === 'clear_output') {
    if (!output.content.wait) return clearCell(outputs, cell);
    return { outputs: { ...outputs, clearOnNext: new Set(outputs.clearOnNext).add(cell) }, writes: [] };
  }
  if (output.msg_type === 'update_display_data') {
    const items = bundleItems(output.content.data);
    const places = outputs.displays.get(output.content.transient?.display_id ?? '') ?? [];
    return { outputs, writes: places.map((place) => ({ cell: place.cell, write: { kind: 'replace', key: place.key, items } })) };
  }
  if (outputs.clearOnNext.has(cell)) {
    const cleared = clearCell(outputs, cell);
    const placed = placeOutput(cleared.outputs, cell, output);
    return { outputs: placed.outputs, writes: [...cleared.writes, ...placed.writes] };
  }
  switch (output.msg_type) {
    case 'stream': {
      const open = outputs.openStreams.get(cell);
      if (open?.name === output.content.name) return { outputs, writes: [{ cell, write: { kind: 'extend', key: open.key, item: streamItem(output.content) } }] };
      const placed = append(outputs, cell, streamOutput(output.content));
      const openStreams = new Map(placed.outputs.openStreams).set(cell, { key: outputs.nextKey, name: output.content.name });
      return { ...placed, outputs: { ...placed.outputs, openStreams } };
    }
    case 'display_data':
      return append(outputs, cell, displayOutput(output.content), output.content.transient?.display_id);
    case 'execute_result':
      return append(outputs, cell, resultOutput(output.content), output.content.transient?.display_id);
    case 'error':
      return append(outputs, cell, errorOutput(output.content));
  }
}

/** Forgets what stands under a cell, and clears it. */
export function clearCell(outputs: Outputs, cell: CellId): Placed {
  return { outputs: forgetCell(outputs, cell), writes: [{ cell, write: { kind: 'clear' } }] };
}

export function forgetCell(outputs: Outputs, cell: CellId): Outputs {
  const openStreams = new Map(outputs.openStreams);
  openStreams.delete(cell);
  const clearOnNext = new Set(outputs.clearOnNext);
  clearOnNext.delete(cell);
  const displays = new Map([...outputs.displays].map(([id, places]) => [id, places.filter((place) => place.cell !== cell)] as const).filter(([, places]) => places.length > 0));
  return { ...outputs, openStreams, clearOnNext, displays };
}

function append(outputs: Outputs, cell: CellId, output: CellOutput, displayId?: string): Placed {
  const key = outputs.nextKey;
  const openStreams = new Map(outputs.openStreams);
  openStreams.delete(cell);
  const displays = displayId === undefined ? outputs.displays : new Map(outputs.displays).set(displayId, [...(outputs.displays.get(displayId) ?? []), { cell, key }]);
  return { outputs: { ...outputs, nextKey: key + 1, openStreams, displays }, writes: [{ cell, write: { kind: 'append', key, output } }] };
}
