/** A net in the page: SVG, readout, legend; pointer, keyboard, and one selection with the other views. */
import { hex } from '../../../kernel/model/views/colour.js';
import type { CsvRow } from '../../../kernel/model/views/csv.js';
import { plural } from '../../../kernel/model/views/format.js';
import { networkPicture } from '../../../kernel/model/views/svg/network-picture.js';
import { measureText } from '../../../kernel/model/views/svg/text.js';
import { allEdges, type NetworkEdge } from '../../../kernel/model/views/network/edges.js';
import { egoCaption, networkLegend } from '../../../kernel/model/views/network/legend.js';
import { chosenPins, edgeCount, unitLabel, type NetworkView, type UnitPlace } from '../../../kernel/model/views/network/network-view.js';
import { countPaths, type PathCounts } from '../../../kernel/model/views/network/paths.js';
import { networkScene, type NetworkScene, type SceneNode } from '../../../kernel/model/views/network/scene.js';
import { edgeText, leftOut, networkSentence, unitText } from '../../../kernel/model/views/network/sentence.js';
import { setStyles } from '../dom.js';
import { dressFigure, makeFigure, type Figure } from '../figure.js';
import type { Mounted } from '../mount.js';
import { clearPins, hover, onSelection, togglePin, type LayerSelection } from '../selection.js';
import { currentTheme, type Theme } from '../theme.js';
import { betweenText, litEdges, type Pointed } from './lit-edges.js';
import { moveUnit } from './move-unit.js';
import { checkbox, choice, toolRow } from '../widgets/controls.js';
import { Redraw } from './redraw.js';
import { lineSample, sampleItem } from './samples.js';
import { svg, svgLabel } from './svg-dom.js';
import { TableAndFiles, type Exports } from './table-and-files.js';

const MAX_WIDTH = 900;
/** Of what is not lit. */
const DIM_EDGE = '0.08';
const DIM_UNIT = '0.4';
/** The counts of a larger net nobody reads, and they would have to be made again at every update. */
const MAX_COUNTED_EDGES = 20_000;

interface Drawn {
  readonly scene: NetworkScene;
  readonly edges: ReadonlyMap<string, SVGElement>;
  readonly nodes: ReadonlyMap<string, SVGElement>;
  readonly ring: SVGElement;
}

/** What a unit or a connection is in the selection that views share. */
interface Linked {
  readonly layer: string;
  readonly selection: { readonly row?: number; readonly column?: number };
}

const nameOf = ({ group, unit }: UnitPlace): string => `${group}/${unit}`;
const edgeName = ({ link, at }: NetworkEdge): string => `${link}:${at}`;

export class NetworkElement implements Mounted<NetworkView> {
  readonly #figure: Figure;
  readonly #redraw: Redraw;
  readonly #more: TableAndFiles;
  readonly #unit: ReturnType<typeof choice>;
  readonly #elsewhere = new Map<string, LayerSelection>();
  #endSelection: (() => void)[] = [];
  #layers = '';
  #view: NetworkView;
  #paths: PathCounts | undefined;
  #drawn: Drawn | undefined;
  #pointed: Pointed | undefined;
  #pins: readonly UnitPlace[] = [];
  #ghosts = false;

