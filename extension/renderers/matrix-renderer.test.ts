// @vitest-environment happy-dom
import type { OutputItem, RendererApi } from 'vscode-notebook-renderer';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { recordCanvases, setTheme, setWidth, type Call } from '../../test/support/canvas.js';
import { fullMask, maskOf, sparseMask } from '../../test/support/masks.js';
import { encodeKernelView, kernelView } from '../../kernel/model/views/kernel-view.js';
import { encodeMaskView, maskView } from '../../kernel/model/views/mask-view.js';
import { kernelDrawer, maskDrawer } from './drawers.js';
import { notebookRenderer } from './notebook-renderer.js';

let calls: Call[];
let mask: RendererApi;
let kernel: RendererApi;
beforeEach(() => {
  document.body.replaceChildren();
  setTheme('vscode-light');
  calls = recordCanvases();
  mask = notebookRenderer(maskDrawer);
  kernel = notebookRenderer(kernelDrawer);
});
afterEach(() => {
  for (const api of [mask, kernel]) api.disposeOutputItem?.();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

const item = (payload: unknown, id = 'output-1'): OutputItem => ({ id, json: () => JSON.parse(JSON.stringify(payload)) as unknown }) as OutputItem;
function render(api: RendererApi, payload: unknown, id?: string, element: HTMLElement = document.createElement('div')): HTMLElement {
  document.body.append(element);
  void api.renderOutputItem(item(payload, id), element, new AbortController().signal);
  return element;
}
const root = (element: HTMLElement): HTMLElement => element.querySelector('[data-patchbay-view]')!;
const readout = (element: HTMLElement): string => element.querySelector('[data-patchbay-readout]')!.textContent;
/** What is seen: controls that do not apply are in the page, and hidden. */
const seen = (element: HTMLElement): string => {
  const copy = element.cloneNode(true) as HTMLElement;
  for (const part of copy.querySelectorAll('[role=toolbar], [role=grid], canvas')) part.remove();
  return copy.textContent;
};
const press = (element: HTMLElement, key: string): KeyboardEvent => {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true });
  root(element).dispatchEvent(event);
  return event;
};
const texts = (): unknown[] => calls.filter(({ name }) => name === 'fillText').map(({ args }) => args[0]);

const A = maskOf('X.', '.X', 'XX');
const payload = encodeMaskView(maskView(A, { title: 'A' }));
const weights = encodeKernelView(kernelView(A, Float32Array.of(0.5, 0, -0.382, NaN), { layer: 'wired' }));

