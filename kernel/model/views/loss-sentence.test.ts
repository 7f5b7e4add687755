import { describe, expect, it } from 'vitest';
import { lossSentence } from './loss-sentence.js';
import { lossView, type RunRecord } from './loss-view.js';

const sentence = (records: Partial<RunRecord>[], title?: string): string =>
  lossSentence(lossView(records.map((record, at) => ({ name: `run ${at + 1}`, history: {}, ...record })), title === undefined ? {} : { title }));

describe('a training in a sentence', () => {
  it.each<[Partial<RunRecord>, string]>([
    [{ history: { loss: [2.31, 1, 0.12], val_loss: [2, 0.19, 0.3] } }, 'Training loss fell from 2.31 to 0.12 over 3 epochs; best validation 0.19 at epoch 2; no NaN.'],
    [{ history: { loss: [1, 2] } }, 'Training loss rose from 1 to 2 over 2 epochs; no NaN.'],
    [{ history: { loss: [0.5, 0.5] } }, 'Training loss is 0.5 over 2 epochs; no NaN.'],
    [{ history: { loss: [2] } }, 'Training loss is 2 after 1 epoch; no NaN.'],
    [{ history: { loss: [2, NaN] }, stoppedBy: 'nan' }, 'Training loss started at 2; NaN or infinite first in epoch 2; stopped because the loss is NaN.'],
    [{ history: { loss: [NaN] } }, 'Training loss has no finite value; NaN or infinite first in epoch 1.'],
    [{ history: { loss: [3, 1] }, stoppedBy: 'interrupt' }, 'Training loss fell from 3 to 1 over 2 epochs; no NaN; interrupted.'],
    [{ history: { loss: [3, 1] }, stoppedBy: 'earlyStopping' }, 'Training loss fell from 3 to 1 over 2 epochs; no NaN; stopped early.'],
    [{ history: { loss: [3, 1] }, stoppedBy: 'abort' }, 'Training loss fell from 3 to 1 over 2 epochs; no NaN; stopped on request.'],
    [{ history: { loss: [3, 1] }, stoppedBy: 'done' }, 'Training loss fell from 3 to 1 over 2 epochs; no NaN.'],
    [{}, 'Training loss has no value yet.'],
    [{ running: true, totalEpochs: 50, history: { loss: [3, 2] } }, 'Training, epoch 2 of 50: loss fell from 3 to 2 over 2 epochs.'],
    [{ running: true, totalEpochs: 50, steps: [3, 2.5], stepsPerEpoch: 10 }, 'Training, epoch 0 of 50: loss fell from 3 to 2.5 within the first epoch.'],
  ])('%j', (record, text) => expect(sentence([record])).toBe(text));

  it('names several runs', () => {
    expect(sentence([{ name: 'masked', history: { loss: [3, 1] } }, { name: 'dense', history: { loss: [3, 2] } }], 'Both')).toBe(
      '“Both”: Training loss of 2 runs. masked: fell from 3 to 1 over 2 epochs. dense: fell from 3 to 2 over 2 epochs.',
    );
    expect(sentence([])).toBe('No training to show.');
  });
});
