// @vitest-environment happy-dom
import type { OutputItem, RendererApi } from 'vscode-notebook-renderer';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { recordCanvases, setTheme } from '../../../test/support/canvas.js';
import { lossSeries } from '../../../kernel/model/views/loss-series.js';
import { encodeLossView } from '../../../kernel/model/views/loss-payload.js';
import { lossView, type LossView, type RunRecord } from '../../../kernel/model/views/loss-view.js';
import { AT_START, livePoints } from '../../../kernel/model/views/loss/live-points.js';
import { PLAIN_LOOK } from '../../../kernel/model/views/loss/look.js';
import { RunTracker } from '../../../kernel/model/views/loss/run-summary.js';
import { quantize } from '../../../kernel/model/views/loss/snapshots.js';
import { paletteFor } from '../../../kernel/model/views/palette.js';
import { followEpochs, type EpochFrame } from '../epochs.js';
import { activate } from '../loss.js';
import { currentTheme } from '../theme.js';
import { lossDatasets, lossOptions, seenOf } from './chart-config.js';
import { movePoint, pointText } from './point-cursor.js';

/** Two frames: what was asked for is drawn. */
const drawn = (): Promise<void> => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve())));
const record = (more: Partial<RunRecord> = {}): RunRecord => ({ name: 'a', history: { loss: [3, 2, 1], val_loss: [3, 2, 2.5] }, ...more });
const view = (...records: RunRecord[]): LossView => lossView(records);
const palette = paletteFor('light');
const lines = (...records: RunRecord[]) => lossSeries(view(...records), palette);

describe('loss curves for Chart.js', () => {
  const datasets = (one: RunRecord, pixels = 600, look = PLAIN_LOOK) => lossDatasets(lines(one), seenOf(view(one), look), pixels, look);

  it('are training solid and validation dashed with markers', () => {
    const [validation, training] = datasets(record());
    expect([validation, training].map((dataset) => [dataset!.label, dataset!.borderDash])).toEqual([['validation', [6, 4]], ['training', []]]);
    expect(training!.data).toEqual([{ x: 1, y: 3 }, { x: 2, y: 2 }, { x: 3, y: 1 }]);
    expect([typeof validation!.pointRadius, training!.pointRadius]).toEqual(['function', 0]);
  });

  it('have the steps at the back, answering no pointer', () => {
    const all = datasets(record({ steps: Array.from({ length: 90 }, () => 2) }));
    expect(all.at(-1)).toMatchObject({ label: 'training, each step', borderWidth: 1, pointHitRadius: 0 });
    expect(all.at(-1)!.data).toHaveLength(90);
  });

  it('have a few points for each pixel, spikes included, of what is seen', () => {
    const loss = Array.from({ length: 20_000 }, (_, at) => (at === 2_345 ? 99 : 1));
    const one: LossView = { ...view(record()), runs: [{ ...view(record()).runs[0]!, training: { x: Float64Array.from(loss, (_, at) => at + 1), y: Float64Array.from(loss) } }] };
    const at = (look: typeof PLAIN_LOOK & { epochs?: { min: number; max: number } }) => lossDatasets(lossSeries(one, palette), seenOf(one, look), 200, look).find(({ label }) => label === 'training')!.data;
    expect(at(PLAIN_LOOK).length).toBeLessThanOrEqual(802);
    expect(at({ ...PLAIN_LOOK, epochs: { min: 1, max: 20_000 } })).toContainEqual({ x: 2_346, y: 99 });
    expect(at({ ...PLAIN_LOOK, epochs: { min: 1000, max: 1100 } }).map(({ x }) => x)).toEqual(Array.from({ length: 103 }, (_, k) => 999 + k));
  });

  it('have gaps where a loss has no place', () => {
    const [, training] = datasets(record({ history: { loss: [3, NaN, -1, 1], val_loss: [1] } }), 600, { ...PLAIN_LOOK, logY: true });
    expect(training!.data.map(({ y }) => y)).toEqual([3, NaN, NaN, 1]);
  });

  it('are neither animated nor decimated by Chart.js, and their axes span what is trained', () => {
    const running = view(record({ running: true, totalEpochs: 50 }));
    const options = lossOptions(seenOf(running, PLAIN_LOOK), currentTheme());
    expect(options).toMatchObject({ animation: false, parsing: false, normalized: true, scales: { x: { type: 'linear', min: 0, max: 50 }, y: { type: 'linear', min: 1, max: 3 } } });
    expect(options.plugins?.decimation).toBeUndefined();
    expect(lossOptions(seenOf(running, PLAIN_LOOK), currentTheme(), { ...PLAIN_LOOK, logX: true, logY: true })).toMatchObject({ scales: { x: { type: 'logarithmic' }, y: { type: 'logarithmic' } } });
  });
});

