/** The loss curve of a training that is under way: one display, updated in place, at most ten times a second. */
import { lossSentence } from '../../model/views/loss-sentence.js';
import { lossView, type LossView } from '../../model/views/loss-view.js';
import { currentHost } from '../display/host.js';
import { newDisplayId, publish } from '../display/publish.js';
import { Throttle } from '../display/throttle.js';
import { viewBundle } from './view-bundle.js';

export interface LiveLossOptions {
  readonly totalEpochs: number;
  readonly stepsPerEpoch: number;
  readonly name?: string;
}

export interface LossSnapshot {
  /** Per epoch: `loss`, `val_loss`. */
  readonly history: Readonly<Record<string, readonly number[]>>;
  /** Loss per step. */
  readonly steps: readonly number[];
}

export interface LiveLoss {
  /** Cheap when no update is due: call it after every step. */
  update(snapshot: LossSnapshot): void;
  /** The last state, with its picture. `stoppedBy` as in TrainingRun. */
  end(snapshot: LossSnapshot & { readonly stoppedBy: string }): void;
}

/** In a plain script only the end is told, in one sentence. */
export function startLiveLoss({ totalEpochs, stepsPerEpoch, name = 'training' }: LiveLossOptions): LiveLoss {
  const displayId = newDisplayId();
  const throttle = new Throttle();
  let isShown = false;
  const view = ({ history, steps }: LossSnapshot, state: { running: boolean; stoppedBy?: string }): LossView =>
    lossView([{ name, history, steps, stepsPerEpoch, totalEpochs, ...state }]);
  const show = (shown: LossView, picture: boolean): void => {
    publish(viewBundle(shown), { displayId, update: isShown, picture });
    isShown = true;
  };
  return {
    update(snapshot) {
      if (!currentHost() || !throttle.due()) return;
      // The PNG is made for the first and the last state; between them it would cost more than the drawing.
      show(view(snapshot, { running: true }), !isShown);
    },
    end({ stoppedBy, ...snapshot }) {
      const last = view(snapshot, { running: false, stoppedBy });
      if (currentHost()) show(last, true);
      else console.log(lossSentence(last));
    },
  };
}
