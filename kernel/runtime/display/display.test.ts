import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { installHost, RecordingHost, removeHost } from '../../../test/support/host.js';
import { clearOutput, display, DISPLAY_METHOD, input, progress, updateDisplay } from './index.js';
import { formatSeconds, progressLine } from './progress.js';

describe('in a kernel', () => {
  let host: RecordingHost;
  beforeEach(() => installHost((host = new RecordingHost())));
  afterEach(removeHost);

  it('display shows a value and updates it in place', () => {
    const handle = display({ a: 1 });
    handle.update('b');
    expect(host.shown.map(({ data, displayId, update }) => [data, displayId, update])).toEqual([
      [{ 'text/plain': '{ a: 1 }' }, handle.displayId, false],
      [{ 'text/plain': "'b'" }, handle.displayId, true],
    ]);
  });

  it('a handle as last expression shows nothing more', () => expect(display(1)[DISPLAY_METHOD]()).toEqual({}));

  it('display takes an id, and updateDisplay finds it', () => {
    expect(display(1, { displayId: 'mine' }).displayId).toBe('mine');
    updateDisplay({ 'text/html': '<i>2</i>' }, { displayId: 'mine' });
    expect(host.shown[1]).toMatchObject({ displayId: 'mine', update: true, data: { 'text/html': '<i>2</i>' } });
    expect(display(1).displayId).not.toBe(display(1).displayId);
  });

  it.each([
    [() => display.html('<b>x</b>'), { 'text/html': '<b>x</b>' }],
    [() => display.markdown('*x*'), { 'text/markdown': '*x*' }],
    [() => display.svg('<svg/>'), { 'image/svg+xml': '<svg/>' }],
    [() => display.latex('$x$'), { 'text/latex': '$x$' }],
    [() => display.text('x'), { 'text/plain': 'x' }],
    [() => display.png(Uint8Array.of(1, 2, 3)), { 'image/png': 'AQID' }],
    [() => display.png('AQID'), { 'image/png': 'AQID' }],
    [() => display.json({ a: [1] }), { 'application/json': { a: [1] }, 'text/plain': '{\n  "a": [\n    1\n  ]\n}' }],
  ])('%s', (call, data) => {
    call();
    expect(host.shown).toMatchObject([{ data }]);
  });

  it.each<[() => unknown, RegExp]>([
    // @ts-expect-error a wrong argument, as JavaScript can give it
    [() => display.html(5), /display\.html: text is 5, expected a string/],
    // @ts-expect-error a wrong argument
    [() => display.png({}), /display\.png: data is an Object, expected the bytes of a PNG file/],
    // @ts-expect-error a wrong argument
    [() => display(1, { displayId: 7 }), /display: displayId is 7/],
    [() => display(1, { displayId: '' }), /display: displayId is ""/],
    // @ts-expect-error a wrong argument
    [() => updateDisplay(1), /updateDisplay: displayId is undefined, expected the displayId of an earlier display/],
  ])('%s says what is wrong', (call, message) => expect(call).toThrow(message));

  it('shows a promised bundle when it is there', async () => {
    display({ [DISPLAY_METHOD]: async () => ({ 'text/plain': 'later' }) });
    expect(host.shown).toEqual([]);
    await vi.waitFor(() => expect(host.texts).toEqual(['later']));
  });

  it('clears and asks', async () => {
    clearOutput();
    clearOutput({ wait: true });
    expect(host.cleared).toEqual([false, true]);
    expect(await input('name? ', { password: true })).toBe('answer');
    expect(host.asked).toEqual([['name? ', true]]);
    // @ts-expect-error a wrong argument
    await expect(input(3)).rejects.toThrow('input: prompt is 3, expected a string');
  });

  describe('progress', () => {
    beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
    afterEach(() => void vi.useRealTimers());

    it('is one display, at most ten times a second, complete at the end', () => {
      const seen: number[] = [];
      for (const item of progress(Array.from({ length: 100 }, (_, k) => k), { label: 'rows' })) {
        seen.push(item);
        vi.advanceTimersByTime(20);
      }
      expect(seen).toHaveLength(100);
      expect(new Set(host.shown.map(({ displayId }) => displayId)).size).toBe(1);
      expect(host.shown.filter(({ update }) => update === false)).toHaveLength(1);
      // 2 s: the first state, one each 100 ms, and the end.
      expect(host.shown.length).toBe(22);
      expect(host.texts[0]).toBe('rows 0/100 ░░░░░░░░░░░░░░░░░░░░ 0 %');
      expect(host.texts.at(-1)).toBe('rows 100/100 ████████████████████ 100 % · 2.0 s');
    });

    it('says how far a loop came that was left', () => {
      for (const item of progress(new Set([1, 2, 3, 4]))) if (item === 3) break;
      expect(host.texts.at(-1)).toMatch(/^2\/4 █{10}░{10} 50 % · /);
      const failing = (): void => { for (const item of progress([1, 2])) throw new Error(`at ${item}`); };
      expect(failing).toThrow('at 1');
      expect(host.texts.at(-1)).toMatch(/^0\/2 /);
    });

    it('ends with an error after the item at which the user interrupts, and says how far it came', () => {
      const seen: number[] = [];
      const loop = (): void => {
        for (const item of progress([1, 2, 3, 4])) {
          seen.push(item);
          host.interruptRequested = item === 2;
        }
      };
      expect(loop).toThrow('interrupted');
      expect(seen).toEqual([1, 2]);
      expect(host.texts.at(-1)).toMatch(/^2\/4 /);
    });

    it('does not run before it is iterated', () => {
      progress([1, 2, 3]);
      expect(host.shown).toEqual([]);
    });

    it.each<[unknown, object, RegExp]>([
      [5, {}, /progress: iterable is 5, expected something that for … of takes/],
      [null, {}, /progress: iterable is null/],
      [[1], { total: -1 }, /progress: total is -1/],
      [[1], { total: 'many' }, /progress: total is "many"/],
    ])('refuses %j with %j', (iterable, options, message) => {
      // @ts-expect-error wrong arguments, as JavaScript can give them
      expect(() => progress(iterable, options)).toThrow(message);
    });
  });
});

