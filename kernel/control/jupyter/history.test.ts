import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { History } from './history.js';

function filled(...inputs: string[]): History {
  const history = new History();
  inputs.forEach((input, index) => history.add(index + 1, input));
  return history;
}
const inputs = (history: History, request: Record<string, unknown>) => history.answer(request).map(([, , content]) => content);

describe('history', () => {
  it('history_tail: the last n, oldest first', () => {
    expect(filled('a', 'b', 'c').answer({ hist_access_type: 'tail', n: 2 })).toEqual([[1, 2, 'b'], [1, 3, 'c']]);
    expect(inputs(filled('a'), { hist_access_type: 'tail', n: 5 })).toEqual(['a']);
    expect(inputs(filled('a'), { hist_access_type: 'tail', n: 0 })).toEqual([]);
  });

  it('history_range: from start up to stop, of this session by number or as 0', () => {
    const history = filled('a', 'b', 'c', 'd');
    expect(inputs(history, { hist_access_type: 'range', session: 1, start: 2, stop: 4 })).toEqual(['b', 'c']);
    expect(inputs(history, { hist_access_type: 'range', session: 0, start: 3 })).toEqual(['c', 'd']);
    expect(inputs(history, { hist_access_type: 'range', session: 0, start: 0, stop: null })).toEqual(['a', 'b', 'c', 'd']);
    expect(inputs(history, { hist_access_type: 'range', session: -1, start: 1, stop: 9 })).toEqual([]);
  });

  it('history_search: a glob over the whole input, the last n of them', () => {
    const history = filled('1+2+3', 'const a = [1]', '1+2+3', 'x\ny');
    expect(inputs(history, { hist_access_type: 'search', pattern: '1?2*' })).toEqual(['1+2+3', '1+2+3']);
    expect(inputs(history, { hist_access_type: 'search', pattern: '1?2*', n: 1 })).toEqual(['1+2+3']);
    expect(inputs(history, { hist_access_type: 'search', pattern: '*a = *' })).toEqual(['const a = [1]']);
    expect(inputs(history, { hist_access_type: 'search', pattern: '[xz]*y' })).toEqual(['x\ny']);
    expect(inputs(history, { hist_access_type: 'search', pattern: '1' })).toEqual([]);
    expect(inputs(history, { hist_access_type: 'search' })).toHaveLength(4);
  });

  it('unique: each input once, at its newest place', () => {
    const history = filled('a', 'b', 'a');
    expect(history.answer({ hist_access_type: 'search', pattern: '*', unique: true })).toEqual([[1, 2, 'b'], [1, 3, 'a']]);
  });

  it('output: true adds the text of the result, null where there was none', () => {
    const history = filled('1', 'let x');
    history.setOutput(1, '1');
    history.setOutput(9, 'nobody');
    expect(inputs(history, { hist_access_type: 'tail', n: 9, output: true })).toEqual([['1', '1'], ['let x', null]]);
  });

  it.each([undefined, 'everything', 3])('an access type of %j has no items', (type) => expect(filled('a').answer({ hist_access_type: type })).toEqual([]));

  it('finds every input by itself as a pattern, whatever is in it', () => {
    fc.assert(
      fc.property(fc.string(), (input) => {
        const asGlob = input.replace(/[*?[]/g, (special) => `[${special}]`);
        expect(inputs(filled(input), { hist_access_type: 'search', pattern: asGlob })).toEqual([input]);
      }),
    );
  });
});
