/** A decision boundary in the page: the plane on a canvas, points and the line above it, and what one connection does to it. */
import { hex } from '../../../kernel/model/views/colour.js';
import { formatNumber } from '../../../kernel/model/views/format.js';
import { parseBoundaryView } from '../../../kernel/model/views/boundary/boundary-payload.js';
import { connectionName, isSameConnection, mapName, type BoundaryConnection, type BoundaryView, type CutConnection } from '../../../kernel/model/views/boundary/boundary-view.js';
import { boundaryScene, type BoundaryLegendItem, type BoundaryScene } from '../../../kernel/model/views/boundary/scene.js';
import { boundarySentence, cellText } from '../../../kernel/model/views/boundary/sentence.js';
import { markPath } from '../../../kernel/model/views/boundary/marks.js';
import type { Palette } from '../../../kernel/model/views/palette.js';
import { isProblem } from '../../../kernel/model/views/problem.js';
import type { Raster } from '../../../kernel/model/views/matrix-pixels.js';
import { boundaryPicture } from '../../../kernel/model/views/svg/boundary-picture.js';
import { make, setStyles } from '../dom.js';
import { dressFigure, makeFigure, type Figure } from '../figure.js';
import type { Channels } from '../kernel-channel.js';
import type { Mounted } from '../mount.js';
import { onSelection, type LayerSelection } from '../selection.js';
import { currentTheme, onThemeChange, type Theme } from '../theme.js';
import { CutChannel } from './cut-channel.js';
import { choice, toolRow } from '../widgets/controls.js';
import { lineSample, sampleItem } from './samples.js';
import { svg, svgLabel } from './svg-dom.js';
import { TableAndFiles, type Exports } from './table-and-files.js';

const SIZE = 400;
const LEFT = 56;
const BELOW = 40;
const FONT = 11;

export class BoundaryElement implements Mounted<BoundaryView> {
  readonly #figure: Figure;
  readonly #endTheme: () => void;
  readonly #resize: ResizeObserver;
  readonly #more: TableAndFiles;
  readonly #unit: ReturnType<typeof choice>;
  readonly #connection: ReturnType<typeof choice>;
  readonly #cuts: CutChannel;
  readonly #canvas = make('canvas', { position: 'absolute', 'image-rendering': 'auto' });
  #endSelection: (() => void)[] = [];
  #view: BoundaryView;
  /** The view without a connection, while the reader looks at that. */
  #without: BoundaryView | undefined;
  #chosen: CutConnection | undefined;
  #hovered: CutConnection | undefined;
  #problem = '';
  #shown: number | undefined;
  #cell: { readonly column: number; readonly row: number } | undefined;
  #cursor: SVGElement | undefined;
  #keys = '';
  #size = 0;

