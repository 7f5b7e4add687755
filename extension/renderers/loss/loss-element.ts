/** Loss curves in the page. A running training is followed in place; the last state replaces what was heard of it. */
import { hex } from '../../../kernel/model/views/colour.js';
import { lossSentence } from '../../../kernel/model/views/loss-sentence.js';
import { lossSeries, type Series } from '../../../kernel/model/views/loss-series.js';
import { MAX_DRAWN, type LossView } from '../../../kernel/model/views/loss-view.js';
import { lossCsv } from '../../../kernel/model/views/loss/export.js';
import { PLAIN_LOOK, type Look } from '../../../kernel/model/views/loss/look.js';
import { milestone } from '../../../kernel/model/views/loss/milestones.js';
import { oddPoints, oddText } from '../../../kernel/model/views/loss/odd-points.js';
import { epochRange, type Range } from '../../../kernel/model/views/loss/ranges.js';
import { lossPicture } from '../../../kernel/model/views/svg/loss-picture.js';
import { make, setStyles } from '../dom.js';
import { dressFigure, makeFigure, type Figure } from '../figure.js';
import type { Channels } from '../kernel-channel.js';
import type { Mounted } from '../mount.js';
import { currentTheme, onThemeChange } from '../theme.js';
import { hidden } from '../widgets/controls.js';
import { saveAs, type FileKind } from '../widgets/save-file.js';
import type { Marks } from './chart-marks.js';
import { makeControls, type Controls } from './controls.js';
import { lossLegend } from './legend.js';
import { LiveConnection } from './live-connection.js';
import { LossChart } from './loss-chart.js';
import { movePoint, pointText, type Cursor } from './point-cursor.js';
import { ProgressRow } from './progress-row.js';
import { Scrubber } from './scrubber.js';
import { selectEpochs } from './select-epochs.js';
import { lossTable } from './table.js';
import { panBy, zoomBy, zoomTo } from './zoom.js';

const HEIGHT = 300;
const MAX_WIDTH = 760;
const HELP = 'Left and right read the points of a line, up and down change the line, plus and minus zoom, 0 shows all, Shift with left and right pans, Escape leaves.';
/** Each view's own look outlives its element: an output that VS Code draws again looks as before. */
const looks = new Map<string, Look>();

