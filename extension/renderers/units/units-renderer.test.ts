// @vitest-environment happy-dom
import type { OutputItem, RendererApi } from 'vscode-notebook-renderer';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { recordCanvases, setTheme } from '../../../test/support/canvas.js';
import { fullMask, maskOf } from '../../../test/support/masks.js';
import { encodeBoundaryView } from '../../../kernel/model/views/boundary/boundary-payload.js';
import type { BoundaryView } from '../../../kernel/model/views/boundary/boundary-view.js';
import { connectionsKey } from '../../../kernel/model/views/connections-key.js';
import { degreesView, encodeDegreesView } from '../../../kernel/model/views/degrees/degrees-view.js';
import { encodeNetworkView } from '../../../kernel/model/views/network/network-payload.js';
import type { NetworkView } from '../../../kernel/model/views/network/network-view.js';
import { csvText } from '../../../kernel/model/views/csv.js';
import { activate as activateBoundary } from '../boundary.js';
import { activate as activateDegrees } from '../degrees.js';
import { activate as activateNetwork } from '../network.js';
import { hover, onSelection, selectionOf } from '../selection.js';

const first = maskOf('XX.', 'X.X');
const second = maskOf('X', 'X', 'X');
const net: NetworkView = {
  view: 'network',
  version: 1,
  groups: [{ name: 'inputs', units: 2, names: ['<b>x</b>', 'y'] }, { name: 'hidden', units: 3, bias: Float32Array.of(0.5, 0, 0) }, { name: 'out', units: 1 }],
  links: [
    { from: 0, to: 1, layer: connectionsKey(first), rowOffset: 0, nnz: 4, mask: first, values: Float32Array.of(1, -2, 0.5, 0) },
    { from: 1, to: 2, layer: connectionsKey(second), rowOffset: 0, nnz: 3, mask: second, values: Float32Array.of(1, 1, 1) },
  ],
  pins: [],
  opaque: [],
};
const plane: BoundaryView = {
  view: 'boundary',
  version: 1,
  serves: 'display-1',
  x: { min: 0, max: 1 },
  y: { min: 0, max: 1 },
  axisNames: ['x', 'y'],
  maps: [{ layer: 'out', unit: 0, side: 10, threshold: 0.5, values: Float32Array.from({ length: 100 }, (_, cell) => (cell % 10) / 9) }, { layer: 'hidden', unit: 2, side: 10, threshold: 0, values: new Float32Array(100).fill(-1) }],
  outputs: 1,
  unmapped: 0,
  classNames: ['0', '1'],
  points: { x: Float32Array.of(0.2), y: Float32Array.of(0.5), classes: Uint32Array.of(0), total: 1 },
  connections: [{ layer: 'hidden', key: 'hidden', link: connectionsKey(first), row: 0, column: 1, weight: -2 }],
  moreConnections: 0,
};

