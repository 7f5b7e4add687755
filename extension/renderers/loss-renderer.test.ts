// @vitest-environment happy-dom
import type { OutputItem, RendererApi } from 'vscode-notebook-renderer';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { recordCanvases, setTheme } from '../../test/support/canvas.js';
import { paletteFor } from '../../kernel/model/views/palette.js';
import { encodeLossView } from '../../kernel/model/views/loss-payload.js';
import { lossView, type RunRecord } from '../../kernel/model/views/loss-view.js';
import { epochsOf, epochText, moveEpoch } from './epoch-cursor.js';
import { BEST_LABEL, lossDatasets, lossOptions } from './loss-config.js';
import { activate } from './loss.js';
import { currentTheme } from './theme.js';

const record = (more: Partial<RunRecord> = {}): RunRecord => ({ name: 'a', history: { loss: [3, 2, 1], val_loss: [3, 2, 2.5] }, ...more });
const view = (...records: RunRecord[]) => lossView(records);

describe('loss curves for Chart.js', () => {
  const palette = paletteFor('light');

  it('are training solid and validation dashed, with a ring on top at the best epoch', () => {
    const [best, validation, training] = lossDatasets(view(record()), palette, 600);
    expect([best, validation, training].map((dataset) => dataset!.label)).toEqual([BEST_LABEL, 'validation', 'training']);
    expect(best!.data).toEqual([{ x: 2, y: 2 }]);
    expect([validation!.borderDash, training!.borderDash]).toEqual([[6, 4], []]);
    expect(training!.data).toEqual([{ x: 1, y: 3 }, { x: 2, y: 2 }, { x: 3, y: 1 }]);
  });

  it('have the steps at the back, answering no pointer', () => {
    const datasets = lossDatasets(view(record({ steps: Array.from({ length: 90 }, () => 2) })), palette, 600);
    expect(datasets.at(-1)).toMatchObject({ label: 'training, each step', borderWidth: 1, pointHitRadius: 0 });
    expect(datasets.at(-1)!.data).toHaveLength(90);
  });

  it('have at most four points for each two pixels, spikes included', () => {
    const loss = Array.from({ length: 20_000 }, (_, at) => (at === 12_345 ? 99 : 1));
    const [training] = lossDatasets(view(record({ history: { loss } })), palette, 200);
    expect(training!.data.length).toBeLessThanOrEqual(400);
    expect(training!.data).toContainEqual({ x: 12_346, y: 99 });
  });

  it('are neither animated nor decimated by Chart.js, and their axes span what is trained', () => {
    const options = lossOptions(view(record({ running: true, totalEpochs: 50 })), currentTheme());
    expect(options).toMatchObject({ animation: false, parsing: false, normalized: true, scales: { x: { min: 0, max: 50 }, y: { min: 1, max: 3 } } });
    expect(options.plugins?.decimation).toBeUndefined();
  });
});

describe('the epoch cursor', () => {
  it.each([
    ['ArrowRight', undefined, 0],
    ['ArrowLeft', undefined, 9],
    ['ArrowRight', 9, 9],
    ['ArrowLeft', 4, 3],
    ['Home', 4, 0],
    ['End', 4, 9],
    ['PageDown', 2, 9],
    ['Escape', 2, undefined],
    ['Escape', undefined, 'not ours'],
    ['x', 2, 'not ours'],
  ] as const)('%s from %s goes to %s', (key, from, to) => expect(moveEpoch(key, from, 10)).toBe(to));

  it('has nothing to do without epochs', () => expect(moveEpoch('ArrowRight', undefined, 0)).toBe('not ours'));

  it('reads the values of an epoch', () => {
    expect(epochsOf(view(record()))).toEqual([1, 2, 3]);
    expect(epochText(view(record()), 2)).toBe('epoch 2: training 2, validation 2');
    expect(epochText(view(record({ name: 'masked' }), record({ name: 'dense', history: { loss: [5] } })), 1)).toBe('epoch 1: masked training 3, masked validation 3, dense training 5');
  });
});

describe('the renderer of losses', () => {
  let api: RendererApi;
  beforeEach(() => {
    document.body.replaceChildren();
    setTheme('vscode-dark');
    recordCanvases();
    api = activate({} as never) as RendererApi;
  });
  afterEach(() => {
    api.disposeOutputItem?.();
    vi.restoreAllMocks();
    vi.unstubAllGlobals();
  });
  function render(payload: unknown, element: HTMLElement = document.createElement('div')): HTMLElement {
    document.body.append(element);
    void api.renderOutputItem({ id: 'one', json: () => payload } as OutputItem, element, new AbortController().signal);
    return element;
  }
  const figure = (element: HTMLElement): HTMLElement => element.querySelector('[data-patchbay-view="loss"]')!;

  it('draws a figure: sentence, canvas, legend', () => {
    const element = render(encodeLossView(view(record())));
    expect(figure(element).getAttribute('aria-label')).toBe('Training loss fell from 3 to 1 over 3 epochs; best validation 2 at epoch 2.');
    expect(element.querySelectorAll('canvas')).toHaveLength(1);
    expect(element.textContent).toBe('LossTraining loss fell from 3 to 1 over 3 epochs; best validation 2 at epoch 2.trainingvalidationbest validation');
  });

  it('updates a running training in place', () => {
    const element = render(encodeLossView(view(record({ running: true, totalEpochs: 9 }))));
    const before = element.querySelector('canvas');
    render(encodeLossView(view(record({ history: { loss: [3, 2, 1, 0.5] } }))), element);
    expect(element.querySelector('canvas')).toBe(before);
    expect(figure(element).getAttribute('aria-label')).toBe('Training loss fell from 3 to 0.5 over 4 epochs.');
  });

  it('reads epochs with the keyboard', () => {
    const element = render(encodeLossView(view(record())));
    const press = (key: string): boolean => figure(element).dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    expect(press('ArrowRight')).toBe(false);
    expect(press('ArrowRight')).toBe(false);
    expect(element.querySelector('[role=status]')!.textContent).toBe('epoch 2: training 2, validation 2');
    press('Escape');
    expect(element.querySelector('[role=status]')!.textContent).toBe('');
    expect(press('Tab')).toBe(true);
  });

  it.each([[{ version: 7 }, /its version is 7/], [null, /expected an object/], [{ version: 1, runs: [{ name: '<b>' }] }, /"epochs" is missing/]])('of %j is a sentence', (payload, message) => {
    const element = render(payload);
    expect(element.textContent).toMatch(message);
    expect(element.querySelector('b, canvas')).toBeNull();
  });
});
