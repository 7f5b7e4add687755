/** Loss curves in the page. A new state of a running training updates the chart in place. */
import { Chart, LinearScale, LineController, LineElement, PointElement, Tooltip } from 'chart.js';
import { lossSentence } from '../../kernel/model/views/loss-sentence.js';
import type { LossView } from '../../kernel/model/views/loss-view.js';
import { make, setStyles } from './dom.js';
import { epochsOf, epochText, moveEpoch } from './epoch-cursor.js';
import { dressFigure, makeFigure, type Figure } from './figure.js';
import { lossDatasets, lossOptions, type Point } from './loss-config.js';
import { lossLegend } from './loss-legend.js';
import type { Mounted } from './mount.js';
import { currentTheme, onThemeChange } from './theme.js';

Chart.register(LinearScale, LineController, LineElement, PointElement, Tooltip);

const HEIGHT = 300;
const MAX_WIDTH = 760;

export class LossElement implements Mounted<LossView> {
  readonly #figure: Figure;
  readonly #chart: Chart<'line', Point[]>;
  readonly #endTheme: () => void;
  #view: LossView;
  #at: number | undefined;

  constructor(container: HTMLElement, view: LossView) {
    this.#view = view;
    this.#figure = makeFigure('loss');
    const { root, stage } = this.#figure;
    setStyles(stage, { height: `${HEIGHT}px`, 'max-width': `${MAX_WIDTH}px` });
    const canvas = make('canvas');
    canvas.setAttribute('aria-hidden', 'true');
    stage.append(canvas);
    container.replaceChildren(root);
    const markDrawn = { id: 'patchbay-drawn', afterDraw: ({ width }: { width: number }): void => void (width > 0 && (root.dataset.drawn = 'true')) };
    this.#chart = new Chart(canvas, { type: 'line', data: { datasets: [] }, options: lossOptions(view, currentTheme()), plugins: [markDrawn] });
    root.addEventListener('keydown', (event) => this.#press(event));
    this.#endTheme = onThemeChange(() => this.#draw());
    this.#draw();
  }

  update(view: LossView): void {
    this.#view = view;
    this.#draw();
  }

  dispose(): void {
    this.#endTheme();
    this.#chart.destroy();
    this.#figure.root.remove();
  }

  #draw(): void {
    const theme = currentTheme();
    const view = this.#view;
    this.#chart.options = lossOptions(view, theme);
    this.#chart.data.datasets = lossDatasets(view, theme.palette, this.#chart.width || MAX_WIDTH);
    this.#chart.update('none');
    const { root, title, subtitle, legend } = this.#figure;
    const sentence = lossSentence(view);
    title.textContent = view.title ?? 'Loss';
    subtitle.textContent = view.title ? lossSentence({ version: view.version, view: view.view, runs: view.runs }) : sentence;
    root.setAttribute('aria-label', sentence);
    legend.replaceChildren(...lossLegend(view, theme.palette));
    dressFigure(this.#figure, theme);
  }

  #press(event: KeyboardEvent): void {
    const epochs = epochsOf(this.#view);
    const next = moveEpoch(event.key, this.#at, epochs.length);
    if (next === 'not ours') return;
    // Otherwise the notebook would select another cell.
    event.stopPropagation();
    event.preventDefault();
    this.#at = next;
    const epoch = next === undefined ? undefined : epochs[next];
    this.#figure.readout.textContent = epoch === undefined ? '' : epochText(this.#view, epoch);
    this.#mark(epoch);
  }

  /** Rings on the points of an epoch. */
  #mark(epoch: number | undefined): void {
    const active = this.#chart.data.datasets.flatMap(({ data, showLine, pointHitRadius }, datasetIndex) => {
      const index = showLine === false || pointHitRadius === 0 ? -1 : data.findIndex(({ x }) => x === epoch);
      return index < 0 ? [] : [{ datasetIndex, index }];
    });
    this.#chart.setActiveElements(active);
    this.#chart.update('none');
  }
}