  constructor(container: HTMLElement, view: NetworkView) {
    this.#view = view;
    this.#figure = makeFigure('network');
    const { root, stage, readout } = this.#figure;
    setStyles(stage, { 'overflow-x': 'auto' });
    this.#more = new TableAndFiles(root, () => this.#exports());
    this.#unit = choice('unit', (name) => this.#pin(placeOf(name), false));
    root.insertBefore(toolRow(this.#unit.element, checkbox('missing connections', (on) => this.#showGhosts(on)).element, ...this.#more.controls), stage);
    readout.after(this.#more.place);
    container.replaceChildren(root);
    root.addEventListener('keydown', (event) => this.#press(event));
    this.#redraw = new Redraw(root, () => this.#draw());
    this.#take(view);
    this.#redraw.fit();
  }

  update(view: NetworkView): void {
    this.#take(view);
    this.#draw();
  }

  dispose(): void {
    for (const end of this.#endSelection) end();
    this.#redraw.dispose();
    this.#figure.root.remove();
  }

  #take(view: NetworkView): void {
    this.#view = view;
    this.#paths = view.egos || edgeCount(view) > MAX_COUNTED_EDGES ? undefined : countPaths(view);
    this.#pins = this.#pins.filter(({ group, unit }) => unit < (view.groups[group]?.units ?? 0));
    const layers = [...new Set(view.links.flatMap(({ layer }) => (layer === undefined ? [] : [layer])))];
    if (layers.join('\n') === this.#layers) return;
    this.#layers = layers.join('\n');
    for (const end of this.#endSelection) end();
    this.#elsewhere.clear();
    this.#endSelection = layers.map((layer) =>
      onSelection(layer, (selection, from) => {
        if (from === this) return;
        this.#elsewhere.set(layer, selection);
        this.#light();
      }),
    );
  }

  #draw(): void {
    const { width } = this.#redraw;
    if (width === 0) return;
    const theme = currentTheme();
    const view = this.#view;
    const centre = this.#pins.length > 0 ? this.#pins : chosenPins(view);
    const scene = networkScene(view, theme.palette, Math.min(MAX_WIDTH, width - 18), measureText, centre);
    this.#drawn = this.#paint(scene, theme);
    const { root, title, subtitle, legend, note } = this.#figure;
    title.textContent = view.title ?? 'Network';
    subtitle.textContent = plural(edgeCount(view), 'connection');
    root.setAttribute('aria-label', networkSentence(view));
    legend.replaceChildren(...networkLegend(view, scene, theme.palette).map((item) => sampleItem(item.label, item.kind === 'line' ? lineSample(item.style) : svg('circle', { cx: 14, cy: 8, r: 6, fill: 'none', stroke: item.stroke, 'stroke-width': 2, 'stroke-dasharray': '3 2' }))));
    note.textContent = [egoCaption(scene), ...leftOut(view)].filter((part) => part !== undefined).join(' ');
    this.#unit.show([['', scene.isEgo ? 'first output' : 'none'], ...this.#choosable().map((place) => [nameOf(place), unitLabel(view, place)] as const)], this.#pins[0] ? nameOf(this.#pins[0]) : '');
    dressFigure(this.#figure, theme);
    this.#more.refresh();
    this.#light();
    root.dataset.drawn = 'true';
  }

  /** The units that the view knows the connections of, so many that a list can be scrolled. */
  #choosable(): readonly UnitPlace[] {
    const { egos, groups } = this.#view;
    if (egos) return egos;
    return groups.flatMap(({ units }, group) => Array.from({ length: Math.min(units, 400) }, (_, unit) => ({ group, unit }))).slice(0, 2000);
  }

  #paint(scene: NetworkScene, theme: Theme): Drawn {
    const edges = new Map<string, SVGElement>();
    const nodes = new Map<string, SVGElement>();
    const root = svg('svg', { width: scene.width, height: scene.height, viewBox: `0 0 ${scene.width} ${scene.height}`, 'aria-hidden': 'true', 'font-family': theme.font });
    root.style.setProperty('display', 'block');
    if (this.#ghosts) root.append(svg('path', { d: scene.ghosts.join(''), fill: 'none', stroke: hex(theme.palette.hatch), 'stroke-width': 1, 'stroke-dasharray': '1.5 4', 'pointer-events': 'none' }));
    for (const { edge, path, colour, width, dash } of scene.edges) {
      const line = svg('path', { d: path, fill: 'none', stroke: colour, 'stroke-width': width, 'stroke-dasharray': dash, 'pointer-events': 'none' });
      // Thin lines are hard to meet.
      const target = svg('path', { d: path, fill: 'none', stroke: 'transparent', 'stroke-width': Math.max(10, width), 'pointer-events': 'stroke' });
      target.addEventListener('pointerenter', () => this.#point({ edge }));
      target.addEventListener('pointerleave', () => this.#point(undefined));
      edges.set(edgeName(edge), line);
      root.append(line, target);
    }
    for (const node of scene.nodes) {
      const circle = svg('circle', { cx: node.x, cy: node.y, r: node.radius, fill: node.fill, stroke: node.stroke, 'stroke-width': node.isCutOff ? 2 : 1.4, 'stroke-dasharray': node.isCutOff ? '3 2' : undefined, 'data-unit': nameOf(node) });
      const target = svg('circle', { cx: node.x, cy: node.y, r: Math.max(12, node.radius), fill: 'transparent' });
      target.style.setProperty('cursor', 'pointer');
      target.addEventListener('pointerenter', () => this.#point({ unit: node }));
      target.addEventListener('pointerleave', () => this.#point(undefined));
      target.addEventListener('click', (event) => this.#pin(node, event.shiftKey));
      nodes.set(nameOf(node), circle);
      root.append(circle, target);
    }
    const ring = svg('circle', { fill: 'none', stroke: theme.focus, 'stroke-width': 2.5, visibility: 'hidden', 'pointer-events': 'none' });
    root.append(...scene.labels.map(svgLabel), ring);
    this.#figure.stage.replaceChildren(root);
    return { scene, edges, nodes, ring };
  }

  #showGhosts(on: boolean): void {
    this.#ghosts = on;
    this.#draw();
  }

  #point(pointed: Pointed | undefined): void {
    const before = this.#pointed;
    this.#pointed = pointed;
    this.#tell(before, undefined);
    this.#tell(pointed, pointed);
    this.#light();
  }

  /** The other views of the same connections follow. */
  #tell(of: Pointed | undefined, now: Pointed | undefined): void {
    for (const { layer, selection } of this.#selections(of)) hover(layer, now && selection, this);
  }

  #selections(pointed: Pointed | undefined): Linked[] {
    const { links } = this.#view;
    if (pointed?.edge) {
      const { layer, rowOffset = 0 } = links[pointed.edge.link] ?? {};
      return layer === undefined ? [] : [{ layer, selection: { row: pointed.edge.from.unit + rowOffset, column: pointed.edge.to.unit } }];
    }
    const place = pointed?.unit;
    if (!place) return [];
    return links.flatMap(({ layer, from, to, rowOffset }): Linked[] => {
      if (layer === undefined) return [];
      if (from === place.group) return [{ layer, selection: { row: place.unit + rowOffset } }];
      return to === place.group ? [{ layer, selection: { column: place.unit } }] : [];
    });
  }

  #pin(place: UnitPlace | undefined, add: boolean): void {
    for (const pin of add ? [] : this.#pins) for (const { layer } of this.#selections({ unit: pin })) clearPins(layer, this);
    const isPinned = this.#pins.some((pin) => place && nameOf(pin) === nameOf(place));
    const others = add ? this.#pins.filter((pin) => place && nameOf(pin) !== nameOf(place)) : [];
    this.#pins = place && !isPinned ? [...others, { group: place.group, unit: place.unit }] : others;
    if (place && !isPinned) for (const { layer, selection } of this.#selections({ unit: place })) togglePin(layer, selection, true, this);
    this.#draw();
  }

  #press(event: KeyboardEvent): void {
    if (!this.#drawn || event.target !== this.#figure.root || event.ctrlKey || event.metaKey || event.altKey) return;
    const at = this.#pointed?.unit;
    const from = at && this.#drawn.scene.nodes.find((node) => nameOf(node) === nameOf(at));
    const keep = (): void => {
      // Otherwise the notebook would select another cell.
      event.stopPropagation();
      event.preventDefault();
    };
    if (event.key === 'Enter' || event.key === ' ') {
      if (!at) return;
      keep();
      return this.#pin(at, event.shiftKey);
    }
    if (event.key === 'Escape' && !from && this.#pins.length > 0) {
      keep();
      return this.#pin(undefined, false);
    }
    const next = moveUnit(event.key, from, this.#drawn.scene.nodes);
    if (next === 'not ours') return;
    keep();
    this.#point(next && { unit: next });
  }

  #light(): void {
    if (!this.#drawn) return;
    const { scene, edges, nodes, ring } = this.#drawn;
    const lit = litEdges(this.#view, this.#pointed, scene.isEgo ? [] : this.#pins, this.#elsewhere);
    const near = new Set<string>();
    for (const { edge } of scene.edges) {
      const isLit = !lit || lit(edge);
      edges.get(edgeName(edge))?.setAttribute('opacity', isLit ? '1' : DIM_EDGE);
      if (isLit) for (const place of [edge.from, edge.to]) near.add(nameOf(place));
    }
    if (this.#pointed?.unit) near.add(nameOf(this.#pointed.unit));
    for (const pin of this.#pins) near.add(nameOf(pin));
    for (const [name, circle] of nodes) circle.setAttribute('opacity', !lit || near.has(name) ? '1' : DIM_UNIT);
    this.#ring(ring, scene.nodes);
    this.#figure.readout.textContent = this.#text();
  }

  #ring(ring: SVGElement, nodes: readonly SceneNode[]): void {
    const place = this.#pointed?.unit ?? (this.#drawn?.scene.isEgo ? undefined : this.#pins[0]);
    const node = place && nodes.find((each) => nameOf(each) === nameOf(place));
    ring.setAttribute('visibility', node ? 'visible' : 'hidden');
    if (node) for (const [name, value] of [['cx', node.x], ['cy', node.y], ['r', node.radius + 4]] as const) ring.setAttribute(name, String(value));
  }

  #text(): string {
    const { edge, unit } = this.#pointed ?? {};
    if (edge) return edgeText(this.#view, edge, this.#paths);
    if (unit) return unitText(this.#view, unit, this.#paths);
    return [...this.#pins.map((pin) => `pinned: ${unitText(this.#view, pin, this.#paths)}`), betweenText(this.#view, this.#pins, this.#paths)].filter((part) => part !== undefined).join('; ');
  }

  #exports(): Exports {
    const view = this.#view;
    const edges = allEdges(view);
    const line = ({ from, to, weight }: NetworkEdge): [string, string, string] => [unitLabel(view, from), unitLabel(view, to), weight === undefined ? '' : String(weight)];
    return {
      title: view.title ?? 'network',
      picture: () => networkPicture({ ...view, pins: this.#pins.length > 0 ? this.#pins : view.pins }),
      table: () => ({ caption: 'Connections', head: ['from', 'to', 'weight'], rows: edges.slice(0, 200).map(line), total: edges.length }),
      csv: () => [['from', 'to', 'weight'], ...edges.map(({ from, to, weight }): CsvRow => [unitLabel(view, from), unitLabel(view, to), weight ?? ''])],
    };
  }
}

function placeOf(name: string): UnitPlace | undefined {
  const [group, unit] = name.split('/').map(Number);
  return group !== undefined && unit !== undefined && name !== '' ? { group, unit } : undefined;
}