  constructor(container: HTMLElement, view: BoundaryView, channels?: Channels) {
    this.#view = view;
    this.#figure = makeFigure('boundary');
    const { root, stage, readout } = this.#figure;
    this.#canvas.setAttribute('aria-hidden', 'true');
    this.#cuts = new CutChannel(channels, { onBoundary: (payload) => this.#takeCut(payload), onProblem: (sentence) => this.#say(sentence) });
    this.#more = new TableAndFiles(root, () => this.#exports());
    this.#unit = choice('show', (value) => this.#choose(value === '' ? undefined : Number(value)));
    this.#connection = choice('without connection', (value) => this.#cut(this.#view.connections[value === '' ? -1 : Number(value)]));
    root.insertBefore(toolRow(this.#unit.element, this.#connection.element, ...this.#more.controls), stage);
    readout.after(this.#more.place);
    container.replaceChildren(root);
    root.addEventListener('keydown', (event) => this.#press(event));
    stage.addEventListener('pointermove', (event) => this.#point(event));
    stage.addEventListener('pointerleave', () => this.#moveTo(undefined));
    this.#endTheme = onThemeChange(() => this.#draw());
    this.#resize = new ResizeObserver(() => this.#fit());
    this.#resize.observe(root);
    this.#follow();
    this.#fit();
  }

  update(view: BoundaryView): void {
    this.#view = view;
    this.#follow();
    const cut = this.#hovered ?? this.#chosen;
    // While the net is trained the picture without a connection follows too.
    if (cut) this.#cuts.ask(view.serves, cut);
    this.#draw();
  }

  dispose(): void {
    for (const end of this.#endSelection) end();
    this.#cuts.close();
    this.#endTheme();
    this.#resize.disconnect();
    this.#figure.root.remove();
  }

  /** A connection that is pointed at in a network or a matrix of this net is cut here for as long. */
  #follow(): void {
    const keys = [...new Set(this.#view.connections.map(({ link }) => link))];
    if (keys.join('\n') === this.#keys) return;
    this.#keys = keys.join('\n');
    for (const end of this.#endSelection) end();
    this.#endSelection = keys.map((key) => onSelection(key, (selection, from) => void (from !== this && this.#hoverCut(selection))));
  }

  #hoverCut({ hover }: LayerSelection): void {
    const found = hover?.row !== undefined && hover.column !== undefined ? this.#view.connections.find(({ link, row, column }) => link === hover.layer && row === hover.row && column === hover.column) : undefined;
    if (found === undefined && this.#hovered === undefined) return;
    this.#hovered = found;
    this.#askOrShow();
  }

  #cut(connection: BoundaryConnection | undefined): void {
    this.#chosen = connection;
    this.#askOrShow();
  }

  #askOrShow(): void {
    const cut = this.#hovered ?? this.#chosen;
    this.#problem = '';
    if (cut) return this.#cuts.ask(this.#view.serves, cut);
    this.#cuts.forget();
    this.#without = undefined;
    this.#draw();
  }

  #takeCut(payload: unknown): void {
    const view = parseBoundaryView(payload);
    if (isProblem(view)) return this.#say(view.problem);
    const wanted = this.#hovered ?? this.#chosen;
    // An answer that comes late is of no use.
    if (!wanted || !view.cut || !isSameConnection(view.cut, wanted)) return;
    this.#without = view;
    this.#draw();
  }

  #say(sentence: string): void {
    this.#problem = sentence;
    this.#without = undefined;
    this.#draw();
  }

  #choose(shown: number | undefined): void {
    this.#shown = shown;
    this.#draw();
  }

  #fit(): void {
    const width = this.#figure.root.clientWidth;
    const size = Math.min(SIZE, width - LEFT - 26);
    if (size === this.#size || width === 0 || size < 40) return;
    this.#size = size;
    this.#draw();
  }

  get #current(): BoundaryView {
    return this.#without ?? this.#view;
  }

  #draw(): void {
    if (this.#size === 0) return;
    const theme = currentTheme();
    const view = this.#current;
    if (this.#shown !== undefined && this.#shown >= view.maps.length) this.#shown = undefined;
    const scene = boundaryScene(view, theme.palette, this.#size, this.#shown);
    this.#paint(scene, theme, view);
    const { root, title, subtitle, legend, note } = this.#figure;
    title.textContent = view.title ?? 'Decision boundary';
    subtitle.textContent = boundarySentence({ ...view, title: '' });
    root.setAttribute('aria-label', boundarySentence(view));
    legend.replaceChildren(...scene.legend.map((item) => legendItem(item, theme.palette)));
    note.textContent = [this.#problem, ...notes(view)].filter((part) => part !== '').join(' ');
    this.#unit.show([['', 'the net'], ...view.maps.map((map, at) => [String(at), mapName(map)] as const)], this.#shown === undefined ? '' : String(this.#shown));
    const { connections } = this.#view;
    const chosen = this.#chosen ? connections.findIndex((each) => this.#chosen && isSameConnection(each, this.#chosen)) : -1;
    this.#connection.show([['', 'none'], ...connections.map((each, at) => [String(at), `${connectionName(each)} (w ${formatNumber(each.weight)})`] as const)], chosen < 0 ? '' : String(chosen));
    dressFigure(this.#figure, theme);
    this.#more.refresh();
    this.#moveTo(this.#cell);
    root.dataset.drawn = 'true';
  }

  #paint(scene: BoundaryScene, { palette, font, focus }: Theme, view: BoundaryView): void {
    const { stage } = this.#figure;
    const size = scene.size;
    const scale = window.devicePixelRatio || 1;
    this.#canvas.width = Math.round(size * scale);
    this.#canvas.height = Math.round(size * scale);
    setStyles(this.#canvas, { left: `${LEFT}px`, top: '6px', width: `${size}px`, height: `${size}px` });
    const context = this.#canvas.getContext('2d');
    context?.drawImage(rasterCanvas(scene.raster), 0, 0, this.#canvas.width, this.#canvas.height);
    const muted = { size: FONT, colour: hex(palette.muted) };
    const drawing = svg(
      'g',
      { transform: `translate(${LEFT} 6)` },
      svg('rect', { width: size, height: size, fill: 'none', stroke: hex(palette.border) }),
      svg('path', { d: scene.line, fill: 'none', stroke: scene.lineColour, 'stroke-width': 2, 'stroke-linecap': 'round' }),
      ...scene.marks.map(({ path, fill, stroke }) => svg('path', { d: path, fill, stroke, 'stroke-width': 0.9 })),
      ...scene.xTicks.map(({ at, label }) => svgLabel({ text: label, x: at, y: size + 16, anchor: 'middle', ...muted })),
      ...scene.yTicks.map(({ at, label }) => svgLabel({ text: label, x: -7, y: at + 4, anchor: 'end', ...muted })),
      svgLabel({ text: view.axisNames[0], x: size, y: size + 31, anchor: 'end', ...muted }),
      svgLabel({ text: view.axisNames[1], x: -LEFT + 12, y: 0, anchor: 'end', turned: true, ...muted }),
    );
    this.#cursor = svg('rect', { width: 9, height: 9, fill: 'none', stroke: focus, 'stroke-width': 2, visibility: 'hidden' });
    drawing.append(this.#cursor);
    const root = svg('svg', { width: LEFT + size + 8, height: size + BELOW, 'aria-hidden': 'true', 'font-family': font }, drawing);
    for (const [name, value] of [['display', 'block'], ['position', 'relative']] as const) root.style.setProperty(name, value);
    stage.replaceChildren(this.#canvas, root);
  }

  #point(event: PointerEvent): void {
    const corner = this.#canvas.getBoundingClientRect();
    const side = this.#side();
    const column = Math.floor(((event.clientX - corner.left) / this.#size) * side);
    const row = Math.floor(((event.clientY - corner.top) / this.#size) * side);
    this.#moveTo(column >= 0 && row >= 0 && column < side && row < side ? { column, row } : undefined);
  }

  #side(): number {
    return this.#current.maps[this.#shown ?? 0]?.side ?? 1;
  }

  #moveTo(cell: { readonly column: number; readonly row: number } | undefined): void {
    this.#cell = cell;
    const side = this.#side();
    this.#cursor?.setAttribute('visibility', cell ? 'visible' : 'hidden');
    if (cell) {
      this.#cursor?.setAttribute('x', String(((cell.column + 0.5) / side) * this.#size - 4.5));
      this.#cursor?.setAttribute('y', String(((cell.row + 0.5) / side) * this.#size - 4.5));
    }
    this.#figure.readout.textContent = cell ? cellText(this.#current, this.#shown, Math.min(side - 1, cell.column), Math.min(side - 1, cell.row)) : '';
  }

  #press(event: KeyboardEvent): void {
    if (event.target !== this.#figure.root || event.ctrlKey || event.metaKey || event.altKey) return;
    const next = moveCell(event.key, this.#cell, this.#side(), event.shiftKey ? 10 : 1);
    if (next === 'not ours') return;
    // Otherwise the notebook would select another cell.
    event.stopPropagation();
    event.preventDefault();
    this.#moveTo(next);
  }

  #exports(): Exports {
    const view = this.#current;
    const { maps, x, y, axisNames } = view;
    const shown = this.#shown === undefined ? maps.slice(0, view.outputs) : maps.slice(this.#shown, this.#shown + 1);
    const side = shown[0]?.side ?? 0;
    const line = (cell: number): number[] => [
      x.min + (((cell % side) + 0.5) / side) * (x.max - x.min),
      y.max - ((Math.floor(cell / side) + 0.5) / side) * (y.max - y.min),
      ...shown.map(({ values }) => values[cell] ?? NaN),
    ];
    const cells = Array.from({ length: side * side }, (_, cell) => cell);
    // A table of the plane every tenth of a side; the file has it all.
    const coarse = cells.filter((cell) => (cell % side) % Math.ceil(side / 10) === 0 && Math.floor(cell / side) % Math.ceil(side / 10) === 0);
    const head = [...axisNames, ...shown.map(mapName)];
    return {
      title: view.title ?? 'boundary',
      picture: () => boundaryPicture(view, rasterAddress),
      table: () => ({ caption: 'Answers over the plane', head, rows: coarse.map((cell) => line(cell).map(formatNumber)), total: coarse.length }),
      csv: () => [head, ...cells.map(line)],
    };
  }
}

function notes({ unmapped, moreConnections, points }: BoundaryView): string[] {
  return [
    ...(points.x.length < points.total ? [`The first ${points.x.length} points are drawn.`] : []),
    ...(unmapped > 0 ? [`${unmapped} more units have no map here.`] : []),
    ...(moreConnections > 0 ? [`${moreConnections} more connections are not in the list.`] : []),
  ];
}

function rasterCanvas({ width, height, rgba }: Raster): HTMLCanvasElement {
  const canvas = make('canvas');
  canvas.width = width;
  canvas.height = height;
  canvas.getContext('2d')?.putImageData(new ImageData(rgba, width, height), 0, 0);
  return canvas;
}

const rasterAddress = (raster: Raster): string => rasterCanvas(raster).toDataURL('image/png');

function legendItem(item: BoundaryLegendItem, palette: Palette): HTMLElement {
  if (item.kind === 'line') return sampleItem(item.label, lineSample({ colour: hex(palette.text), width: 2, dash: undefined }));
  if (item.kind === 'mark') return sampleItem(item.label, svg('path', { d: markPath(item.shape, 14, 8, 5), fill: item.fill, stroke: hex(palette.border), 'stroke-width': 0.9 }));
  const box = make('span', { display: 'inline-flex', 'align-items': 'center', gap: '6px' });
  const bar = make('span', { display: 'inline-block', width: '90px', height: '11px', border: `1px solid ${hex(palette.border)}`, background: `linear-gradient(to right, ${item.colours.join(', ')})` });
  box.append(make('span', {}, item.ticks[0] ?? ''), bar, make('span', {}, `${item.ticks.at(-1) ?? ''} ${item.label}`));
  return box;
}

/** The cell of the plane that a key moves to. */
export function moveCell(key: string, from: { readonly column: number; readonly row: number } | undefined, side: number, step: number): { column: number; row: number } | undefined | 'not ours' {
  if (key === 'Escape') return from ? undefined : 'not ours';
  const middle = Math.floor(side / 2);
  const { column, row } = from ?? { column: middle, row: middle };
  const moves: Readonly<Record<string, readonly [number, number]>> = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step], Home: [-side, 0], End: [side, 0], PageUp: [0, -10], PageDown: [0, 10] };
  const move = moves[key];
  if (!move) return 'not ours';
  // The first key only shows the cursor.
  if (!from) return { column, row };
  const within = (value: number): number => Math.min(side - 1, Math.max(0, value));
  return { column: within(column + move[0]), row: within(row + move[1]) };
}