describe('the cursor', () => {
  const two = lines(record({ history: { loss: Array.from({ length: 10 }, (_, at) => at), val_loss: [5, 6, 7] } }));
  it.each([
    ['ArrowRight', undefined, { line: 0, epoch: 1 }],
    ['ArrowLeft', undefined, { line: 0, epoch: 10 }],
    ['ArrowRight', { line: 0, epoch: 10 }, { line: 0, epoch: 10 }],
    ['ArrowLeft', { line: 0, epoch: 4 }, { line: 0, epoch: 3 }],
    ['Home', { line: 0, epoch: 4 }, { line: 0, epoch: 1 }],
    ['End', { line: 1, epoch: 1 }, { line: 1, epoch: 3 }],
    ['PageDown', { line: 0, epoch: 2 }, { line: 0, epoch: 10 }],
    ['ArrowDown', { line: 0, epoch: 9 }, { line: 1, epoch: 3 }],
    ['ArrowUp', { line: 1, epoch: 2 }, { line: 0, epoch: 2 }],
    ['ArrowUp', { line: 0, epoch: 2 }, { line: 0, epoch: 2 }],
    ['ArrowRight', { line: 9, epoch: 1 }, { line: 1, epoch: 2 }],
    ['Escape', { line: 0, epoch: 2 }, undefined],
    ['Escape', undefined, 'not ours'],
    ['x', { line: 0, epoch: 2 }, 'not ours'],
  ] as const)('%s from %j goes to %j', (key, from, to) => expect(movePoint(key, from, two)).toEqual(to));

  it('has nothing to do without lines', () => expect(movePoint('ArrowRight', undefined, [])).toBe('not ours'));

  it('reads its line first, then the others', () => {
    expect(pointText(lines(record()), { line: 1, epoch: 2 })).toBe('epoch 2, validation 2; training 2');
    expect(pointText(lines(record({ name: 'masked' }), record({ name: 'dense', history: { loss: [5] } })), { line: 0, epoch: 1 })).toBe('epoch 1, masked: training 3; masked: validation 3; dense: training 5');
  });
});

