/** Degree histograms in the page: bars that can be pointed at, walked through and pinned. */
import { hex } from '../../../kernel/model/views/colour.js';
import { binDegrees, expectedUnits, unitsOfBin, type Bin } from '../../../kernel/model/views/degrees/bins.js';
import type { DegreesView } from '../../../kernel/model/views/degrees/degrees-view.js';
import { barColours, degreesScene, gridColour, type Bar, type DegreesScene, type SideKind } from '../../../kernel/model/views/degrees/scene.js';
import { barText, binText, degreesSentence, zeroSentences } from '../../../kernel/model/views/degrees/sentence.js';
import { degreesPicture } from '../../../kernel/model/views/svg/degrees-picture.js';
import { measureText } from '../../../kernel/model/views/svg/text.js';
import { dressFigure, makeFigure, type Figure } from '../figure.js';
import type { Mounted } from '../mount.js';
import { clearPins, hover, onSelection, selectionOf, togglePin, type Selection } from '../selection.js';
import { currentTheme, type Theme } from '../theme.js';
import { checkbox, toolRow } from '../widgets/controls.js';
import { Redraw } from './redraw.js';
import { lineSample, sampleItem } from './samples.js';
import { svg, svgLabel } from './svg-dom.js';
import { TableAndFiles, type Exports } from './table-and-files.js';

const MAX_WIDTH = 760;
/** No more units are pinned at once: every view of the mask would have to mark them. */
const MAX_PINS = 64;

export class DegreesElement implements Mounted<DegreesView> {
  readonly #figure: Figure;
  readonly #redraw: Redraw;
  readonly #more: TableAndFiles;
  #endSelection: (() => void) | undefined;
  #view: DegreesView;
  #scene: DegreesScene | undefined;
  #rects: readonly SVGElement[] = [];
  #ring: SVGElement | undefined;
  #at: number | undefined;
  #pinned: number | undefined;
  #withExpected = true;

