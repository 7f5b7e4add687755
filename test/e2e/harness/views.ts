/** What of our views is on the canvases of a notebook. */
import { expect } from 'vitest';
import type { CanvasPixels } from './outputs.js';
import type { NotebookEditor } from './notebook.js';

export const VIEWS = ['mask', 'kernel', 'loss'] as const;
export type View = (typeof VIEWS)[number];

/** Every canvas of the notebook at its fullest, by the name that a screen reader says. */
export async function drawnCanvases(notebook: NotebookEditor): Promise<CanvasPixels[]> {
  const best = new Map<string, CanvasPixels>();
  await notebook.scrollThrough(async () => {
    for (const canvas of await notebook.outputs.canvases()) {
      const known = best.get(canvas.label);
      if (known === undefined || known.drawn < canvas.drawn) best.set(canvas.label, canvas);
    }
  });
  return [...best.values()];
}

/** A view that is there but blank, or one flat rectangle, is not drawn. */
export function expectDrawn({ label, width, height, drawn, colours }: CanvasPixels): void {
  expect(drawn, `pixels drawn of ${width}×${height} in “${label}”`).toBeGreaterThan(100);
  expect(colours, `colours in “${label}”`).toBeGreaterThanOrEqual(3);
}