export class LossElement implements Mounted<LossView> {
  readonly #figure: Figure;
  readonly #chart: LossChart;
  readonly #controls: Controls;
  readonly #progress = new ProgressRow(() => this.#live?.stop());
  readonly #scrubber = new Scrubber((epoch) => {
    this.#weightsAt = epoch;
    this.#chart.ask(() => this.#drawing());
  });
  readonly #announcer = hidden(make('div'));
  readonly #endTheme: () => void;
  readonly #channels: Channels | undefined;
  #saved: LossView;
  #live: LiveConnection | undefined;
  #liveId: string | undefined;
  #view: LossView;
  /** Reading it makes the browser work out styles: not ten times a second. */
  #theme = currentTheme();
  #series: readonly Series[] = [];
  #look: Look;
  #cursor: Cursor | undefined;
  #weightsAt: number | undefined;
  #table: HTMLElement | undefined;

  constructor(container: HTMLElement, view: LossView, channels?: Channels) {
    this.#saved = this.#view = view;
    this.#channels = channels;
    this.#look = looks.get(view.live ?? '') ?? PLAIN_LOOK;
    this.#figure = makeFigure('loss');
    const { root, stage, readout } = this.#figure;
    setStyles(stage, { height: `${HEIGHT}px`, 'max-width': `${MAX_WIDTH}px` });
    this.#announcer.setAttribute('role', 'status');
    this.#controls = makeControls({ look: (change) => this.#setLook(change), zoom: (to) => this.#zoom(to), table: () => this.#toggleTable(), save: (as) => void this.#save(as) });
    this.#chart = new LossChart(stage, () => (root.dataset.drawn = 'true'));
    stage.before(this.#progress.element, this.#controls.element);
    readout.after(this.#scrubber.element);
    const help = hidden(make('div', {}, HELP));
    help.id = `patchbay-help-${++helps}`;
    root.setAttribute('aria-describedby', help.id);
    root.append(this.#announcer, help);
    container.replaceChildren(root);
    selectEpochs(stage, this.#chart, {
      to: (from, until) => this.#setLook({ epochs: zoomTo(this.#seen, from, until, this.#axis) }),
      by: (factor, about) => this.#setLook({ epochs: zoomBy(this.#seen, factor, about, this.#axis) }),
      all: () => this.#setLook({ epochs: undefined }),
    });
    root.addEventListener('keydown', (event) => this.#press(event));
    this.#endTheme = onThemeChange(() => {
      this.#theme = currentTheme();
      this.#refresh();
    });
    this.#connect();
    this.#refresh();
  }

  update(view: LossView): void {
    this.#saved = view;
    this.#connect();
    this.#refresh();
  }

  dispose(): void {
    this.#live?.dispose();
    this.#scrubber.dispose();
    this.#endTheme();
    this.#chart.dispose();
    this.#figure.root.remove();
  }

  #connect(): void {
    const { live } = this.#saved;
    if (live === this.#liveId) return;
    this.#live?.dispose();
    this.#liveId = live;
    this.#live = live !== undefined && this.#channels ? new LiveConnection(this.#channels, live, () => this.#refresh()) : undefined;
  }

  /** What is said of the curves is always up to date; what is seen of them, when somebody can see it. */
  #refresh(): void {
    const before = this.#view;
    const view = this.#live?.complete(this.#saved) ?? this.#saved;
    this.#view = view;
    const { root, title, subtitle } = this.#figure;
    const sentence = lossSentence(view);
    title.textContent = view.title ?? 'Loss';
    subtitle.textContent = view.title ? lossSentence({ version: view.version, view: view.view, runs: view.runs }) : sentence;
    root.setAttribute('aria-label', sentence);
    const [run] = view.runs;
    this.#progress.show(run, this.#live?.state ?? 'none');
    this.#scrubber.show(run?.weights, run?.best?.epoch, run?.running === true);
    if (run && before !== view) this.#announce(before, view);
    this.#chart.ask(() => this.#drawing());
  }

  #drawing(): Marks {
    const view = this.#view;
    const theme = this.#theme;
    this.#series = lossSeries(view, theme.palette, this.#look.smoothing);
    const { legend, note } = this.#figure;
    const legendKey = [...this.#series.map(({ label, colour }) => `${label} ${hex(colour)}`), theme.palette.kind, view.runs.some(({ best }) => best), view.runs[0]?.patience].join();
    if (legend.dataset.key !== legendKey) legend.replaceChildren(...lossLegend(view, this.#series, theme.palette));
    legend.dataset.key = legendKey;
    note.textContent = this.#notes().join(' ');
    dressFigure(this.#figure, theme);
    this.#controls.show(this.#look, this.#table !== undefined);
    this.#showTable();
    const lines = this.#lines;
    const { readout } = this.#figure;
    const text = this.#cursor && lines.length > 0 ? pointText(lines, this.#cursor) : '';
    if (readout.textContent !== text) readout.textContent = text;
    return { view, series: this.#series, look: this.#look, theme, cursor: this.#cursorPoint(), weightsAt: this.#weightsAt };
  }

  get #lines(): readonly Series[] {
    return this.#series.filter(({ raw }) => !raw);
  }

  get #seen(): Range {
    return this.#look.epochs ?? epochRange(this.#view, this.#look.logX);
  }

  get #axis(): { readonly all: Range; readonly log: boolean } {
    return { all: epochRange(this.#view, this.#look.logX), log: this.#look.logX };
  }

  #cursorPoint(): { epoch: number; value: number } | undefined {
    const line = this.#cursor && this.#lines[this.#cursor.line];
    const at = line?.curve.x.indexOf(this.#cursor?.epoch ?? NaN) ?? -1;
    return line && at >= 0 ? { epoch: line.curve.x[at] ?? 0, value: line.curve.y[at] ?? 0 } : undefined;
  }

  #notes(): string[] {
    const { logY } = this.#look;
    const odd = oddText(this.#lines.filter(({ kind }) => kind !== 'steps').flatMap(({ curve }) => oddPoints(curve, logY)), logY);
    const { runs } = this.#view;
    return [...(odd ? [odd] : []), ...(runs.length > MAX_DRAWN ? [`The first ${MAX_DRAWN} of ${runs.length} runs are drawn; the table and CSV have all.`] : [])];
  }

  #announce({ runs: [before] }: LossView, view: LossView): void {
    const [after] = view.runs;
    const said = after && milestone(before, after, view);
    if (said !== undefined) this.#announcer.textContent = said;
  }

  #setLook(change: { readonly [Key in keyof Look]?: Look[Key] | undefined }): void {
    const { epochs, ...look } = { ...this.#look, ...change };
    // Another kind of axis shows all of it.
    const isKept = epochs !== undefined && (change.logX === undefined || change.logX === this.#look.logX);
    // SAFETY: only `epochs` may be undefined in a change, and it is left out then.
    this.#look = { ...(look as Look), ...(isKept && { epochs }) };
    if (this.#saved.live !== undefined) looks.set(this.#saved.live, this.#look);
    this.#refresh();
  }

  /** Reading on, the reader sees where: what is seen moves along. */
  #followCursor(): void {
    const { epochs } = this.#look;
    if (!epochs || !this.#cursor || (this.#cursor.epoch >= epochs.min && this.#cursor.epoch <= epochs.max)) return;
    const place = this.#zoomPlaceOf(this.#cursor.epoch);
    this.#setLook({ epochs: panBy(epochs, place - 0.5, this.#axis) });
  }

  #zoom(to: 'in' | 'out' | 'all'): void {
    this.#setLook({ epochs: to === 'all' ? undefined : zoomBy(this.#seen, to === 'in' ? 0.5 : 2, this.#zoomPlace(), this.#axis) });
  }

  /** About the cursor, where it is seen; else about the middle. */
  #zoomPlace(): number {
    const at = this.#cursor ? this.#zoomPlaceOf(this.#cursor.epoch) : 0.5;
    return at >= 0 && at <= 1 ? at : 0.5;
  }

  /** 0 at the left of what is seen, 1 at the right. */
  #zoomPlaceOf(epoch: number): number {
    const { min, max } = this.#seen;
    const scale = (x: number): number => (this.#look.logX ? Math.log(x) : x);
    return (scale(epoch) - scale(min)) / (scale(max) - scale(min));
  }

  #toggleTable(): void {
    this.#table?.remove();
    this.#table = this.#table ? undefined : make('div');
    if (this.#table) this.#figure.note.before(this.#table);
    this.#refresh();
  }

  /** A table that somebody reads does not change under them ten times a second: only with whole epochs. */
  #showTable(): void {
    const table = this.#table;
    const epochs = this.#view.runs.map((run) => run.epochs).join();
    if (!table || (table.dataset.epochs === epochs && table.hasChildNodes())) return;
    const { scrollTop = 0 } = table.firstElementChild ?? {};
    table.dataset.epochs = epochs;
    table.replaceChildren(lossTable(this.#view));
    if (table.firstElementChild) table.firstElementChild.scrollTop = scrollTop;
  }

  async #save(kind: FileKind): Promise<void> {
    const view = this.#view;
    try {
      await saveAs(this.#figure.root, kind, { title: view.title ?? 'loss', picture: () => lossPicture(view), csv: () => lossCsv(view) });
    } catch (error) {
      this.#figure.note.textContent = `The ${kind} could not be made: ${error instanceof Error ? error.message : String(error)}. The SVG holds the same picture.`;
    }
  }

  #press(event: KeyboardEvent): void {
    if (event.target !== this.#figure.root || event.ctrlKey || event.metaKey || event.altKey) return;
    if (!this.#move(event)) return;
    // Otherwise the notebook would select another cell.
    event.stopPropagation();
    event.preventDefault();
  }

  #move({ key, shiftKey }: KeyboardEvent): boolean {
    if (key === '+' || key === '=') this.#zoom('in');
    else if (key === '-') this.#zoom('out');
    else if (key === '0') this.#zoom('all');
    else if (shiftKey && (key === 'ArrowLeft' || key === 'ArrowRight')) {
      if (this.#look.epochs) this.#setLook({ epochs: panBy(this.#seen, key === 'ArrowLeft' ? -0.25 : 0.25, this.#axis) });
    } else {
      const next = movePoint(key, this.#cursor, this.#lines);
      if (next === 'not ours') return false;
      this.#cursor = next;
      this.#followCursor();
      this.#chart.ask(() => this.#drawing());
    }
    return true;
  }
}

let helps = 0;
