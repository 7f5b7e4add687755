/** A mask or a kernel in the page. State and events are here; what they mean is decided by pure functions, what is drawn by painters. */
import { readout, type ReadoutSubject } from '../../../kernel/model/views/matrix/readout.js';
import { centreOn, detailOf, fitCamera, isPartial, largestZoom, panBy, placeAt, refit, reveal, zoomBy, zoomTo, type Camera, type Place } from '../../../kernel/model/views/matrix/camera.js';
import { marginsFor, type Margins } from '../../../kernel/model/views/matrix/layout.js';
import { moveCell } from '../../../kernel/model/views/matrix/move-cell.js';
import type { TileWindow } from '../../../kernel/model/views/matrix/cell-source.js';
import type { OrderName } from '../../../kernel/model/views/matrix/orders.js';
import { countVisible, windowOf } from '../../../kernel/model/views/matrix/tile-raster.js';
import type { Measure } from '../../../kernel/model/views/matrix-scene.js';
import { legendOf } from '../../../kernel/model/views/matrix-legend.js';
import { connected, matrixSentence, matrixTitle } from '../../../kernel/model/views/matrix-sentence.js';
import { make, setStyles } from '../dom.js';
import { followEpochs, type EpochFrame } from '../epochs.js';
import { dressFigure, makeFigure, type Figure } from '../figure.js';
import type { Channels } from '../kernel-channel.js';
import { legendElements } from '../legend-element.js';
import type { Mounted } from '../mount.js';
import { clearPins, hover, onSelection, selectionOf, togglePin } from '../selection.js';
import { currentTheme, onThemeChange, type Theme } from '../theme.js';
import type { DetailChannel } from './detail-channel.js';
import { listenToGestures } from './gestures.js';
import { keyAction } from './key-action.js';
import { legendSubject } from './legend-subject.js';
import { whenLater } from './load-later.js';
import type { Histogram } from './histogram.js';
import type { Minimap } from './minimap.js';
import { CellsPainter } from './paint-cells.js';
import { paintCursor, type Line } from './paint-cursor.js';
import { coloursOf, frameSize, paintFrame, type Frame } from './paint-frame.js';
import { placesFor } from './places.js';
import { linePicked } from './pick.js';
import type { Subject, View } from './drawn.js';
import { detailChannel, subjectOf } from './subject.js';
import { MatrixTools } from './tools.js';
import { notesOf } from './texts.js';
import { VirtualGrid } from './virtual-grid.js';

const MAX_WIDTH = 760;
const MAX_HEIGHT = 690;
/** Room for the title of an axis. */
const LEAST_WIDTH = 90;
/** Units from which on the whole is drawn small, in a corner. */
const MINIMAP_FROM = 512;

export class MatrixElement implements Mounted<View> {
  readonly #figure: Figure;
  readonly #grid = new VirtualGrid();
  readonly #base = make('canvas', { display: 'block', 'touch-action': 'none' });
  readonly #over = make('canvas', { position: 'absolute', left: '0', top: '0', 'pointer-events': 'none' });
  readonly #cells = new CellsPainter();
  #histogram: Histogram | undefined;
  #minimap: Minimap | undefined;
  readonly #tools: MatrixTools;
  readonly #channels: Channels | undefined;
  readonly #resize: ResizeObserver;
  readonly #endings: (() => void)[] = [];
  #view: View;
  #detail: DetailChannel | undefined;
  #mode = 'weights';
  #order: OrderName = 'natural';
  #epoch: EpochFrame | undefined;
  #subject: Subject;
  #theme: Theme | undefined;
  #frame: Frame | undefined;
  #place: Place | undefined;
  #said = '';
  #width = 0;
  #timer = 0;
  #endLinks: (() => void)[] = [];

