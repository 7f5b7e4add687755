/** A mask or a kernel in the page: canvas, readout, legend; pointer and keyboard. */
import type { KernelView } from '../../kernel/model/views/kernel-view.js';
import type { MaskView } from '../../kernel/model/views/mask-view.js';
import { detailCaption, matrixLegend } from '../../kernel/model/views/matrix-legend.js';
import { matrixReader, placeAt, type Place, type Reader } from '../../kernel/model/views/matrix-readout.js';
import { matrixScene, type MatrixScene } from '../../kernel/model/views/matrix-scene.js';
import { connected, kernelSentence, maskSentence, orphanSentences } from '../../kernel/model/views/matrix-sentence.js';
import type { Palette } from '../../kernel/model/views/palette.js';
import { make, setStyles } from './dom.js';
import { Cursor } from './cursor.js';
import { drawScene } from './draw-scene.js';
import { dressFigure, makeFigure, type Figure } from './figure.js';
import { legendElements } from './legend-element.js';
import { movePlace } from './move-place.js';
import { currentTheme, onThemeChange } from './theme.js';
import type { Mounted } from './mount.js';

type View = MaskView | KernelView;

const MAX_WIDTH = 760;
const MAX_HEIGHT = 560;

interface Drawn {
  readonly scene: MatrixScene;
  readonly read: Reader;
  readonly scale: number;
  readonly palette: Palette;
}

export class MatrixElement implements Mounted<View> {
  readonly #figure: Figure;
  readonly #canvas = make('canvas', { display: 'block' });
  readonly #cursor: Cursor;
  readonly #resize: ResizeObserver;
  readonly #endTheme: () => void;
  #view: View;
  #drawn: Drawn | undefined;
  #place: Place | undefined;
  #width = 0;

  constructor(container: HTMLElement, view: View) {
    this.#view = view;
    this.#figure = makeFigure(view.view);
    this.#figure.stage.append(this.#canvas);
    this.#cursor = new Cursor(this.#figure.stage);
    this.#canvas.setAttribute('aria-hidden', 'true');
    container.replaceChildren(this.#figure.root);
    this.#canvas.addEventListener('pointermove', (event) => this.#point(event));
    this.#canvas.addEventListener('pointerleave', () => this.#moveTo(undefined));
    this.#figure.root.addEventListener('keydown', (event) => this.#press(event));
    this.#endTheme = onThemeChange(() => this.#draw());
    this.#resize = new ResizeObserver(() => this.#fit());
    this.#resize.observe(this.#figure.root);
    this.#fit();
  }

  update(view: View): void {
    this.#view = view;
    this.#draw();
  }

  dispose(): void {
    this.#resize.disconnect();
    this.#endTheme();
    this.#figure.root.remove();
  }

  /** A collapsed output has no width: it is drawn when it is opened. */
  #fit(): void {
    const width = this.#figure.root.clientWidth;
    if (width === this.#width || width === 0) return;
    this.#width = width;
    this.#draw();
  }

  #draw(): void {
    const context = this.#canvas.getContext('2d');
    if (!context || this.#width === 0) return;
    const theme = currentTheme();
    const scale = window.devicePixelRatio || 1;
    const measure = (text: string, size: number): number => {
      context.font = `${size}px ${theme.font}`;
      return context.measureText(text).width;
    };
    const width = Math.min(MAX_WIDTH, this.#width - 18);
    const scene = matrixScene(this.#view, theme.palette, { width: width * scale, height: MAX_HEIGHT * scale, scale }, measure);
    this.#canvas.width = scene.width;
    this.#canvas.height = scene.height;
    setStyles(this.#canvas, { width: `${scene.width / scale}px`, height: `${scene.height / scale}px` });
    drawScene(context, scene, theme.palette, theme.font, scale);
    this.#drawn = { scene, read: matrixReader(this.#view, scene.fit), scale, palette: theme.palette };
    this.#write(scene);
    dressFigure(this.#figure, theme);
    this.#figure.legend.replaceChildren(...legendElements(matrixLegend(this.#view, scene.fit, theme.palette), theme.palette));
    this.#moveTo(undefined);
    this.#figure.root.dataset.drawn = 'true';
  }

  #write({ fit }: MatrixScene): void {
    const { root, title, subtitle, note } = this.#figure;
    const view = this.#view;
    const own = view.view === 'kernel' ? (view.layer ? `Kernel of ${view.layer}` : 'Kernel') : 'Connection mask';
    title.textContent = view.title ?? own;
    subtitle.textContent = connected(view);
    note.textContent = [detailCaption(view, fit), ...orphanSentences(view)].filter((part) => part !== undefined).join(' ');
    root.setAttribute('aria-label', view.view === 'kernel' ? kernelSentence(view) : maskSentence(view));
  }

  #point(event: PointerEvent): void {
    if (!this.#drawn) return;
    const { scene, scale } = this.#drawn;
    const corner = this.#canvas.getBoundingClientRect();
    this.#moveTo(placeAt(scene.fit, (event.clientX - corner.left) * scale - scene.x, (event.clientY - corner.top) * scale - scene.y));
  }

  #press(event: KeyboardEvent): void {
    if (!this.#drawn) return;
    const next = movePlace(event.key, this.#place, this.#drawn.scene.fit);
    if (next === 'not ours') return;
    // Otherwise the notebook would select another cell.
    event.stopPropagation();
    event.preventDefault();
    this.#moveTo(next);
  }

  #moveTo(place: Place | undefined): void {
    this.#place = place;
    if (!this.#drawn) return;
    const { scene, read, scale, palette } = this.#drawn;
    this.#cursor.move(place, scene, palette, scale);
    this.#figure.readout.textContent = place ? read(place) : '';
  }
}
