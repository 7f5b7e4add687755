import { describe, expect, it } from 'vitest';
import type { KernelVariable } from '../kernel-client/replies.js';
import { maskSources } from './mask-sources.js';

const variable = (name: string, type: string, wiring?: KernelVariable['wiring']): KernelVariable => ({ name, type, preview: `${name}!`, isMask: wiring === 'mask' || wiring === 'layer', wiring });

describe('maskSources', () => {
  it('offers file and expression when no variable is known', () => {
    expect(maskSources([]).map(({ source }) => source)).toEqual([{ kind: 'file' }, { kind: 'askExpression' }]);
  });

  it('lists masks, layers and models first, matrices next, and leaves out what can be no mask', () => {
    const list = [variable('rows', 'Array', 'matrix'), variable('x', 'number'), variable('A', 'Mask', 'mask'), variable('f', 'function'), { ...variable('masks', 'Object'), preview: '{ banded: [Getter] }' }, variable('layer', 'MaskedDense', 'layer'), variable('text', 'string'), variable('model', 'Sequential', 'model')];
    expect(maskSources(list).map(({ label }) => label)).toEqual(['$(type-hierarchy) A', '$(type-hierarchy) layer', '$(layers) model', '$(file) From a File…', '$(symbol-operator) From an Expression…', '$(table) rows', '$(symbol-variable) text']);
  });

  it('shows what a variable is', () => {
    expect(maskSources([variable('A', 'Mask', 'mask')])[0]).toMatchObject({ description: 'Mask', detail: 'A!', source: { kind: 'expression', text: 'A' } });
  });
});
