/** Weights over epochs: a slider under the curve that moves every view of the same weights. */
import { dequantize, limitOf, type WeightEpochs } from '../../../kernel/model/views/loss/snapshots.js';
import { make, setStyles } from '../dom.js';
import { leaveEpochs, showEpoch } from '../epochs.js';
import { button, group, slider, toolRow } from '../widgets/controls.js';

const RATES = [2, 4, 8] as const;

export class Scrubber {
  readonly element: HTMLElement;
  readonly #range: HTMLInputElement;
  readonly #text = make('output', { 'font-variant-numeric': 'tabular-nums', 'min-width': '9em' });
  readonly #play: HTMLButtonElement;
  readonly #rate = make('select', { font: 'inherit', height: '24px', color: 'var(--vscode-dropdown-foreground, inherit)', background: 'var(--vscode-dropdown-background, transparent)', border: '1px solid var(--vscode-dropdown-border, currentColor)' });
  readonly #onMove: (epoch: number | undefined) => void;
  #weights: WeightEpochs | undefined;
  #best: number | undefined;
  /** The reader has moved it; until then it is at the newest epoch. */
  #isHeld = false;
  #timer: ReturnType<typeof setInterval> | undefined;

  /** @param onMove the epoch whose weights the views show; undefined for their own */
  constructor(onMove: (epoch: number | undefined) => void) {
    this.#onMove = onMove;
    this.#range = slider('Weights at epoch', { min: 0, max: 0, step: 1 }, (at) => this.#move(at));
    setStyles(this.#range, { flex: '1 1 160px', 'max-width': '420px' });
    this.#play = button('▶ Play', () => (this.#timer === undefined ? this.#start() : this.#pause()));
    for (const rate of RATES) {
      const option = make('option', {}, `${rate} per second`);
      option.value = String(rate);
      this.#rate.append(option);
    }
    this.#rate.value = '4';
    this.#rate.setAttribute('aria-label', 'Speed of playing');
    this.#rate.addEventListener('change', () => this.#timer !== undefined && this.#start());
    this.element = toolRow(make('span', {}, 'weights at'), this.#range, this.#text, group('Play', this.#play, this.#rate));
    setStyles(this.element, { display: 'none' });
  }

  /** @param isRunning the newest weights are shown as they come, unless the reader looks at others */
  show(weights: WeightEpochs | undefined, best: number | undefined, isRunning: boolean): void {
    const before = this.#weights;
    this.#weights = weights && weights.layers.length > 0 && weights.epochs.length > 1 ? weights : undefined;
    this.#best = best;
    setStyles(this.element, { display: this.#weights ? 'flex' : 'none' });
    if (!this.#weights || before === weights) return;
    const held = before?.epochs[Number(this.#range.value)];
    const last = this.#weights.epochs.length - 1;
    this.#range.max = String(last);
    const at = this.#isHeld && held !== undefined ? this.#weights.epochs.findLastIndex((epoch) => epoch <= held) : last;
    this.#range.value = String(Math.max(0, at));
    if (isRunning && !this.#isHeld) this.#publish(at);
    else this.#say(Math.max(0, at));
    this.#withMotion();
  }

  dispose(): void {
    clearInterval(this.#timer);
    for (const { key } of this.#weights?.layers ?? []) leaveEpochs(key);
  }

  #move(at: number): void {
    this.#isHeld = true;
    this.#publish(at);
    this.#onMove(this.#weights?.epochs[at]);
  }

  #publish(at: number): void {
    this.#say(at);
    const epoch = this.#weights?.epochs[at];
    if (!this.#weights || epoch === undefined) return;
    for (const layer of this.#weights.layers) {
      const state = layer.states[at];
      if (state) showEpoch({ key: layer.key, epoch, label: this.#label(epoch), weights: dequantize(state), limit: limitOf(layer) });
    }
  }

  #say(at: number): void {
    const epoch = this.#weights?.epochs[at];
    const text = epoch === undefined ? '' : this.#label(epoch);
    this.#text.textContent = text;
    this.#range.setAttribute('aria-valuetext', text);
  }

  #label(epoch: number): string {
    if (epoch === 0) return 'before training';
    return `epoch ${epoch}${epoch === this.#best ? ' (best)' : ''}`;
  }

  /** Motion that the reader has not asked for does not start; who prefers little of it moves the slider. */
  #withMotion(): void {
    const isReduced = document.body.classList.contains('vscode-reduce-motion') || globalThis.matchMedia?.('(prefers-reduced-motion: reduce)').matches === true;
    if (isReduced) this.#pause();
    this.#play.disabled = isReduced;
    this.#play.title = isReduced ? 'Reduced motion is on: move the slider instead' : '';
  }

  #start(): void {
    clearInterval(this.#timer);
    this.#timer = setInterval(() => {
      if (!this.element.isConnected) return this.#pause();
      const last = Number(this.#range.max);
      const next = Number(this.#range.value) + 1;
      this.#range.value = String(next > last ? 0 : next);
      this.#move(Number(this.#range.value));
    }, 1000 / Number(this.#rate.value || 4));
    this.#play.textContent = '❚❚ Pause';
  }

  #pause(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#play.textContent = '▶ Play';
  }
}
