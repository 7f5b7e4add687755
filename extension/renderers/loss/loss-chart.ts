/** The chart: made when it is first seen, updated in place, never drawn where nobody looks. */
import { Chart, LinearScale, LineController, LineElement, LogarithmicScale, PointElement, Tooltip } from 'chart.js';
import { hex } from '../../../kernel/model/views/colour.js';
import type { Look } from '../../../kernel/model/views/loss/look.js';
import type { Range } from '../../../kernel/model/views/loss/ranges.js';
import { make } from '../dom.js';
import { drawSoon, forgetDraw } from '../draw-queue.js';
import type { Theme } from '../theme.js';
import { watchVisible } from '../visible.js';
import { lossDatasets, lossOptions, seenOf, type Point } from './chart-config.js';
import { marksPlugin, rightMargin, type Marks } from './chart-marks.js';

Chart.register(LinearScale, LogarithmicScale, LineController, LineElement, PointElement, Tooltip);

export class LossChart {
  readonly #stage: HTMLElement;
  readonly #canvas = make('canvas');
  readonly #onDrawn: () => void;
  readonly #endWatch: () => void;
  readonly #draw = (): void => this.#drawNow();
  #chart: Chart<'line', Point[]> | undefined;
  #what: (() => Marks) | undefined;
  #marks: Marks | undefined;
  #optionsKey = '';
  #isVisible = false;
  #isStale = true;

  constructor(stage: HTMLElement, onDrawn: () => void) {
    this.#stage = stage;
    this.#onDrawn = onDrawn;
    this.#canvas.setAttribute('aria-hidden', 'true');
    stage.append(this.#canvas);
    this.#endWatch = watchVisible(stage, (isVisible) => {
      this.#isVisible = isVisible;
      if (isVisible && this.#isStale) drawSoon(this.#draw);
    });
  }

  get canvas(): HTMLCanvasElement {
    return this.#canvas;
  }

  /** @param what makes what is to be drawn, when it is drawn; the last one counts */
  ask(what: () => Marks): void {
    this.#what = what;
    this.#isStale = true;
    if (this.#isVisible) drawSoon(this.#draw);
  }

  /** A place on the page as a part of what is seen, 0 at the left and 1 at the right; undefined before there is a chart. */
  placeOf(clientX: number): number | undefined {
    if (!this.#chart) return undefined;
    const { left, width } = this.#chart.chartArea;
    return (clientX - this.#canvas.getBoundingClientRect().left - left) / width;
  }

  /** The inner edges of the axes, in pixels of the stage. */
  get area(): Range & { readonly top: number; readonly bottom: number } {
    const { left = 0, right = 0, top = 0, bottom = 0 } = this.#chart?.chartArea ?? {};
    return { min: left, max: right, top, bottom };
  }

  dispose(): void {
    forgetDraw(this.#draw);
    this.#endWatch();
    this.#chart?.destroy();
  }

  #drawNow(): void {
    // A collapsed output has no size; it is drawn when it has one, which the observer tells.
    if (!this.#what || !this.#isVisible || this.#stage.clientWidth === 0) return;
    const marks = this.#what();
    this.#marks = marks;
    const { view, series, look, theme } = marks;
    const seen = seenOf(view, look);
    const datasets = lossDatasets(series, seen, this.#chart?.width || this.#stage.clientWidth, look);
    const key = optionsKey(theme, look, rightMargin(view));
    this.#isStale = false;
    if (!this.#chart) {
      this.#optionsKey = key;
      this.#chart = this.#make(marks);
    }
    const chart = this.#chart;
    if (key !== this.#optionsKey) chart.options = lossOptions(seen, theme, look, rightMargin(view));
    this.#optionsKey = key;
    for (const axis of ['x', 'y'] as const) Object.assign(chart.options.scales?.[axis] ?? {}, seen[axis]);
    const old = chart.data.datasets;
    // Chart.js keeps what it knows of a dataset by the object.
    chart.data.datasets = datasets.map((dataset, at) => (old.length === datasets.length ? Object.assign(old[at] ?? {}, dataset) : dataset));
    chart.update('none');
    this.#onDrawn();
  }

  #make({ view, look, theme }: Marks): Chart<'line', Point[]> {
    const options = lossOptions(seenOf(view, look), theme, look, rightMargin(view));
    // Other columns of pixels want other points.
    const onResize = (): void => {
      this.#isStale = true;
      drawSoon(this.#draw);
    };
    return new Chart(this.#canvas, { type: 'line', data: { datasets: [] }, options: { ...options, onResize }, plugins: [marksPlugin(() => this.#marks)] });
  }
}

const optionsKey = ({ palette, font }: Theme, { logX, logY }: Look, margin: number): string => [palette.kind, hex(palette.background), hex(palette.text), font, logX, logY, Math.round(margin)].join();