describe('the renderer of masks', () => {
  it('draws a figure: sentence, canvas, legend', () => {
    const element = render(mask, payload);
    const figure = root(element);
    expect(figure.dataset).toMatchObject({ patchbayView: 'mask', drawn: 'true' });
    expect([figure.getAttribute('role'), figure.tabIndex]).toEqual(['figure', 0]);
    expect(figure.getAttribute('aria-label')).toBe('Connection mask “A”, 3 inputs × 2 outputs: 4 of 6 connected (66.7 %). Inputs per output: 2 each.');
    expect(element.querySelectorAll('[role=grid] canvas')).toHaveLength(2);
    expect(seen(element)).toBe('A4 of 6 connected (66.7 %)connected (4)no connection (2)Cells of 40 px. Inputs per output: 2 each; outputs per input: min 1, median 1, max 2.');
    expect(texts()).toEqual(expect.arrayContaining(['2 outputs →', '← 3 inputs', '2']));
  });

  it('draws cells without smoothing, hatch below and lines above them', () => {
    const canvas = root(render(mask, payload)).querySelector('canvas')!;
    const order = calls.map(({ name }) => name).filter((name) => ['fillRect', 'stroke', 'drawImage'].includes(name));
    // The ground of missing connections, its hatch, the cells, and lines between three rows and two columns.
    expect(order.slice(0, 6)).toEqual(['fillRect', 'stroke', 'drawImage', 'fillRect', 'fillRect', 'fillRect']);
    expect((canvas.getContext('2d') as CanvasRenderingContext2D).imageSmoothingEnabled).toBe(false);
    const raster = calls.find(({ name }) => name === 'putImageData')!.args[0] as ImageData;
    expect([raster.width, raster.height]).toEqual([2, 3]);
  });

  it('draws in device pixels', () => {
    vi.stubGlobal('devicePixelRatio', 2);
    const canvas = root(render(mask, payload)).querySelector('canvas')!;
    expect(Number.parseFloat(canvas.style.width) * 2).toBe(canvas.width);
    expect(calls.find(({ name }) => name === 'drawImage')!.args.slice(3)).toEqual([160, 240]);
  });

  it('draws what has no width yet when it has', () => {
    let width = 0;
    setWidth(() => width);
    const observed: ResizeObserverCallback[] = [];
    vi.stubGlobal('ResizeObserver', class { constructor(callback: ResizeObserverCallback) { observed.push(callback); } observe(): void {} disconnect(): void {} });
    const element = render(mask, payload);
    expect(root(element).dataset.drawn).toBeUndefined();
    width = 500;
    observed[0]!([], {} as ResizeObserver);
    expect(root(element).dataset.drawn).toBe('true');
  });

  it('updates the same output in place', () => {
    const element = render(mask, payload);
    const before = root(element);
    render(mask, encodeMaskView(maskView(fullMask(4, 4))), 'output-1', element);
    expect(root(element)).toBe(before);
    expect(before.getAttribute('aria-label')).toMatch(/^Connection mask, 4 inputs/);
    expect(element.textContent).not.toContain('no connection');
  });

  it('starts anew in another element, or when the page was cleared', () => {
    const first = render(mask, payload);
    const second = render(mask, payload);
    expect([first.childElementCount, second.childElementCount]).toEqual([0, 1]);
    second.replaceChildren();
    render(mask, payload, 'output-1', second);
    expect(root(second).dataset.drawn).toBe('true');
  });

  it('disposes of one output, or of all', () => {
    const elements = ['a', 'b', 'c'].map((id) => render(mask, payload, id));
    mask.disposeOutputItem?.('b');
    expect(elements.map(({ childElementCount }) => childElementCount)).toEqual([1, 0, 1]);
    mask.disposeOutputItem?.();
    expect(elements.map(({ childElementCount }) => childElementCount)).toEqual([0, 0, 0]);
  });

  it('says what a tile is, and which units have no connection', () => {
    expect(render(mask, encodeMaskView(maskView(sparseMask(4000, 4000, 20)))).textContent).toMatch(/Density, 1 px = \d+×\d+ cells; colour is the number of connections\./);
    expect(render(mask, encodeMaskView(maskView(maskOf('X..', 'X..')))).textContent).toContain('2 outputs without inputs (1, 2).');
  });
});

describe('the readout', () => {
  it('follows the pointer', () => {
    const element = render(kernel, weights);
    const canvas = element.querySelector('canvas')!;
    const image = calls.find(({ name }) => name === 'drawImage')!.args as [unknown, number, number, number, number];
    const point = (column: number, row: number): void =>
      void canvas.dispatchEvent(new PointerEvent('pointermove', { clientX: image[1] + 40 * column + 20, clientY: image[2] + 40 * row + 20 }));
    point(0, 2);
    expect(readout(element)).toBe('in 2 → out 0 · w = −0.382');
    point(1, 0);
    expect(readout(element)).toBe('in 0 → out 1 · not connected');
    canvas.dispatchEvent(new PointerEvent('pointerleave'));
    expect(readout(element)).toBe('');
  });

  it('follows the arrow keys, which stay away from the notebook', () => {
    const element = render(kernel, weights);
    const seen = vi.fn();
    element.addEventListener('keydown', seen);
    expect(press(element, 'ArrowRight').defaultPrevented).toBe(true);
    expect(readout(element)).toBe('in 0 → out 0 · w = 0.5');
    for (const [key, text] of [['ArrowRight', 'in 0 → out 1 · not connected'], ['ArrowDown', 'in 1 → out 1 · w = 0'], ['End', 'in 1 → out 1 · w = 0'], ['ArrowDown', 'in 2 → out 1 · w = NaN'], ['ArrowDown', 'in 2 → out 1 · w = NaN'], ['Home', 'in 2 → out 0 · w = −0.382'], ['PageUp', 'in 0 → out 0 · w = 0.5'], ['Escape', '']] as const) {
      press(element, key);
      expect(readout(element)).toBe(text);
    }
    expect(seen).not.toHaveBeenCalled();
    expect(press(element, 'Escape').defaultPrevented).toBe(false);
    expect(press(element, 'a').defaultPrevented).toBe(false);
    expect(seen).toHaveBeenCalledTimes(2);
  });
});