describe('the renderer of losses', () => {
  let api: RendererApi;
  beforeEach(() => {
    document.body.replaceChildren();
    setTheme('vscode-dark');
    recordCanvases();
    // That of this page never says that something is in view.
    vi.stubGlobal('IntersectionObserver', undefined);
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

  it('draws a figure: sentence, canvas, legend', async () => {
    const element = render(encodeLossView(view(record())));
    await drawn();
    expect(figure(element).getAttribute('aria-label')).toBe('Training loss fell from 3 to 1 over 3 epochs; best validation 2 at epoch 2; no NaN.');
    expect(element.querySelectorAll('canvas')).toHaveLength(1);
    expect(element.textContent).toMatch(/^LossTraining loss fell from 3 to 1 over 3 epochs; best validation 2 at epoch 2; no NaN\..*trainingvalidationbest epoch/);
  });

  it('updates a running training in place', () => {
    const element = render(encodeLossView(view(record({ running: true, totalEpochs: 9 }))));
    const before = element.querySelector('canvas');
    render(encodeLossView(view(record({ history: { loss: [3, 2, 1, 0.5] } }))), element);
    expect(element.querySelector('canvas')).toBe(before);
    expect(figure(element).getAttribute('aria-label')).toBe('Training loss fell from 3 to 0.5 over 4 epochs; no NaN.');
  });

  it('reads epochs with the keyboard', async () => {
    const element = render(encodeLossView(view(record())));
    await drawn();
    const press = (key: string): boolean => figure(element).dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    expect(press('ArrowRight')).toBe(false);
    expect(press('ArrowRight')).toBe(false);
    await drawn();
    expect(element.querySelector('[role=status]')!.textContent).toBe('epoch 2, training 2; validation 2');
    press('ArrowDown');
    await drawn();
    expect(element.querySelector('[role=status]')!.textContent).toBe('epoch 2, validation 2; training 2');
    press('Escape');
    await drawn();
    expect(element.querySelector('[role=status]')!.textContent).toBe('');
    expect(press('Tab')).toBe(true);
  });

  it('leaves no key to the notebook that a control or the curve takes', async () => {
    const element = render(encodeLossView(view(record())));
    await drawn();
    const leaked: string[] = [];
    document.body.addEventListener('keydown', ({ key }) => leaked.push(key));
    const press = (target: Element, key: string, more = {}): void => void target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more }));
    for (const key of ['ArrowLeft', 'ArrowDown', 'Home', '+', '-', '0', 'PageUp']) press(figure(element), key);
    for (const control of element.querySelectorAll('button, input')) press(control, 'ArrowDown');
    press(figure(element), 'ArrowLeft', { shiftKey: true });
    expect(leaked).toEqual([]);
    press(figure(element), 'Tab');
    press(figure(element), 's', { ctrlKey: true });
    expect(leaked).toEqual(['Tab', 's']);
  });

  it('shows its losses as a table', async () => {
    const element = render(encodeLossView(view(record())));
    const toggle = [...element.querySelectorAll('button')].find(({ textContent }) => textContent === 'View as table')!;
    toggle.click();
    await drawn();
    expect([...element.querySelectorAll('td')].map(({ textContent }) => textContent)).toEqual(['1', '3', '3', '2', '2', '2', '3', '1', '2.5']);
    expect(toggle.getAttribute('aria-expanded')).toBe('true');
    toggle.click();
    await drawn();
    expect(element.querySelector('table')).toBeNull();
  });

  it('moves views of the same weights with its slider', () => {
    const states = [quantize(Float32Array.of(1, 0)), quantize(Float32Array.of(0, -4)), quantize(Float32Array.of(2, 3))];
    const weights = { epochs: [0, 2, 3], layers: [{ key: 'w', name: 'hidden', connections: 2, states }] };
    const frames: (EpochFrame | undefined)[] = [];
    followEpochs('w', 2, (frame) => frames.push(frame));
    const element = render(encodeLossView(lossView([record()], { weights })));
    const range = element.querySelector<HTMLInputElement>('input[aria-label="Weights at epoch"]')!;
    expect([range.max, range.value, range.getAttribute('aria-valuetext')]).toEqual(['2', '2', 'epoch 3']);
    expect(frames).toEqual([]);
    range.value = '1';
    range.dispatchEvent(new Event('input'));
    expect(frames.map((frame) => [frame?.epoch, frame?.label, [...(frame?.weights ?? [])].map((w) => Math.round(w))])).toEqual([[2, 'epoch 2 (best)', [0, -4]]]);
    expect(frames[0]!.limit).toBeCloseTo(4);
    api.disposeOutputItem?.();
    expect(frames.at(-1)).toBeUndefined();
  });

  it.each([[{ version: 7 }, /its version is 7/], [null, /expected an object/], [{ version: 1, runs: [{ name: '<b>' }] }, /"epochs" is missing/]])('of %j is a sentence', (payload, message) => {
    const element = render(payload);
    expect(element.textContent).toMatch(message);
    expect(element.querySelector('b, canvas')).toBeNull();
  });
});

