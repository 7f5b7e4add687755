/** How far a running training is, and the way to end it. */
import { progressText } from '../../../kernel/model/views/loss/progress.js';
import type { LossRun } from '../../../kernel/model/views/loss-view.js';
import { make, setStyles } from '../dom.js';
import { button, toolRow } from '../widgets/controls.js';

export type Connection = 'none' | 'live' | 'lost';

export class ProgressRow {
  readonly element: HTMLElement;
  readonly #bar = make('progress', { width: '180px', height: '12px', 'accent-color': 'var(--vscode-progressBar-background, auto)' });
  readonly #text = make('span', { 'font-variant-numeric': 'tabular-nums' });
  readonly #stop: HTMLButtonElement;
  #isStopping = false;

  constructor(stop: () => void) {
    this.#stop = button('Stop', () => {
      this.#isStopping = true;
      this.#stop.disabled = true;
      this.#stop.textContent = 'Stopping…';
      stop();
    }, 'Stop training after this step');
    this.#bar.setAttribute('role', 'progressbar');
    this.#bar.setAttribute('aria-label', 'Training progress');
    this.element = toolRow(this.#bar, this.#text, this.#stop);
  }

  show(run: LossRun | undefined, connection: Connection): void {
    const isShown = run?.running === true && run.totalEpochs !== undefined;
    setStyles(this.element, { display: isShown ? 'flex' : 'none' });
    if (!isShown || run.totalEpochs === undefined) return;
    const done = Math.max(run.epochs, run.steps?.x.at(-1) ?? 0);
    const text = connection === 'lost' ? `epoch ${run.epochs}/${run.totalEpochs} · this training is not running any more, or in another window` : progressText({ done, total: run.totalEpochs, ...(run.timing && { timing: run.timing }) });
    this.#bar.max = Math.max(1, run.totalEpochs);
    this.#bar.value = Math.min(done, run.totalEpochs);
    this.#bar.setAttribute('aria-valuetext', text);
    this.#text.textContent = text;
    setStyles(this.#stop, { display: connection === 'live' ? 'inline-block' : 'none' });
    if (!this.#isStopping) this.#stop.disabled = false;
  }
}