type Message = Record<string, unknown>;
let sent: Message[];
let receive: (message: unknown) => void;
const apis: RendererApi[] = [];
beforeEach(() => {
  document.body.replaceChildren();
  setTheme('vscode-light');
  recordCanvases();
  sent = [];
});
afterEach(() => {
  for (const api of apis.splice(0)) api.disposeOutputItem?.();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

const messaging = { postMessage: (message: unknown) => void sent.push(message as Message), onDidReceiveMessage: (listener: (message: unknown) => void) => ((receive = listener), { dispose: () => undefined }) };

function render(activate: typeof activateNetwork, payload: unknown, context: object = {}): { element: HTMLElement; again: (payload: unknown) => void } {
  const api = activate(context as never) as RendererApi;
  apis.push(api);
  const element = document.createElement('div');
  document.body.append(element);
  const again = (next: unknown): void => void api.renderOutputItem({ id: 'o', json: () => JSON.parse(JSON.stringify(next)) as unknown } as OutputItem, element, new AbortController().signal);
  again(payload);
  return { element, again };
}
const root = (element: HTMLElement): HTMLElement => element.querySelector('[data-patchbay-view]')!;
const readout = (element: HTMLElement): string => element.querySelector('[role=status]')!.textContent;
const press = (element: HTMLElement, key: string, target: HTMLElement = root(element)): boolean => {
  const outside = vi.fn();
  document.body.addEventListener('keydown', outside);
  target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  document.body.removeEventListener('keydown', outside);
  return outside.mock.calls.length > 0;
};
const click = (element: HTMLElement, text: string): void => [...element.querySelectorAll('button')].find((button) => button.textContent === text)!.click();
const lines = (element: HTMLElement): string[] => [...element.querySelectorAll('svg[viewBox] path')].filter((path) => path.getAttribute('stroke') !== 'transparent' && path.hasAttribute('opacity')).map((path) => path.getAttribute('opacity')!);
const choose = (element: HTMLElement, label: string, value: string): void => {
  const select = [...element.querySelectorAll('label')].find((each) => each.textContent.startsWith(label))!.querySelector('select')!;
  select.value = value;
  select.dispatchEvent(new Event('change'));
};

describe.each([
  ['network', activateNetwork, encodeNetworkView(net), /^Network: inputs \(2 units\) → hidden \(3\) → out \(1\), 7 connections\./],
  ['degrees', activateDegrees, encodeDegreesView(degreesView(first)), /^Degrees: 2 inputs × 3 outputs, 4 of 6 connected/],
  ['boundary', activateBoundary, encodeBoundaryView(plane), /^Decision boundary, x from 0 to 1/],
] as const)('the renderer of %s', (name, activate, payload, sentence) => {
  it('draws a figure that is read as a sentence, in every theme, also after a change', () => {
    vi.stubGlobal('requestAnimationFrame', (callback: () => void) => (callback(), 0));
    const { element } = render(activate, payload);
    expect([root(element).getAttribute('role'), root(element).tabIndex, root(element).dataset['drawn'], root(element).dataset['patchbayView']]).toEqual(['figure', 0, 'true', name]);
    expect(root(element).getAttribute('aria-label')).toMatch(sentence);
    expect(element.querySelectorAll('svg:not([aria-hidden=true])').length).toBe(0);
  });

  it('has its numbers as a table, and updates in place', () => {
    const { element, again } = render(activate, payload);
    const before = root(element);
    click(element, 'View as table');
    expect(element.querySelector('table caption')).not.toBe(null);
    expect(element.querySelectorAll('table tr').length).toBeGreaterThan(1);
    again(payload);
    expect([root(element) === before, element.querySelectorAll('table').length]).toEqual([true, 1]);
    click(element, 'Hide table');
    expect(element.querySelector('table')).toBe(null);
  });

  it('saves what is clicked, from inside of the output', async () => {
    const names: string[] = [];
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
      expect(root(element).contains(this)).toBe(true);
      names.push(this.download);
    });
    const { element } = render(activate, payload);
    click(element, 'SVG');
    click(element, 'CSV');
    await Promise.resolve();
    expect(names).toEqual([`${name}.svg`, `${name}.csv`]);
  });

  it('keeps its keys from the notebook, and no others', () => {
    const { element } = render(activate, payload);
    expect(press(element, 'a')).toBe(true);
    expect(press(element, 'ArrowRight')).toBe(false);
    expect(readout(element)).not.toBe('');
    expect(press(element, 'Escape')).toBe(false);
    expect(readout(element)).toBe('');
    expect(press(element, 'Escape')).toBe(true);
    expect(press(element, 'ArrowDown', element.querySelector('select') ?? element.querySelector('button')!)).toBe(false);
  });

  it.each<[string, unknown]>([['of an unknown version', { ...payload, version: 77 }], ['of no form', [1, 2]], ['that is null', null], ['of a cut payload', { version: 1 }]])('says what is wrong with a payload %s', (_, bad) => {
    const { element } = render(activate, bad);
    expect(element.querySelector('[data-patchbay-problem]')!.textContent).toMatch(/cannot be drawn/);
  });
});

describe('a network', () => {
  it('lights what a unit is connected to, and dims the rest', () => {
    const { element } = render(activateNetwork, encodeNetworkView(net));
    expect(lines(element)).toEqual(Array.from({ length: 7 }, () => '1'));
    for (const key of ['ArrowRight', 'ArrowRight']) press(element, key);
    expect(readout(element)).toMatch(/^hidden \d · \d connections? in, 1 out · bias [\d.]+ · on \d of 4 paths from inputs to outputs$/);
    const lit = lines(element).filter((opacity) => opacity === '1').length;
    expect(lit).toBeGreaterThan(0);
    expect(lit).toBeLessThan(7);
  });

  it('shares what is pointed at with the matrix of the same layer, both ways', () => {
    const { element } = render(activateNetwork, encodeNetworkView(net));
    const layer = connectionsKey(first);
    press(element, 'ArrowRight');
    expect(selectionOf(layer).hover).toEqual({ layer, row: 0 });
    press(element, 'Enter');
    expect(selectionOf(layer).pins).toEqual([{ layer, row: 0 }]);
    press(element, 'Escape');
    press(element, 'Escape');
    expect(selectionOf(layer).pins).toEqual([]);
    hover(layer, { row: 1, column: 2 }, {});
    expect(lines(element).filter((opacity) => opacity === '1')).toHaveLength(1);
    hover(layer, undefined, {});
    expect(lines(element).filter((opacity) => opacity === '1')).toHaveLength(7);
  });

  it('draws names as text, and connections that are missing when they are wanted', () => {
    const { element } = render(activateNetwork, encodeNetworkView(net));
    expect(element.querySelector('b')).toBe(null);
    expect(element.textContent).toContain('<b>x</b>');
    const before = element.querySelectorAll('svg[viewBox] path').length;
    const box = element.querySelector<HTMLInputElement>('input[type=checkbox]')!;
    box.checked = true;
    box.dispatchEvent(new Event('change'));
    expect(element.querySelectorAll('svg[viewBox] path').length).toBe(before + 1);
  });

  it('of many units goes to the one that is chosen', () => {
    const large: NetworkView = { ...net, groups: [{ name: 'inputs', units: 60 }, { name: 'wide', units: 40 }], links: [{ from: 0, to: 1, rowOffset: 0, nnz: 2400, mask: fullMask(60, 40), values: new Float32Array(2400).fill(0.1) }] };
    const { element } = render(activateNetwork, encodeNetworkView(large));
    expect(element.textContent).toContain('+48 more');
    choose(element, 'unit', '1/17');
    expect(element.querySelector('[data-unit="1/17"]')).not.toBe(null);
    expect(readout(element)).toMatch(/^pinned: wide 17 · 60 connections in, 0 out/);
  });
});

