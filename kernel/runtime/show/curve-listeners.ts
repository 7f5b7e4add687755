/** The renderers that draw one loss curve, and what each of them has of it. */
import type { RunRecord } from '../../model/views/loss-view.js';
import { AT_START, livePoints, type Cursor } from '../../model/views/loss/live-points.js';
import { stepsPerEpoch, type RunSummary } from '../../model/views/loss/run-summary.js';
import type { Comm } from '../comm/comm.js';
import { serveView } from '../comm/serve-view.js';
import type { WeightHistory } from './weight-history.js';

interface Listener {
  has: Cursor;
  /** Epochs whose weights it has not. */
  missing: Set<number> | 'all';
}

/** A run that is over is told to whoever asks: the newest of them. */
const KEPT_RUNS = 8;
const kept: (() => void)[] = [];

export class CurveListeners {
  readonly #listeners = new Map<Comm, Listener>();
  readonly #weights: WeightHistory | undefined;
  readonly #endServing: () => void;
  #state: { readonly record: RunRecord; readonly run: RunSummary } | undefined;

  /** @param id what the view's payload calls `live` */
  constructor(id: string, weights: WeightHistory | undefined, onStop: () => void) {
    this.#weights = weights;
    this.#endServing = serveView(id, (comm) => {
      const listener: Listener = { has: AT_START, missing: 'all' };
      this.#listeners.set(comm, listener);
      comm.onClose(() => void this.#listeners.delete(comm));
      comm.onMessage((data) => {
        const type = typeof data === 'object' && data !== null && 'type' in data ? data.type : undefined;
        if (type === 'stop' && this.#state?.run.running !== false) onStop();
        if (type === 'all') {
          Object.assign(listener, { has: AT_START, missing: 'all' });
          this.#catchUp(comm, listener);
        }
      });
      this.#catchUp(comm, listener);
    });
  }

  get count(): number {
    return this.#listeners.size;
  }

  /** What there is of the run now. Each listener gets what it has not. */
  tell(record: RunRecord, run: RunSummary): void {
    this.#state = { record, run };
    for (const [comm, listener] of this.#listeners) this.#catchUp(comm, listener);
  }

  /** The weights of this epoch are there. */
  weightsOf(epoch: number): void {
    for (const { missing } of this.#listeners.values()) if (missing !== 'all') missing.add(epoch);
  }

  end(record: RunRecord, run: RunSummary): void {
    // The last weights may be of the middle of an epoch: all are told again, few as they are.
    for (const listener of this.#listeners.values()) listener.missing = 'all';
    this.tell(record, run);
    kept.push(() => {
      this.#endServing();
      for (const comm of [...this.#listeners.keys()]) comm.close({ reason: 'over' });
    });
    if (kept.length > KEPT_RUNS) kept.shift()?.();
  }

  /** One message, or several when much is missing. */
  #catchUp(comm: Comm, listener: Listener): void {
    if (!this.#state || !comm.isOpen) return;
    const { record, run } = this.#state;
    const perEpoch = stepsPerEpoch(record);
    let isNews: boolean;
    let told = false;
    do {
      const { has, missing } = listener;
      const weights = missing === 'all' || missing.size > 0 ? this.#weights?.pick((epoch) => missing === 'all' || missing.has(epoch)) : undefined;
      const { message, next } = livePoints(record, run, perEpoch, has, weights);
      isNews = message.training !== undefined || message.validation !== undefined || message.steps !== undefined || weights !== undefined;
      if (!isNews && (told || run.running)) return;
      comm.send(message);
      told = true;
      listener.has = next;
      listener.missing = new Set();
    } while (isNews);
  }
}