  constructor(container: HTMLElement, view: View, channels?: Channels) {
    this.#view = view;
    this.#channels = channels;
    this.#figure = makeFigure(view.view);
    const { root, title, subtitle, stage, readout: line } = this.#figure;
    this.#tools = new MatrixTools({
      zoom: (factor) => this.#look((camera) => zoomBy(camera, factor, middleOf(camera))),
      fit: () => this.#look((camera) => zoomTo(camera, 1, { x: 0, y: 0 })),
      goTo: (place) => this.#goTo(place),
      order: (order) => whenLater(() => this.#choose(() => (this.#order = order)), (reason) => this.#grid.say(reason)),
      mode: (mode) => this.#choose(() => (this.#mode = mode)),
      state: () => ({ view: this.#view, subject: this.#subject, canvas: this.#base, theme: currentTheme(), near: root, say: (text) => this.#grid.say(text) }),
    });
    // What the pointer finds is not spoken; what keys find is, in a live region.
    line.removeAttribute('role');
    line.dataset.patchbayReadout = 'true';
    const head = make('div', { display: 'flex', 'justify-content': 'space-between', gap: '12px', 'max-width': `${MAX_WIDTH}px` });
    const words = make('div', { 'min-width': '0' });
    words.append(title, subtitle, this.#tools.element);
    head.append(words);
    root.prepend(head);
    this.#grid.element.append(this.#base, this.#over);
    for (const canvas of [this.#base, this.#over]) canvas.setAttribute('aria-hidden', 'true');
    stage.append(this.#grid.element, this.#grid.live);
    root.append(this.#tools.tables);
    container.replaceChildren(root);
    this.#detail = detailChannel(view, channels, () => this.#schedule(true));
    this.#subject = this.#subjectNow();
    this.#link();
    this.#listen();
    this.#endings.push(onThemeChange(() => {
      this.#theme = undefined;
      this.#draw();
    }));
    this.#resize = new ResizeObserver(() => this.#resized());
    this.#resize.observe(root);
    this.#resized();
    if (view.view === 'kernel' || Math.max(view.inputs, view.outputs) > MINIMAP_FROM) this.#addParts(head);
  }

  /** What may come a moment after the picture. */
  #addParts(head: HTMLElement): void {
    whenLater((parts) => {
      this.#histogram = new parts.Histogram();
      this.#minimap = new parts.Minimap((place) => this.#look((camera) => centreOn(camera, place)));
      this.#figure.legend.after(this.#histogram.element);
      head.append(this.#minimap.element);
      if (this.#frame) this.#drawParts(this.#frame);
    });
  }

  update(view: View): void {
    const isSameShape = view.inputs === this.#view.inputs && view.outputs === this.#view.outputs;
    this.#view = view;
    this.#detail?.dispose();
    this.#detail = detailChannel(view, this.#channels, () => this.#schedule(true));
    if (!isSameShape) this.#place = undefined;
    this.#link();
    this.#subject = this.#subjectNow();
    this.#draw(isSameShape ? this.#frame?.camera : undefined);
  }

  dispose(): void {
    cancelAnimationFrame(this.#timer);
    this.#resize.disconnect();
    this.#detail?.dispose();
    this.#grid.dispose();
    for (const end of [...this.#endings, ...this.#endLinks]) end();
    this.#figure.root.remove();
  }

  #subjectNow(): Subject {
    return subjectOf(this.#view, { mode: this.#mode, order: this.#order, frame: this.#epoch }, this.#detail);
  }

  /** Joins the views of the same connections, and those of the same weights. */
  #link(): void {
    for (const end of this.#endLinks) end();
    const { link } = this.#view;
    const follows = this.#view.view === 'kernel' ? this.#view.follows : undefined;
    this.#epoch = undefined;
    this.#endLinks = [
      ...(link === undefined ? [] : [onSelection(link, (_, from) => from !== this && this.#paintOver())]),
      ...(follows === undefined ? [] : [followEpochs(follows, this.#view.nnz, (frame) => this.#choose(() => (this.#epoch = frame)))]),
    ];
  }

  #listen(): void {
    const { root } = this.#figure;
    listenToGestures(this.#base, {
      point: (x, y) => this.#moveTo(this.#placeUnder(x, y), false),
      leave: () => this.#moveTo(undefined, false),
      drag: (right, down) => this.#look((camera) => panBy(camera, right * camera.scale, down * camera.scale)),
      click: (x, y, isAdding) => this.#pick(x, y, isAdding),
      zoom: (factor, x, y) => this.#look((camera) => zoomBy(camera, factor, this.#inWindow(x, y, camera))),
    });
    root.addEventListener('keydown', (event) => {
      if (event.target === root || event.target === this.#grid.element) this.#press(event);
    });
    const { element } = this.#grid;
    element.addEventListener('focus', () => setStyles(element, { outline: `2px solid ${currentTheme().focus}`, 'outline-offset': '2px' }));
    element.addEventListener('blur', () => setStyles(element, { outline: 'none' }));
  }

  /** A collapsed output has no width: it is drawn when it is opened. */
  #resized(): void {
    const width = this.#figure.root.clientWidth;
    if (width === this.#width || width === 0) return;
    this.#width = width;
    this.#draw();
  }

  #choose(change: () => void): void {
    change();
    this.#subject = this.#subjectNow();
    this.#draw();
  }

  /** Moves the camera; drawn with the next frame. */
  #look(move: (camera: Camera) => Camera): void {
    if (!this.#frame) return;
    this.#frame = { ...this.#frame, camera: move(this.#frame.camera) };
    this.#schedule(false);
  }

  #schedule(isNewSubject: boolean): void {
    if (isNewSubject) this.#subject = this.#subjectNow();
    cancelAnimationFrame(this.#timer);
    this.#timer = requestAnimationFrame(() => this.#draw());
  }

  #draw(camera = this.#frame?.camera): void {
    const context = this.#base.getContext('2d');
    if (!context || this.#width === 0) return;
    const theme = (this.#theme ??= currentTheme());
    const scale = window.devicePixelRatio || 1;
    const measure: Measure = (text, size) => {
      context.font = `${size}px ${theme.font}`;
      return context.measureText(text).width;
    };
    const subject = this.#subject;
    const isSame = camera?.rows.units === this.#view.inputs && camera.columns.units === this.#view.outputs;
    const { camera: seen, margins } = this.#fit(isSame ? camera : undefined, scale, measure);
    const before = this.#frame;
    const isCounted = before?.subject === subject && before.theme === theme && sameWindow(before.counted, windowOf(seen));
    const counted = isCounted ? before.counted : countVisible(subject.source, seen);
    const colourOf = isCounted ? before.colourOf : coloursOf(subject, counted, subject.source.most(seen.rows.per, seen.columns.per), theme);
    const frame: Frame = { view: this.#view, subject, camera: seen, margins, counted, colourOf, theme };
    this.#frame = frame;
    const size = frameSize(frame, LEAST_WIDTH * scale);
    for (const canvas of [this.#base, this.#over]) {
      if (canvas.width !== size.width || canvas.height !== size.height) Object.assign(canvas, size);
      setStyles(canvas, { width: `${size.width / scale}px`, height: `${size.height / scale}px` });
    }
    setStyles(this.#base, { cursor: isPartial(seen) ? 'grab' : 'crosshair' });
    paintFrame(context, this.#cells, frame, measure);
    this.#write(frame, before?.subject === subject && before.theme === theme && before.view === frame.view);
    // What is at the cursor may be another now: an answer came, an epoch, an order.
    this.#say(frame, false);
    this.#paintOver();
    this.#figure.root.dataset.drawn = 'true';
  }

  /** Twice: how wide the margins are depends on the size of cells, and the other way round. */
  #fit(camera: Camera | undefined, scale: number, measure: Measure): { camera: Camera; margins: Margins } {
    const { finest } = this.#subject.source;
    const at = (margins: Margins): Camera => {
      const room = { width: Math.max(1, Math.min(MAX_WIDTH, this.#width - 18) * scale - margins.x - margins.right), height: MAX_HEIGHT * scale - margins.y - margins.bottom, scale };
      const fitted = fitCamera(this.#view, finest, room);
      if (!camera) return fitted;
      const isUnchanged = camera.scale === scale && camera.columns.room === fitted.columns.room && camera.rows.room === fitted.rows.room && camera.finest.down === finest.down && camera.finest.across === finest.across;
      return isUnchanged ? camera : refit(camera, finest, room);
    };
    const guess = at(marginsFor(this.#view, scale, 20 * scale, measure));
    const margins = marginsFor(this.#view, scale, guess.columns.size / guess.columns.per, measure);
    return { camera: at(margins), margins };
  }

  /** @param isSame only the camera has moved */
  #write(frame: Frame, isSame: boolean): void {
    const { root, title, subtitle, note, legend } = this.#figure;
    const { view, subject, camera, counted, theme } = frame;
    title.textContent = matrixTitle(view);
    subtitle.textContent = connected(view);
    note.textContent = notesOf(view, subject, camera, this.#detail?.isOpen ?? false, counted.coarse !== undefined).join(' ');
    root.setAttribute('aria-label', matrixSentence(view));
    this.#grid.describe(`${matrixTitle(view)}, cells`, view.inputs, view.outputs);
    const items = legendOf(legendSubject(frame), theme.palette);
    const said = JSON.stringify([items, theme.palette.kind]);
    if (said !== this.#said || !isSame) legend.replaceChildren(...legendElements(items, theme.palette));
    this.#said = said;
    if (!isSame) {
      dressFigure(this.#figure, theme);
      this.#tools.update(view, subject, { canZoom: largestZoom(camera) > 1 }, theme);
    }
    this.#drawParts(frame, !isSame);
  }

  #drawParts({ subject, camera, theme }: Frame, isWhole = true): void {
    const isLarge = Math.max(this.#view.inputs, this.#view.outputs) > MINIMAP_FROM;
    if (this.#minimap) setStyles(this.#minimap.element, { display: isLarge ? 'block' : 'none' });
    if (isLarge) this.#minimap?.draw(subject.known, camera, theme.palette);
    if (!isWhole) return;
    const pins = this.#view.link === undefined ? [] : selectionOf(this.#view.link).pins;
    this.#histogram?.drawOf(this.#view, subject, pins, theme.palette, camera.scale);
  }

  #inWindow(x: number, y: number, { scale }: Camera): { x: number; y: number } {
    const { margins } = this.#frame ?? { margins: { x: 0, y: 0 } };
    return { x: Math.round(x * scale - margins.x), y: Math.round(y * scale - margins.y) };
  }

  #placeUnder(x: number, y: number): Place | undefined {
    if (!this.#frame) return undefined;
    const at = this.#inWindow(x, y, this.#frame.camera);
    return placeAt(this.#frame.camera, at.x, at.y);
  }

  /** A click pins a cell, one on a strip or a label the line. */
  #pick(x: number, y: number, isAdding: boolean): void {
    if (!this.#frame) return;
    const at = this.#inWindow(x, y, this.#frame.camera);
    const line = linePicked(this.#frame.camera, at.x, at.y);
    this.#grid.element.focus({ preventScroll: true });
    if (line) this.#pin(line, isAdding);
  }

  #pin(line: Line, isAdding: boolean): void {
    const { link } = this.#view;
    if (link === undefined) return;
    togglePin(link, selectionFrom(placesFor(this.#subject.order).unitsAt(line)), isAdding, this);
    this.#paintOver();
    if (this.#frame) this.#drawParts(this.#frame);
  }

  #press(event: KeyboardEvent): void {
    if (!this.#frame) return;
    const { camera } = this.#frame;
    const action = keyAction(event, camera);
    if (action === undefined) {
      const to = moveCell({ key: event.key, ctrl: event.ctrlKey || event.metaKey }, this.#place, camera, this.#subject.source);
      if (!to) return;
      this.#frame = { ...this.#frame, camera: reveal(camera, to) };
      this.#moveTo(to, true);
      this.#schedule(false);
    } else if (action.kind === 'camera') this.#look(() => action.camera);
    else if (action.kind === 'pin') {
      if (!this.#place) return;
      this.#pin(this.#place, event.shiftKey);
    } else if (!this.#escape()) return;
    // Otherwise the notebook would select another cell.
    event.stopPropagation();
    event.preventDefault();
    if (event.target === this.#figure.root) this.#grid.element.focus({ preventScroll: true });
  }

  /** First the cursor and the pins go; when there are none, the key is the notebook's. */
  #escape(): boolean {
    const { link } = this.#view;
    const hadPins = link !== undefined && clearPins(link, this);
    if (!this.#place && !hadPins) return false;
    this.#moveTo(undefined, false);
    if (this.#frame) this.#drawParts(this.#frame);
    return true;
  }

  #goTo(place: Place): void {
    const at = placesFor(this.#subject.order).placesOf(place);
    const to = { row: at.row ?? place.row, column: at.column ?? place.column };
    this.#look((camera) => centreOn(detailOf(camera) === 'tiles' || detailOf(camera) === 'flat' ? zoomTo(camera, largestZoom(camera) / 3, { x: 0, y: 0 }) : camera, to));
    this.#grid.element.focus({ preventScroll: true });
    this.#moveTo(to, true);
  }

  #moveTo(place: Place | undefined, aloud: boolean): void {
    this.#place = place;
    if (!this.#frame) return;
    this.#say(this.#frame, aloud);
    const { link } = this.#view;
    if (link !== undefined) hover(link, place && selectionFrom(placesFor(this.#subject.order).unitsAt(place)), this);
    this.#paintOver();
  }

  #say(frame: Frame, aloud: boolean): void {
    const text = this.#place ? readout(this.#readoutSubject(frame), this.#place) : '';
    this.#figure.readout.textContent = text;
    this.#grid.move(this.#place, text, aloud);
  }

  #readoutSubject({ subject, camera, view }: Frame): ReadoutSubject {
    return { source: subject.source, names: view.names, camera, order: subject.order, quantity: subject.mode.quantity, block: view.view === 'kernel' && !subject.order ? view.block : undefined };
  }

  #paintOver(): void {
    const context = this.#over.getContext('2d');
    if (!context || !this.#frame) return;
    const { camera, margins, theme, subject } = this.#frame;
    const { link } = this.#view;
    const places = placesFor(subject.order);
    const shared = link === undefined ? { pins: [] } : selectionOf(link);
    const other = shared.hover && !this.#place ? places.placesOf(shared.hover) : undefined;
    paintCursor(context, { camera, palette: theme.palette, x: margins.x, y: margins.y, cursor: this.#place, hover: other, pins: shared.pins.map((pin) => places.placesOf(pin)) });
  }
}

const sameWindow = (a: TileWindow, b: TileWindow): boolean =>
  a.down === b.down && a.across === b.across && a.top === b.top && a.left === b.left && a.rows === b.rows && a.columns === b.columns;

const middleOf = ({ rows, columns }: Camera): { x: number; y: number } => ({ x: Math.round(columns.room / 2), y: Math.round(rows.room / 2) });

const selectionFrom = ({ row, column }: Line): { row?: number; column?: number } => ({ ...(row !== undefined && { row }), ...(column !== undefined && { column }) });