describe('the renderer of kernels', () => {
  it('tells apart: weight, weight of 0, no connection, NaN', () => {
    const element = render(kernel, weights);
    expect(seen(element)).toMatch(/^Kernel of wired4 of 6 connected \(66\.7 %\)−0\.500\.5weightno connection \(2\)weight = 0 \(1\)×NaN or infinite \(1\)/);
    expect(texts()).toEqual(expect.arrayContaining(['0.5', '−0.38']));
    expect(calls.some(({ name }) => name === 'arc')).toBe(true);
  });
});

describe('themes', () => {
  const fills = (): unknown[] => calls.filter(({ name }) => name === 'fillRect').map(({ fill }) => fill);

  it('are followed while the view is open', async () => {
    const element = render(mask, payload);
    expect(fills()[0]).toBe('#e3e6ea');
    calls.length = 0;
    setTheme('vscode-dark', { '--vscode-editor-background': '#002b36', '--vscode-editor-foreground': '#eee8d5' });
    await vi.waitFor(() => expect(fills()[0]).toBe('#002b36'));
    expect(root(element).style.color).toBe('#eee8d5');
  });

  it('of high contrast have borders', () => {
    setTheme('vscode-high-contrast');
    expect(root(render(mask, payload, 'hc')).style.border).toContain('#ffffff');
    setTheme('vscode-light');
    expect(root(render(mask, payload, 'light')).style.border).toContain('transparent');
  });

  it('that cannot be read are not followed', () => {
    setTheme('vscode-light', { '--vscode-editor-background': '#777777', '--vscode-editor-foreground': '#787878' });
    expect(root(render(mask, payload)).style.color).toBe('#1f2328');
  });
});

describe('a payload of anybody', () => {
  it.each<[string, unknown, RegExp]>([
    ['another version', { ...payload, version: 99 }, /its version is 99/],
    ['another shape', [1, 2, 3], /expected an object/],
    ['no NaN', { ...payload, nnz: null }, /"nnz" is null/],
    ['10⁹ rows', { ...payload, inputs: 1e9 }, /"inputs" is 1000000000/],
    ['markup in a field', { ...payload, inputs: '<img src=x onerror=alert(1)>' }, /"inputs" is "<img/],
  ])('with %s is a sentence', (_, bad, message) => {
    const element = render(mask, bad);
    expect(element.textContent).toMatch(message);
    expect(element.querySelectorAll('img, script, canvas')).toHaveLength(0);
    expect(element.firstElementChild!.getAttribute('role')).toBe('note');
  });

  it('that is no JSON is a sentence', () => {
    const element = document.createElement('div');
    const broken = { id: 'x', json: () => JSON.parse('{') as unknown } as OutputItem;
    expect(() => void mask.renderOutputItem(broken, element, new AbortController().signal)).not.toThrow();
    expect(element.textContent).toMatch(/^This view cannot be drawn: /);
  });

  it('in place of a view takes its place, and a good one takes it back', () => {
    const element = render(mask, payload);
    render(mask, { ...payload, version: 2 }, 'output-1', element);
    expect(element.querySelector('canvas')).toBeNull();
    render(mask, payload, 'output-1', element);
    expect(root(element).dataset.drawn).toBe('true');
  });

  it('has names and titles that stay text', () => {
    const html = '<img src=x onerror="window.hacked = true"><script>1</script>';
    const element = render(mask, encodeMaskView(maskView(fullMask(1, 1), { title: html, names: { inputs: [html] } })));
    press(element, 'ArrowDown');
    expect(element.querySelectorAll('img, script')).toHaveLength(0);
    expect(element.textContent).toContain('<img src=x');
  });
});
