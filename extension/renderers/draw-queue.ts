/**
 * Draws of many views, a few in each frame: a notebook with thirty charts has no frame that is spent on all of them.
 *
 * A view that waits is drawn once, however often it asked.
 */
const BUDGET_MS = 12;

const waiting = new Set<() => void>();
let frame = 0;

export function drawSoon(draw: () => void): void {
  waiting.add(draw);
  frame ||= requestAnimationFrame(drawSome);
}

/** Of a view that is gone. */
export const forgetDraw = (draw: () => void): void => void waiting.delete(draw);

function drawSome(): void {
  const until = performance.now() + BUDGET_MS;
  for (const draw of [...waiting]) {
    waiting.delete(draw);
    draw();
    if (performance.now() >= until) break;
  }
  frame = waiting.size > 0 ? requestAnimationFrame(drawSome) : 0;
}