describe('a curve that is live', () => {
  let receive: (message: unknown) => void = () => undefined;
  let posted: { type: string; id: string; data: unknown }[] = [];
  let api: RendererApi;
  beforeEach(() => {
    document.body.replaceChildren();
    setTheme('vscode-light');
    recordCanvases();
    // That of this page never says that something is in view.
    vi.stubGlobal('IntersectionObserver', undefined);
    posted = [];
    const context = { postMessage: (message: never) => void posted.push(message), onDidReceiveMessage: (listener: typeof receive) => ((receive = listener), { dispose: () => undefined }) };
    api = activate(context as never) as RendererApi;
  });
  afterEach(() => {
    api.disposeOutputItem?.();
    vi.restoreAllMocks();
    vi.unstubAllGlobals();
  });

  const running = (epochs: number): RunRecord => ({ name: 'a', history: { loss: Array.from({ length: epochs }, (_, at) => 1 / (at + 1)) }, totalEpochs: 20, stepsPerEpoch: 1, running: true, timing: { elapsed: 40, perEpoch: 10 } });
  const element = document.createElement('div');
  const render = (record: RunRecord): void => {
    document.body.append(element);
    const payload: unknown = JSON.parse(JSON.stringify(encodeLossView(lossView([record], { live: 'view-1' }))));
    void api.renderOutputItem({ id: 'one', json: () => payload } as OutputItem, element, new AbortController().signal);
  };
  const tell = (record: RunRecord, from = AT_START): void => receive({ type: 'comm_msg', id: posted[0]!.id, data: JSON.parse(JSON.stringify(livePoints(record, new RunTracker().see(record), 1, from).message)) as unknown });
  const stop = (): HTMLButtonElement => [...element.querySelectorAll('button')].find(({ textContent }) => textContent?.startsWith('Stop'))!;
  const label = (): string => element.querySelector('[role=figure]')!.getAttribute('aria-label')!;

  it('opens its kernel’s channel, follows, and shows progress', () => {
    render(running(0));
    expect(posted).toMatchObject([{ type: 'comm_open', data: { view: 'view-1' } }]);
    tell(running(2));
    tell(running(5), { training: 2, validation: 0, steps: 0 });
    expect(label()).toBe('Training, epoch 5 of 20: loss fell from 1 to 0.2 over 5 epochs.');
    const bar = element.querySelector('progress')!;
    expect([bar.value, bar.max, bar.getAttribute('aria-valuetext')]).toEqual([5, 20, 'epoch 5/20 · 10 s/epoch · about 3 min left']);
  });

  it('says milestones, not every tick', () => {
    render(running(0));
    const said = (): string | null => [...element.querySelectorAll('[role=status]')].at(-1)!.textContent;
    tell(running(1));
    expect(said()).toBe('');
    tell(running(2), { training: 1, validation: 0, steps: 0 });
    expect(said()).toMatch(/^10 % done, epoch 2 of 20/);
    tell(running(3), { training: 2, validation: 0, steps: 0 });
    expect(said()).toMatch(/^10 % done/);
  });

  it('asks for everything after a gap', () => {
    render(running(0));
    tell(running(5), { training: 3, validation: 0, steps: 0 });
    expect(posted.at(-1)).toMatchObject({ type: 'comm_msg', data: { type: 'all' } });
    expect(label()).toMatch(/has no value yet/);
  });

  it('stops on request, once', () => {
    render(running(0));
    expect(stop().style.display).toBe('none');
    tell(running(1));
    expect(stop().style.display).not.toBe('none');
    stop().click();
    expect(posted.at(-1)).toMatchObject({ type: 'comm_msg', data: { type: 'stop' } });
    expect([stop().disabled, stop().textContent]).toEqual([true, 'Stopping…']);
  });

  it('says that a training of a kernel that has gone does not run', () => {
    render(running(3));
    receive({ type: 'comm_close', id: posted[0]!.id, data: {} });
    expect(element.querySelector('progress')!.parentElement!.textContent).toMatch(/not running any more/);
    expect(stop().style.display).toBe('none');
  });

  it('takes the last state from the output', () => {
    render(running(0));
    tell(running(5));
    render({ ...running(5), running: false, stoppedBy: 'abort' });
    expect(posted.filter(({ type }) => type === 'comm_open')).toHaveLength(1);
    expect(label()).toMatch(/stopped on request\.$/);
    expect((element.querySelector('progress')!.parentElement!).style.display).toBe('none');
  });

  it.each([null, { type: 'points', version: 9 }, { type: 'points', version: 1, from: 5 }])('leaves %j out', (data) => {
    render(running(2));
    receive({ type: 'comm_msg', id: posted[0]!.id, data });
    expect(label()).toMatch(/^Training, epoch 2 of 20/);
  });
});
