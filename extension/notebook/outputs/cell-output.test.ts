import { describe, expect, it } from 'vitest';
import { bundleItems, displayOutput, errorOutput, resultOutput, streamOutput } from './cell-output.js';

describe('bundleItems', () => {
  it('puts views of ours first, then pictures, then text', () => {
    const items = bundleItems({ 'text/plain': 'a mask', 'image/png': 'iVBORw==', 'application/vnd.patchbay.mask+json': { version: 1 }, 'x/y': 'unknown' });
    expect(items.map(({ mime }) => mime)).toEqual(['application/vnd.patchbay.mask+json', 'image/png', 'text/plain', 'x/y']);
  });

  it.each([
    ['base64 of a picture is its bytes', 'image/png', 'iVBORw==', Uint8Array.of(0x89, 0x50, 0x4e, 0x47)],
    ['an SVG is text', 'image/svg+xml', '<svg/>', '<svg/>'],
    ['JSON is written out', 'application/json', { a: [1] }, '{"a":[1]}'],
    ['JSON of a string keeps its quotes', 'application/vnd.x+json', 'hi', '"hi"'],
    ['lines of text are joined', 'text/html', ['<b>', 'x</b>'], '<b>x</b>'],
    ['a value of a text type that is no text is shown as JSON', 'text/plain', { a: 1 }, '{"a":1}'],
    ['nothing is null in JSON', 'application/json', undefined, 'null'],
  ])('%s', (_name, mime, value, data) => {
    expect(bundleItems({ [mime]: value })).toEqual([{ mime, data }]);
  });
});

describe('outputs as VS Code saves them', () => {
  it('marks a display and keeps its id', () => {
    const content = { data: { 'text/plain': 'x' }, metadata: { 'image/png': { width: 10 } }, transient: { display_id: 'd1' } };
    expect(displayOutput(content).metadata).toEqual({ outputType: 'display_data', metadata: { 'image/png': { width: 10 } }, transient: { display_id: 'd1' } });
  });

  it('marks a result with its number', () => {
    expect(resultOutput({ data: { 'text/plain': '2' }, metadata: {}, execution_count: 4 })).toEqual({
      items: [{ mime: 'text/plain', data: '2' }],
      metadata: { outputType: 'execute_result', executionCount: 4, metadata: {} },
    });
  });

  it('marks a stream', () => {
    expect(streamOutput({ name: 'stderr', text: 'careful\n' })).toEqual({ items: [{ mime: 'application/vnd.code.notebook.stderr', data: 'careful\n' }], metadata: { outputType: 'stream' } });
  });

  it.each([
    ['the traceback is the stack', ['TypeError: x', '    at Cell 3, line 2'], 'TypeError: x\n    at Cell 3, line 2'],
    ['without a traceback name and message are', [], 'TypeError: no'],
  ])('%s', (_name, traceback, stack) => {
    const error = { ename: 'TypeError', evalue: 'no', traceback };
    const output = errorOutput(error);
    expect(JSON.parse(String(output.items[0]?.data))).toEqual({ name: 'TypeError', message: 'no', stack });
    expect(output.metadata).toEqual({ outputType: 'error', originalError: { output_type: 'error', ...error } });
  });
});
