/** What a curve hears from its training. */
import { LiveRun, parseLivePoints } from '../../../kernel/model/views/loss/live-points.js';
import type { LossRun, LossView } from '../../../kernel/model/views/loss-view.js';
import { isProblem } from '../../../kernel/model/views/problem.js';
import type { Channel, Channels } from '../kernel-channel.js';
import type { Connection } from './progress-row.js';

export class LiveConnection {
  readonly #channel: Channel;
  readonly #onChange: () => void;
  #run = new LiveRun();
  #state: Connection = 'none';

  constructor(channels: Channels, view: string, onChange: () => void) {
    this.#onChange = onChange;
    this.#channel = channels.open(view, {
      onMessage: (data) => this.#take(data),
      onClose: () => {
        this.#state = 'lost';
        onChange();
      },
    });
  }

  get state(): Connection {
    return this.#state;
  }

  stop(): void {
    this.#channel.send({ type: 'stop' });
  }

  dispose(): void {
    this.#channel.close();
  }

  /** The view with every point that was heard; what the output says of a run that has ended goes before what was heard of it. */
  complete(view: LossView): LossView {
    const heard = this.#run.run;
    const [saved, ...others] = view.runs;
    if (!heard || !saved || heard.epochs < saved.epochs) return view;
    const weights = heard.weights ?? saved.weights;
    return { ...view, runs: [{ ...heard, ...(saved.running ? {} : summaryOf(saved)), ...(weights && { weights }) }, ...others] };
  }

  #take(data: unknown): void {
    const points = parseLivePoints(data);
    // What cannot be read is left out; the output holds the last state when the training has ended.
    if (isProblem(points)) return;
    if (!this.#run.take(points)) {
      this.#run = new LiveRun();
      if (points.from.steps > 0 || points.from.training > 0 || !this.#run.take(points)) return this.#channel.send({ type: 'all' });
    }
    this.#state = 'live';
    this.#onChange();
  }
}

/** A run without its curves. */
function summaryOf(run: LossRun): Omit<LossRun, 'training' | 'validation' | 'steps' | 'weights' | 'stepsPerEpoch'> {
  const { training: _training, validation: _validation, steps: _steps, weights: _weights, stepsPerEpoch: _stepsPerEpoch, ...summary } = run;
  return summary;
}
