/** The whole of a large matrix in a corner, with the part that is in view; a click goes there. */
import { hex } from '../../../kernel/model/views/colour.js';
import { shownPixels, unitsOfTile, visibleTiles } from '../../../kernel/model/views/matrix/axis.js';
import { countVisible, maskColours, tileRaster } from '../../../kernel/model/views/matrix/tile-raster.js';
import { fitCamera, placeAt, type Camera, type Place } from '../../../kernel/model/views/matrix/camera.js';
import type { CellSource } from '../../../kernel/model/views/matrix/cell-source.js';
import type { Palette } from '../../../kernel/model/views/palette.js';
import { make, setStyles } from '../dom.js';
import { RasterCache } from './raster-cache.js';

const SIDE = 84;
export class Minimap {
  readonly element = make('canvas', { display: 'block', cursor: 'pointer', flex: 'none' });
  readonly #raster = new RasterCache();
  #camera: Camera | undefined;
  #last: { source: CellSource; palette: Palette; counted: ReturnType<typeof countVisible>; colours: ReturnType<typeof maskColours> } | undefined;

  constructor(goTo: (place: Place) => void) {
    this.element.setAttribute('aria-hidden', 'true');
    this.element.dataset.patchbayMinimap = 'true';
    this.element.addEventListener('pointerdown', (event) => {
      const box = this.element.getBoundingClientRect();
      const scale = this.#camera?.scale ?? 1;
      const place = this.#camera && placeAt(this.#camera, (event.clientX - box.left - 1) * scale, (event.clientY - box.top - 1) * scale);
      if (place) goTo(place);
    });
  }

  draw(source: CellSource, camera: Camera, palette: Palette): void {
    const context = this.element.getContext('2d');
    if (!context) return;
    const { scale } = camera;
    const whole = fitCamera(source, source.finest, { width: SIDE * scale, height: SIDE * scale, scale });
    this.#camera = whole;
    if (this.#last?.source !== source || this.#last.palette !== palette) {
      const counted = countVisible(source, whole);
      this.#last = { source, palette, counted, colours: maskColours(counted, palette, source.most(counted.down, counted.across)) };
    }
    const { counted, colours } = this.#last;
    const [width, height] = [shownPixels(whole.columns), shownPixels(whole.rows)];
    this.element.width = width + 2;
    this.element.height = height + 2;
    setStyles(this.element, { width: `${(width + 2) / scale}px`, height: `${(height + 2) / scale}px` });
    context.fillStyle = hex(palette.border);
    context.fillRect(0, 0, width + 2, height + 2);
    context.fillStyle = hex(palette.absent);
    context.fillRect(1, 1, width, height);
    context.imageSmoothingEnabled = false;
    context.drawImage(this.#raster.canvas(counted, colours, () => tileRaster(counted, colours)), 1, 1, width, height);
    const part = (seen: Camera['rows'], all: Camera['rows']): { start: number; length: number } => {
      const { first, end } = visibleTiles(seen);
      const pixels = all.size / all.per;
      return { start: unitsOfTile(seen, first).first * pixels, length: Math.max(3 * scale, (Math.min(seen.units, end * seen.per) - first * seen.per) * pixels) };
    };
    const across = part(camera.columns, whole.columns);
    const down = part(camera.rows, whole.rows);
    context.lineWidth = Math.max(1, Math.round(1.5 * scale));
    context.strokeStyle = hex(palette.text);
    context.strokeRect(1 + across.start, 1 + down.start, Math.min(across.length, width - across.start), Math.min(down.length, height - down.start));
  }
}
