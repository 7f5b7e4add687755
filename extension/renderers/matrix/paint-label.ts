import type { Label } from '../../../kernel/model/views/matrix-scene.js';

export function paintLabel(context: CanvasRenderingContext2D, { text, x, y, anchor, turned, size, colour }: Label, font: string): void {
  context.save();
  context.font = `${size}px ${font}`;
  context.fillStyle = colour;
  context.textAlign = anchor === 'middle' ? 'center' : anchor;
  context.translate(x, y);
  if (turned) context.rotate(-Math.PI / 2);
  context.fillText(text, 0, 0);
  context.restore();
}