  constructor(container: HTMLElement, view: DegreesView) {
    this.#view = view;
    this.#figure = makeFigure('degrees');
    const { root, stage, readout } = this.#figure;
    this.#more = new TableAndFiles(root, () => this.#exports());
    const expected = checkbox('expected at random', (on) => {
      this.#withExpected = on;
      this.#draw();
    });
    expected.set(true);
    root.insertBefore(toolRow(expected.element, ...this.#more.controls), stage);
    readout.after(this.#more.place);
    container.replaceChildren(root);
    root.addEventListener('keydown', (event) => this.#press(event));
    this.#redraw = new Redraw(root, () => this.#draw());
    this.#follow();
    this.#redraw.fit();
  }

  update(view: DegreesView): void {
    const isOther = view.layer !== this.#view.layer;
    this.#view = view;
    this.#pinned = undefined;
    if (isOther) this.#follow();
    this.#draw();
  }

  dispose(): void {
    this.#endSelection?.();
    this.#redraw.dispose();
    this.#figure.root.remove();
  }

  #follow(): void {
    this.#endSelection?.();
    const { layer } = this.#view;
    this.#endSelection = layer === undefined ? undefined : onSelection(layer, (_, from) => void (from !== this && this.#mark()));
  }

  #draw(): void {
    const { width } = this.#redraw;
    if (width === 0) return;
    const theme = currentTheme();
    const view = this.#view;
    const scene = degreesScene(view, theme.palette, Math.min(MAX_WIDTH, width - 18), measureText, this.#withExpected);
    this.#scene = scene;
    if (this.#at !== undefined && this.#at >= scene.bars.length) this.#at = undefined;
    this.#paint(scene, theme);
    const { root, title, subtitle, legend, note } = this.#figure;
    title.textContent = view.title ?? 'Degrees';
    subtitle.textContent = degreesSentence({ ...view, title: '' }).replace(/^Degrees: /, '');
    root.setAttribute('aria-label', degreesSentence(view));
    const { bar, warning } = barColours(theme.palette);
    legend.replaceChildren(
      sampleItem('units', svg('rect', { x: 7, y: 1, width: 14, height: 14, fill: bar })),
      ...(zeroSentences(view).length > 0 ? [sampleItem('units without a connection', svg('g', {}, svg('rect', { x: 7, y: 1, width: 14, height: 14, fill: warning }), svg('path', { d: slants(7, 1, 14, 14), stroke: hex(theme.palette.background), 'stroke-width': 1.3 })))] : []),
      ...(scene.curves.length > 0 ? [sampleItem('expected if wired at random (binomial)', lineSample({ colour: scene.curveColour, width: 1.6, dash: '5 3' }))] : []),
    );
    note.textContent = 'A bar that is clicked, or chosen with Enter, pins its units in the views of the same connections.';
    dressFigure(this.#figure, theme);
    this.#more.refresh();
    this.#mark();
    root.dataset.drawn = 'true';
  }

  #paint(scene: DegreesScene, { palette, font, focus }: Theme): void {
    const root = svg('svg', { width: scene.width, height: scene.height, viewBox: `0 0 ${scene.width} ${scene.height}`, 'aria-hidden': 'true', 'font-family': font });
    root.style.setProperty('display', 'block');
    root.append(svg('path', { d: scene.grid, stroke: gridColour(palette), fill: 'none' }));
    this.#rects = scene.bars.map((bar, at) => {
      const rect = svg('rect', { x: bar.x, y: bar.y, width: bar.width, height: bar.height, fill: bar.fill });
      root.append(rect);
      if (bar.isWarning && bar.height > 3) root.append(svg('path', { d: slants(bar.x, bar.y, bar.width, bar.height), stroke: hex(palette.background), 'stroke-width': 1.3, 'pointer-events': 'none' }));
      // The whole column of a bar, so that low bars can be met.
      const target = svg('rect', { x: bar.x, y: bar.y - (170 - bar.height), width: bar.width, height: 170, fill: 'transparent' });
      target.addEventListener('pointerenter', () => this.#point(at));
      target.addEventListener('pointerleave', () => this.#point(undefined));
      target.addEventListener('click', () => this.#pin(at));
      root.append(target);
      return rect;
    });
    this.#ring = svg('rect', { fill: 'none', stroke: focus, 'stroke-width': 2, visibility: 'hidden', 'pointer-events': 'none' });
    root.append(
      svg('path', { d: scene.axes, stroke: hex(palette.border), fill: 'none' }),
      ...scene.curves.map((d) => svg('path', { d, stroke: hex(palette.background), 'stroke-width': 4, fill: 'none', 'pointer-events': 'none' })),
      ...scene.curves.map((d) => svg('path', { d, stroke: scene.curveColour, 'stroke-width': 1.6, 'stroke-dasharray': '5 3', fill: 'none', 'pointer-events': 'none' })),
      ...scene.labels.map(svgLabel),
      this.#ring,
    );
    this.#figure.stage.replaceChildren(root);
  }

  #point(at: number | undefined): void {
    this.#at = at;
    const { layer } = this.#view;
    if (layer !== undefined) {
      const units = at === undefined ? [] : this.#selections(at);
      hover(layer, units.length === 1 ? units[0] : undefined, this);
    }
    this.#mark();
  }

  /** The lines of a bar's units in the matrix of the same connections. */
  #selections(at: number): Omit<Selection, 'layer'>[] {
    const bar = this.#scene?.bars[at];
    const units = bar ? (unitsOfBin(this.#sideOf(bar.kind), bar.bin) ?? []) : [];
    return units.slice(0, MAX_PINS).map((unit) => (bar?.kind === 'in' ? { column: unit } : { row: unit }));
  }

  #pin(at: number): void {
    const { layer } = this.#view;
    const isPinned = this.#pinned === at;
    this.#pinned = isPinned ? undefined : at;
    if (layer !== undefined) {
      clearPins(layer, this);
      if (!isPinned) for (const selection of this.#selections(at)) togglePin(layer, selection, true, this);
    }
    this.#mark();
  }

  #sideOf(kind: SideKind): DegreesView['inSide'] {
    return kind === 'in' ? this.#view.inSide : this.#view.outSide;
  }

  /** Bars with a unit that is picked anywhere are full, the rest is dim. */
  #mark(): void {
    const { bars = [] } = this.#scene ?? {};
    const picked = this.#pickedDegrees();
    bars.forEach((bar, at) => {
      const isLit = at === this.#at || at === this.#pinned || (this.#pinned === undefined && (!picked || picked.some(({ kind, degree }) => kind === bar.kind && degree >= bar.bin.first && degree <= bar.bin.last)));
      this.#rects[at]?.setAttribute('opacity', isLit ? '1' : '0.35');
    });
    const marked = bars[this.#at ?? this.#pinned ?? -1];
    this.#ring?.setAttribute('visibility', marked ? 'visible' : 'hidden');
    if (marked) for (const [name, value] of [['x', marked.x - 2], ['y', marked.y - 2], ['width', marked.width + 4], ['height', marked.height + 4]] as const) this.#ring?.setAttribute(name, String(value));
    this.#figure.readout.textContent = marked ? `${this.#at === undefined ? 'pinned: ' : ''}${barText(this.#sideOf(marked.kind), marked.kind, marked.bin, marked.expected)}` : '';
  }

  /** Undefined when nothing is picked in other views. */
  #pickedDegrees(): { readonly kind: SideKind; readonly degree: number }[] | undefined {
    const { layer, inSide, outSide } = this.#view;
    if (layer === undefined || this.#at !== undefined) return undefined;
    const { hover: over, pins } = selectionOf(layer);
    const picked = over ? [over] : pins;
    if (picked.length === 0) return undefined;
    return picked.flatMap(({ row, column }) => [
      ...(column !== undefined && inSide.byUnit ? [{ kind: 'in' as const, degree: inSide.byUnit[column] ?? 0 }] : []),
      ...(row !== undefined && outSide.byUnit ? [{ kind: 'out' as const, degree: outSide.byUnit[row] ?? 0 }] : []),
    ]);
  }

  #press(event: KeyboardEvent): void {
    if (event.target !== this.#figure.root || event.ctrlKey || event.metaKey || event.altKey) return;
    const bars = this.#scene?.bars ?? [];
    const next = moveBar(event.key, this.#at, bars);
    const isChosen = (event.key === 'Enter' || event.key === ' ') && this.#at !== undefined;
    const isLetGo = event.key === 'Escape' && this.#at === undefined && this.#pinned !== undefined;
    if (next === 'not ours' && !isChosen && !isLetGo) return;
    // Otherwise the notebook would select another cell.
    event.stopPropagation();
    event.preventDefault();
    if (isChosen && this.#at !== undefined) this.#pin(this.#at);
    else if (isLetGo && this.#pinned !== undefined) this.#pin(this.#pinned);
    else if (next !== 'not ours') this.#point(next);
  }

  #exports(): Exports {
    const view = this.#view;
    const density = view.nnz / Math.max(1, view.inputs * view.outputs);
    const lines = (['in', 'out'] as const).flatMap((kind) => {
      const side = this.#sideOf(kind);
      const bins: readonly Bin[] = binDegrees(side);
      const expected = expectedUnits(side, density, bins);
      return bins.map((bin, at) => [kind === 'in' ? 'inputs per output' : 'outputs per input', binText(bin), String(bin.units), (expected[at] ?? 0).toFixed(2)]);
    });
    return {
      title: view.title ?? 'degrees',
      picture: () => degreesPicture(view),
      table: () => ({ caption: 'Degrees', head: ['of', 'degree', 'units', 'expected at random'], rows: lines, total: lines.length }),
      csv: () => [['of', 'degree', 'units', 'expected at random'], ...lines],
    };
  }
}

/** The bar that a key moves to; up and down change between the two histograms. */
export function moveBar(key: string, from: number | undefined, bars: readonly Pick<Bar, 'kind'>[]): number | undefined | 'not ours' {
  if (bars.length === 0) return 'not ours';
  if (key === 'Escape') return from === undefined ? 'not ours' : undefined;
  const first = bars.findIndex(({ kind }) => kind === 'out');
  const at = from ?? (key === 'ArrowLeft' ? bars.length : -1);
  const isIn = from === undefined || bars[from]?.kind === 'in';
  const moves: Readonly<Record<string, number>> = {
    ArrowLeft: at - 1,
    ArrowRight: at + 1,
    Home: 0,
    End: bars.length - 1,
    ArrowDown: first < 0 ? at : isIn ? Math.min(bars.length - 1, first + Math.max(0, at)) : at,
    ArrowUp: isIn || first < 0 ? Math.max(0, at) : Math.min(first - 1, at - first),
  };
  const to = moves[key];
  return to === undefined ? 'not ours' : Math.min(bars.length - 1, Math.max(0, to));
}

/** Lines from lower left to upper right inside a box. */
function slants(x: number, y: number, width: number, height: number): string {
  const parts: string[] = [];
  for (let at = 4; at < width + height; at += 4) {
    const [x1, y1] = at <= height ? [x, y + at] : [x + at - height, y + height];
    const [x2, y2] = at <= width ? [x + at, y] : [x + width, y + at - width];
    parts.push(`M${x1.toFixed(1)} ${y1.toFixed(1)}L${x2.toFixed(1)} ${y2.toFixed(1)}`);
  }
  return parts.join('');
}
