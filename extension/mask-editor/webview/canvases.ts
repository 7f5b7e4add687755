/** The three layers of the drawing, one above the other: cells, what a gesture will do, cursor. */
import { make, setStyles } from '../../renderers/dom.js';

export interface Layer {
  readonly canvas: HTMLCanvasElement;
  readonly context: CanvasRenderingContext2D;
}

export interface Layers {
  readonly cells: Layer;
  readonly preview: Layer;
  readonly cursor: Layer;
}

export function makeLayers(stage: HTMLElement): Layers {
  return { cells: layer(stage), preview: layer(stage), cursor: layer(stage) };
}

function layer(stage: HTMLElement): Layer {
  const canvas = make('canvas');
  canvas.setAttribute('aria-hidden', 'true');
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('This page cannot draw: it has no canvas.');
  stage.append(canvas);
  return { canvas, context };
}

/** @param width,height device pixels */
export function sizeLayers(layers: Layers, width: number, height: number, scale: number): void {
  for (const { canvas } of [layers.cells, layers.preview, layers.cursor]) {
    canvas.width = width;
    canvas.height = height;
    setStyles(canvas, { width: `${width / scale}px`, height: `${height / scale}px` });
  }
}
