/** Moving between the units of a drawn net with the arrow keys. */
import type { SceneNode } from '../../../kernel/model/views/network/scene.js';

/** The unit that a key moves to; undefined takes the cursor away; `not ours` leaves the key to the notebook. */
export function moveUnit(key: string, from: SceneNode | undefined, nodes: readonly SceneNode[]): SceneNode | undefined | 'not ours' {
  if (nodes.length === 0) return 'not ours';
  if (key === 'Escape') return from ? undefined : 'not ours';
  if (!['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End'].includes(key)) return 'not ours';
  const ordered = [...nodes].sort((a, b) => a.x - b.x || a.y - b.y);
  if (key === 'Home') return ordered[0];
  if (key === 'End') return ordered.at(-1);
  if (!from) return ordered[0];
  const current = ordered.find(({ group, unit }) => group === from.group && unit === from.unit);
  if (!current) return ordered[0];
  if (key === 'ArrowUp' || key === 'ArrowDown') {
    const column = ordered.filter(({ x }) => Math.abs(x - current.x) < 1);
    const at = column.indexOf(current) + (key === 'ArrowUp' ? -1 : 1);
    return column[Math.min(column.length - 1, Math.max(0, at))];
  }
  const beyond = ordered.filter(({ x }) => (key === 'ArrowLeft' ? x < current.x - 1 : x > current.x + 1));
  if (beyond.length === 0) return current;
  const next = key === 'ArrowLeft' ? Math.max(...beyond.map(({ x }) => x)) : Math.min(...beyond.map(({ x }) => x));
  // The unit at about the same height.
  return beyond.filter(({ x }) => Math.abs(x - next) < 1).reduce((best, node) => (Math.abs(node.y - current.y) < Math.abs(best.y - current.y) ? node : best));
}
