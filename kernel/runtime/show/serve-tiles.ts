/** Answers renderers that draw a matrix from counts and want to see what is below them, for as long as the matrix is held. */
import type { MaskData } from '../../model/mask-data.js';
import { connectionsKey, weightedKey } from '../../model/views/connections-key.js';
import { answerTiles } from '../../model/views/matrix/tile-messages.js';
import { serveView } from '../comm/serve-view.js';

/** Weights are copies that nobody else holds: those of the latest views are kept. */
const KEPT_WEIGHTS = 4;
const kept: { readonly id: string; readonly stop: () => void }[] = [];

/**
 * The mask is held weakly: when the session has no use for it any more, the view says that no kernel holds it. Answers are given
 * between cells, and while a cell waits.
 */
export function serveTiles(mask: MaskData, weights: Float32Array | undefined): void {
  const id = weights ? weightedKey(mask, weights) : connectionsKey(mask);
  const held = new WeakRef(mask);
  const stop = serveView(id, (opened) => {
    opened.onMessage((message) => {
      const now = held.deref();
      if (now === undefined) return opened.close({ reason: 'the mask is no longer held' });
      const answer = answerTiles(now, weights, message);
      if (answer) opened.send(answer);
    });
  });
  if (weights === undefined) return;
  kept.push({ id, stop });
  // The same view, shown again, is served under the same name: only its last registration counts.
  for (const { id: old, stop: end } of kept.splice(0, Math.max(0, kept.length - KEPT_WEIGHTS))) if (!kept.some((other) => other.id === old)) end();
}
