/** The drawn matrix: camera, layers, and which cell is where. It knows nothing of edits. */
import type { Rgb } from '../../../kernel/model/views/colour.js';
import { extentOf, movedTo, tileAt, tileOfUnit, tileCount, type Axis } from '../../../kernel/model/views/matrix/axis.js';
import { fitCamera, panBy, refit, reveal, zoomBy, type Camera, type Place } from '../../../kernel/model/views/matrix/camera.js';
import { countVisible, maskColours, type TileColour } from '../../../kernel/model/views/matrix/tile-raster.js';
import { CellsPainter } from '../../renderers/matrix/paint-cells.js';
import { paintCursor } from '../../renderers/matrix/paint-cursor.js';
import { currentTheme, onThemeChange, type Theme } from '../../renderers/theme.js';
import type { BitSource } from '../document/bit-source.js';
import type { Gesture } from '../document/gesture.js';
import type { Cell } from '../document/trace.js';
import { makeLayers, sizeLayers, type Layers } from './canvases.js';
import { PreviewPainter } from './preview.js';
import { RULER } from './ruler-size.js';
import { paintRulers } from './rulers.js';

export interface Target {
  readonly kind: 'cell' | 'row' | 'column';
  readonly tile: Cell;
}

export class MatrixStage {
  readonly #root: HTMLElement;
  readonly #layers: Layers;
  readonly #painter = new CellsPainter();
  readonly #preview = new PreviewPainter();
  #source: BitSource;
  #camera: Camera;
  #theme: Theme = currentTheme();
  #cursor: Place | undefined;
  #gesture: Gesture = { kind: 'idle' };
  #frame = 0;

  constructor(root: HTMLElement, source: BitSource) {
    this.#root = root;
    this.#layers = makeLayers(root);
    this.#source = source;
    this.#camera = this.#fitted();
    new ResizeObserver(() => this.resize()).observe(root);
    onThemeChange(() => {
      this.#theme = currentTheme();
      this.#paintAll();
    });
    root.addEventListener('wheel', (event) => this.#wheel(event), { passive: false });
  }

  get camera(): Camera {
    return this.#camera;
  }

  get #scale(): number {
    return window.devicePixelRatio || 1;
  }

  get #origin(): { readonly x: number; readonly y: number } {
    return { x: RULER.left * this.#scale, y: RULER.top * this.#scale };
  }

  /** The mask has another shape. */
  fit(source: BitSource): void {
    this.#source = source;
    this.#camera = this.#fitted();
    this.#paintAll();
  }