describe('degrees', () => {
  it('pin the units of a bar in the views of the same mask', () => {
    const { element } = render(activateDegrees, encodeDegreesView(degreesView(first)));
    const layer = connectionsKey(first);
    press(element, 'ArrowRight');
    expect(readout(element)).toMatch(/^2 outputs with 1 input \(at random 1\.3\): 1, 2$/);
    press(element, 'Enter');
    expect(selectionOf(layer).pins).toEqual([{ layer, column: 1 }, { layer, column: 2 }]);
    press(element, 'Escape');
    expect(readout(element)).toMatch(/^pinned: 2 outputs/);
    press(element, 'Escape');
    expect(selectionOf(layer).pins).toEqual([]);
  });
});

describe('a boundary', () => {
  const opened = () => sent.find(({ type }) => type === 'comm_open') as { id: string; target: string; data: unknown };

  it('asks the kernel what a connection does, shows the answer, and comes back', () => {
    const { element } = render(activateBoundary, encodeBoundaryView(plane), messaging);
    choose(element, 'without connection', '0');
    expect(opened().data).toEqual({ view: 'display-1' });
    expect(sent.at(-1)).toMatchObject({ type: 'comm_msg', data: { cut: { layer: 'hidden', key: 'hidden', row: 0, column: 1 } } });
    receive({ type: 'comm_msg', id: opened().id, data: { boundary: JSON.parse(JSON.stringify(encodeBoundaryView({ ...plane, cut: { layer: 'hidden', key: 'hidden', row: 0, column: 1 } }))) } });
    expect(root(element).getAttribute('aria-label')).toMatch(/^Decision boundary without the connection hidden: 0 → 1,/);
    choose(element, 'without connection', '');
    expect(root(element).getAttribute('aria-label')).toMatch(/^Decision boundary, x/);
  });

  it('cuts the connection that is pointed at in another view, for as long', () => {
    const { element } = render(activateBoundary, encodeBoundaryView(plane), messaging);
    const end = onSelection(connectionsKey(first), () => undefined);
    hover(connectionsKey(first), { row: 0, column: 1 }, {});
    expect(sent.at(-1)).toMatchObject({ data: { cut: { row: 0, column: 1 } } });
    hover(connectionsKey(first), undefined, {});
    receive({ type: 'comm_msg', id: opened().id, data: { boundary: encodeBoundaryView({ ...plane, cut: { layer: 'hidden', key: 'hidden', row: 0, column: 1 } }) } });
    expect(root(element).getAttribute('aria-label')).toMatch(/^Decision boundary, x/);
    end();
  });

  it('without a kernel says so', () => {
    const { element } = render(activateBoundary, encodeBoundaryView(plane));
    choose(element, 'without connection', '0');
    expect(element.textContent).toContain('No kernel answers: run the cell again to cut connections.');
    const other = render(activateBoundary, encodeBoundaryView(plane), messaging);
    choose(other.element, 'without connection', '0');
    receive({ type: 'comm_close', id: (sent.findLast(({ type }) => type === 'comm_open') as { id: string }).id, data: {} });
    expect(other.element.textContent).toContain('No kernel answers');
  });

  it('shows one unit', () => {
    const { element } = render(activateBoundary, encodeBoundaryView(plane));
    choose(element, 'show', '1');
    for (const key of ['ArrowUp', 'ArrowUp']) press(element, key);
    expect(readout(element)).toBe('(0.55, 0.55): hidden 2 = −1');
  });
});

it('a file of commas quotes, and starts no formula', () => {
  expect(csvText([['a', 'b,c'], ['=1+1', 'say "hi"'], [-1, '−2']])).toBe('a,"b,c"\r\n\'=1+1,"say ""hi"""\r\n-1,−2\r\n');
});
