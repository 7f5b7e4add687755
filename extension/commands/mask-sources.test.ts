import { describe, expect, it } from 'vitest';
import { maskSources } from './mask-sources.js';

const variable = (name: string, type: string, isMask = false) => ({ name, type, preview: `${name}!`, isMask });

describe('maskSources', () => {
  it('offers file and expression when no variable is known', () => {
    expect(maskSources([]).map(({ source }) => source)).toEqual([{ kind: 'file' }, { kind: 'askExpression' }]);
  });

  it('lists masks first and leaves out what can be no mask', () => {
    const labels = maskSources([variable('rows', 'Array'), variable('x', 'number'), variable('A', 'Mask', true), variable('f', 'function'), { ...variable('masks', 'Object'), preview: '{ banded: [Getter] }' }, variable('layer', 'MaskedDense', true)]).map(({ label }) => label);
    expect(labels).toEqual(['$(type-hierarchy) A', '$(type-hierarchy) layer', '$(file) From a File…', '$(symbol-operator) From an Expression…', '$(symbol-variable) rows']);
  });

  it('evaluates a variable by its name', () => {
    expect(maskSources([variable('A', 'Mask', true)])[0]).toMatchObject({ description: 'Mask', detail: 'A!', source: { kind: 'expression', text: 'A' } });
  });
});