  resize(): void {
    const scale = this.#scale;
    const [width, height] = [Math.round(this.#root.clientWidth * scale), Math.round(this.#root.clientHeight * scale)];
    if (width === 0 || height === 0) return;
    sizeLayers(this.#layers, width, height, scale);
    this.#camera = this.#roomy(refit(this.#camera, this.#source.finest, this.#room()));
    this.#paintAll();
  }

  zoom(direction: 'in' | 'out' | 'all'): void {
    const { width, height } = this.#room();
    const anchor = { x: Math.min(width, extentOf(this.#camera.columns)) / 2, y: Math.min(height, extentOf(this.#camera.rows)) / 2 };
    if (direction === 'all') this.#camera = this.#fitted();
    else this.#camera = zoomBy(this.#camera, direction === 'in' ? 2 : 0.5, this.#cursor === undefined ? anchor : this.#middleOf(this.#cursor));
    this.#paintAll();
  }

  pan(right: number, down: number): void {
    this.#camera = panBy(this.#camera, right * this.#scale, down * this.#scale);
    this.#paintAll();
  }

  /** @param andReveal moves the matrix, if need be, so that the cursor is seen */
  moveCursor(place: Place | undefined, andReveal: boolean): void {
    this.#cursor = place;
    const moved = place !== undefined && andReveal ? reveal(this.#camera, place) : this.#camera;
    const hasMoved = moved.rows.offset !== this.#camera.rows.offset || moved.columns.offset !== this.#camera.columns.offset;
    this.#camera = moved;
    if (hasMoved) this.#paintAll();
    else this.#paintCursor();
  }

  showGesture(gesture: Gesture): void {
    this.#gesture = gesture;
    this.#preview.paint(this.#layers.preview.context, gesture, this.#camera, this.#theme.palette, this.#origin);
  }

  /** The cells have changed: drawn with the next frame, together with what else does by then. */
  refresh(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => this.#paintAll());
  }

  /** What lies under the pointer: a cell (the nearest one, when the pointer is held), or the number of a row or column. */
  at(event: Pick<MouseEvent, 'clientX' | 'clientY'>, isHeld: boolean): Target | undefined {
    const { x, y } = this.#pixelAt(event);
    const { rows, columns } = this.#camera;
    if (isHeld) return { kind: 'cell', tile: { row: nearest(rows, y), column: nearest(columns, x) } };
    const [row, column] = [tileAt(rows, y), tileAt(columns, x)];
    if (row !== undefined && column !== undefined) return { kind: 'cell', tile: { row, column } };
    if (row !== undefined && x < 0) return { kind: 'row', tile: { row, column: 0 } };
    if (column !== undefined && y < 0) return { kind: 'column', tile: { row: 0, column } };
    return undefined;
  }

  /** The pixel of the window of cells under the pointer. */
  #pixelAt({ clientX, clientY }: Pick<MouseEvent, 'clientX' | 'clientY'>): { readonly x: number; readonly y: number } {
    const { left, top } = this.#root.getBoundingClientRect();
    return { x: (clientX - left) * this.#scale - this.#origin.x, y: (clientY - top) * this.#scale - this.#origin.y };
  }

  #room(): { readonly width: number; readonly height: number; readonly scale: number } {
    const scale = this.#scale;
    return {
      width: Math.max(1, Math.floor((this.#root.clientWidth - RULER.left - RULER.right) * scale)),
      height: Math.max(1, Math.floor((this.#root.clientHeight - RULER.top - RULER.bottom) * scale)),
      scale,
    };
  }

  #fitted(): Camera {
    return this.#roomy(fitCamera(this.#source, this.#source.finest, this.#room()));
  }

  /** The window is the whole stage, also where the matrix at its smallest takes less. */
  #roomy(camera: Camera): Camera {
    const rows: Axis = { ...camera.rows, room: this.#room().height };
    return { ...camera, rows: movedTo(rows, rows.offset) };
  }

  #middleOf({ row, column }: Place): { readonly x: number; readonly y: number } {
    const { rows, columns } = this.#camera;
    const middle = (axis: Axis, unit: number): number => (tileOfUnit(axis, unit) + 0.5) * axis.size - axis.offset;
    return { x: middle(columns, column), y: middle(rows, row) };
  }

  #wheel(event: WheelEvent): void {
    event.preventDefault();
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 20 : 1;
    if (!event.ctrlKey && !event.metaKey) return this.pan(-event.deltaX * unit, -event.deltaY * unit);
    this.#camera = zoomBy(this.#camera, event.deltaY < 0 ? 2 : 0.5, this.#pixelAt(event));
    this.#paintAll();
  }

  #paintAll(): void {
    const { context, canvas } = this.#layers.cells;
    const { palette, font } = this.#theme;
    const counted = countVisible(this.#source, this.#camera);
    const colourOf = remembered(maskColours(counted, palette, this.#source.most(counted.down, counted.across)));
    context.clearRect(0, 0, canvas.width, canvas.height);
    this.#painter.paint(context, { camera: this.#camera, counted, colourOf, palette, font, ...this.#origin });
    paintRulers(context, this.#camera, palette, font);
    this.#preview.forget();
    this.showGesture(this.#gesture);
    this.#paintCursor();
    this.#root.dataset.drawn = 'true';
  }

  #paintCursor(): void {
    paintCursor(this.#layers.cursor.context, { camera: this.#camera, palette: this.#theme.palette, ...this.#origin, cursor: this.#cursor, pins: [] });
  }
}

/** Colours go by count alone, and hundreds of thousands of tiles share a few counts. */
function remembered(colourOf: TileColour): TileColour {
  const colours = new Map<number, Rgb>();
  return (tile, count) => {
    const known = colours.get(count) ?? colourOf(tile, count);
    colours.set(count, known);
    return known;
  };
}

/** The tile nearest to a pixel of the window, which may lie beside the matrix. */
const nearest = (axis: Axis, pixel: number): number => Math.min(tileCount(axis) - 1, Math.max(0, Math.floor((pixel + axis.offset) / axis.size)));