describe('the line of a progress bar', () => {
  it.each([
    [{ done: 0, total: 8, label: undefined, seconds: 0, complete: false }, '0/8 ░░░░░░░░░░░░░░░░░░░░ 0 %'],
    [{ done: 37, total: 200, label: 'epochs', seconds: 48.1, complete: false }, 'epochs 37/200 ████░░░░░░░░░░░░░░░░ 19 % · 1.3 s each · about 3 min 32 s left'],
    [{ done: 1, total: 4, label: undefined, seconds: 1, complete: false }, '1/4 █████░░░░░░░░░░░░░░░ 25 %'],
    [{ done: 5, total: 4, label: undefined, seconds: 1, complete: true }, '5/4 ████████████████████ 100 % · 1.0 s'],
    [{ done: 5, total: undefined, label: 'items', seconds: 0.25, complete: false }, 'items 5 · 250 ms'],
    [{ done: 0, total: 0, label: undefined, seconds: 0, complete: true }, '0 · 0 ms'],
  ])('%j', (state, line) => expect(progressLine(state)).toBe(line));

  it.each([[0.0123, '12 ms'], [1.25, '1.3 s'], [59, '59.0 s'], [75, '1 min 15 s'], [3700, '1 h 2 min']])('%d s is %s', (seconds, text) => expect(formatSeconds(seconds)).toBe(text));
});

describe('in a plain script', () => {
  let printed: string[];
  beforeEach(() => {
    removeHost();
    printed = [];
    vi.spyOn(console, 'log').mockImplementation((line: string) => void printed.push(line));
  });
  afterEach(() => void vi.restoreAllMocks());

  it('prints what a console can show', () => {
    display({ a: 1 }).update('next');
    display({ 'text/html': '<b>', 'text/plain': 'plain' });
    display.markdown('# title');
    display.html('<b>x</b>');
    display.png('AQID');
    display({ 'application/json': { a: 1 } });
    display({ [DISPLAY_METHOD]: () => ({}) });
    expect(printed).toEqual(['{ a: 1 }', "'next'", 'plain', '# title', '<b>x</b>', '<image/png>', '{"a":1}']);
  });

  it('prints progress once, at its end', () => {
    for (const item of progress([1, 2], { label: 'x' })) expect(item).toBeGreaterThan(0);
    expect(printed).toHaveLength(process.stdout.isTTY ? 0 : 1);
    clearOutput();
  });
});
