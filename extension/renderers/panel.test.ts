// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { recordCanvases, setTheme } from '../../test/support/canvas.js';
import { maskOf } from '../../test/support/masks.js';
import type { Look, NetLook } from '../../kernel/model/look/look.js';
import { matrixLook } from '../../kernel/model/look/matrix-look.js';
import type { PanelPage, Standing } from '../../kernel/model/look/panel-page.js';

const posted: unknown[] = [];
beforeEach(async () => {
  document.body.replaceChildren();
  setTheme('vscode-light');
  recordCanvases();
  posted.length = 0;
  vi.stubGlobal('acquireVsCodeApi', () => ({ postMessage: (message: unknown) => posted.push(message) }));
  vi.resetModules();
  await import('./panel.js');
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

const receive = (data: unknown): void => void window.dispatchEvent(new MessageEvent('message', { data }));
const page = (look: Look | undefined, standing: Standing = 'current', words = 'Follows the variable.'): PanelPage => ({ type: 'panel', title: 'wiring', standing, words, ...(look === undefined ? {} : { look }) });
const lookOf = (...rows: string[]): Look => ({ matrix: matrixLook(maskOf(...rows), { what: 'a Mask' }) });
const net: NetLook = {
  what: 'a Sequential of 3 layers',
  layers: [{ key: '0 a', label: 'a: MaskedDense, 2 × 2' }, { key: '1 b', label: 'b: Dense, 2 × 1' }],
  layer: '0 a',
  report: { inputs: 2, outputs: 1, layers: [{ name: 'a', inputs: 2, outputs: 2, nnz: 2, density: 0.5, params: 4, denseParams: 6 }], deadInputs: { count: 1, first: ['1'] }, deadUnits: { count: 100, first: ['a: 0', 'a: 1'] }, unreachableOutputs: { count: 0, first: [] } },
};
const views = (): (string | undefined)[] => [...document.querySelectorAll<HTMLElement>('[data-patchbay-view]')].map(({ dataset }) => dataset.patchbayView);
const rows = (): string[] => [...document.querySelectorAll('tbody tr')].map((row) => [...row.children].map(({ textContent }) => textContent).join('|'));
const visible = (text: string): boolean => [...document.querySelectorAll('button')].some((button) => button.textContent === text && !button.hidden);

describe('the page', () => {
  it('asks once it listens, and can save nothing before something is drawn', () => {
    expect(posted).toEqual([{ type: 'ready' }]);
    receive(page(undefined, 'asking', 'The kernel is being asked.'));
    expect(document.querySelector('[role=status]')?.textContent).toBe('The kernel is being asked.');
    expect([visible('Refresh'), visible('Save As…')]).toEqual([true, false]);
    receive(page(lookOf('X.', '.X')));
    expect([visible('Save As…'), views()]).toEqual([true, ['mask']]);
  });

  it('draws in place what is of the same kind', () => {
    receive(page(lookOf('X.', '.X')));
    const first = document.querySelector('canvas');
    receive(page(lookOf('XX')));
    expect(document.querySelector('canvas')).toBe(first);
    receive(page({ matrix: matrixLook(maskOf('X.', '.X'), { what: 'a MaskedDense layer', note: 'Not built.' }, Float32Array.of(1, 2)) }));
    expect(views()).toEqual(['kernel']);
    expect(document.querySelector('.note')?.textContent).toBe('Drawn is a MaskedDense layer. Not built.');
  });

  it('states the numbers of a matrix, and its degrees', () => {
    receive(page(lookOf('XX.', '...')));
    expect(rows()).toEqual([
      'Shape|2 inputs × 3 outputs', 'Connections|2 of 6', 'Density|33.3 %', 'Inputs of each output|min 0, median 1, max 1', 'Outputs of each input|min 0, median 0, max 2', 'Dead inputs|1 (1)', 'Unreachable outputs|1 (2)',
      '0|1|', '1|2|',
      '0|1|', '1|0|', '2|1|',
    ]);
  });

  it('of a net offers the layers, and states what is dead in the whole', () => {
    receive(page({ ...lookOf('X.', '.X'), net }));
    const select = document.querySelector('select');
    expect([...(select?.options ?? [])].map(({ textContent }) => textContent)).toEqual(['a: MaskedDense, 2 × 2', 'b: Dense, 2 × 1']);
    expect(rows().slice(-4)).toEqual(['Dead inputs|1 (1)', 'Dead hidden units|100 (a: 0, a: 1, …)', 'Unreachable outputs|none', 'a|2|2|2|50.0 %|4|6']);
    if (select !== null) select.value = '1 b';
    select?.dispatchEvent(new Event('change'));
    expect(posted.at(-1)).toEqual({ type: 'choose', layer: '1 b' });
  });

  it('of a net that is not analysed says why', () => {
    const { report: _, ...rest } = net;
    receive(page({ ...lookOf('X'), net: { ...rest, reportProblem: 'The whole net is not analysed: layer lstm is not known.' } }));
    expect(document.body.textContent).toContain('The whole net is not analysed: layer lstm is not known.');
  });

  it('keeps what was drawn when the value is gone, and marks it', () => {
    receive(page(lookOf('X.', '.X')));
    receive(page(lookOf('X.', '.X'), 'noMask', '`wiring` is a string, not a mask.'));
    expect(document.querySelector<HTMLElement>('[role=status]')?.dataset.standing).toBe('noMask');
    expect(document.querySelector('main')?.className).toBe('outdated');
    expect(views()).toEqual(['mask']);
  });

  it('leaves tables as they are when nothing in them changed, so that focus stays', () => {
    receive(page({ ...lookOf('X.', '.X'), net }));
    const [table, option] = [document.querySelector('table'), document.querySelector('option')];
    receive(page({ ...lookOf('X.', '.X'), net }));
    expect([document.querySelector('table'), document.querySelector('option')]).toEqual([table, option]);
    expect(document.querySelector('table')).toBe(table);
  });

  it('asks for what its buttons say', () => {
    receive(page(lookOf('X')));
    for (const button of document.querySelectorAll('button')) button.click();
    expect(posted.slice(1)).toEqual(expect.arrayContaining([{ type: 'refresh' }, { type: 'save' }]));
  });

  it('shows names as text, whatever stands in them', () => {
    receive({ ...page(lookOf('X')), title: '<img src=x onerror=alert(1)>', words: '<b>bold</b>' });
    expect(document.querySelector('img, b')).toBeNull();
    expect(document.querySelector('h1')?.textContent).toBe('<img src=x onerror=alert(1)>');
  });

  it.each([null, 'panel', { type: 'other' }])('ignores %j', (message) => {
    receive(message);
    expect(document.querySelector('h1')?.textContent).toBe('');
  });
});
