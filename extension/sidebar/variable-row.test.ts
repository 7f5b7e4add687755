import { describe, expect, it } from 'vitest';
import { byteText, isShownInPanel, variableRow } from './variable-row.js';

const variable = (part: object) => ({ name: 'x', type: 'number', preview: '1', isMask: false, wiring: undefined, shape: undefined, bytes: undefined, ...part });

describe('variableRow', () => {
  it.each([
    [{}, 'number  1', 'x: number\n1', 'symbol-numeric'],
    [{ type: 'Tensor', shape: [3, 2], bytes: 24, preview: 'float32' }, 'Tensor 3×2  float32', 'x: Tensor 3×2, 24 bytes\nfloat32', 'symbol-variable'],
    [{ type: 'Float32Array', shape: [5], bytes: 20, preview: '[1, 2…]' }, 'Float32Array [5]  [1, 2…]', 'x: Float32Array [5], 20 bytes\n[1, 2…]', 'symbol-array'],
    [{ type: 'Tensor', shape: [], preview: '' }, 'Tensor []', 'x: Tensor []', 'symbol-variable'],
    [{ type: 'Mask', shape: [3, 2], preview: '3×2 mask', isMask: true, wiring: 'mask' }, 'Mask 3×2  3×2 mask', 'x: Mask 3×2\n3×2 mask', 'type-hierarchy'],
    [{ type: 'function', preview: '' }, 'function', 'x: function', 'symbol-function'],
  ])('%#', (part, description, tooltip, icon) => {
    expect(variableRow(variable(part))).toMatchObject({ label: 'x', description, tooltip, icon });
  });

  it('has a button for what can be visualized', () => {
    expect((['mask', 'layer', 'model', 'matrix', undefined] as const).map((wiring) => variableRow(variable({ wiring })).kind)).toEqual(['mask', 'mask', 'mask', 'mask', 'value']);
  });

  it('opens masks, layers and models in a panel, and numbers as text', () => {
    expect((['mask', 'layer', 'model', 'matrix', undefined] as const).map((wiring) => isShownInPanel(variable({ wiring })))).toEqual([true, true, true, false, false]);
  });
});

describe('byteText', () => {
  it.each([
    [0, '0 bytes'],
    [1023, '1023 bytes'],
    [1024, '1.0 KB'],
    [10 * 1024, '10 KB'],
    [3 * 1024 ** 2 + 1024 ** 2 / 2, '3.5 MB'],
    [5 * 1024 ** 4, '5120 GB'],
  ])('%d', (bytes, text) => {
    expect(byteText(bytes)).toBe(text);
  });
});
