import { describe, expect, it } from 'vitest';
import type { Notebook, NotebookCell } from './notebook-file.js';
import { injectParameters, parseParameter } from './parameters.js';

const cell = (source: string, ...tags: string[]): NotebookCell => ({ cell_type: 'code', metadata: tags.length === 0 ? {} : { tags }, source, outputs: [], execution_count: null });
const notebook = (cells: NotebookCell[], minor = 5): Notebook => ({ nbformat: 4, nbformat_minor: minor, metadata: {}, cells });
const sources = ({ cells }: Notebook): string[] => cells.map(({ source }) => (typeof source === 'string' ? source : source.join('')));

describe('parseParameter', () => {
  it.each([
    ['epochs=20', 'epochs', '20'],
    ['rate=1e-3', 'rate', '0.001'],
    ['name="Ada = Lovelace"', 'name', '"Ada = Lovelace"'],
    ['sizes=[1, 2]', 'sizes', '[1,2]'],
    ['größe_$1={"a":null}', 'größe_$1', '{"a":null}'],
    ['on=true', 'on', 'true'],
  ])('%s', (text, name, json) => expect(parseParameter(text)).toEqual({ name, json }));

  it.each([
    ['epochs', '--param takes name=json, such as --param epochs=20, not epochs'],
    ['=1', '--param =1: the name is missing'],
    ['my-name=1', '--param my-name=1: my-name cannot be the name of a variable'],
    ['who=Ada', `--param who=Ada: Ada is not JSON. Text is written in quotes: --param 'who="Ada"'`],
    ['who=', `--param who=: the value is missing. Text is written in quotes: --param 'who=""'`],
  ])('refuses %s', (text, message) => expect(() => parseParameter(text)).toThrow(message));
});

describe('injectParameters', () => {
  const parameters = [parseParameter('a=1'), parseParameter('b="x"')];
  const injected = '// Parameters\nlet a = 1;\nlet b = "x";';

  it('adds a cell behind the one that is tagged', () => {
    const target = notebook([cell('first'), cell('let a = 0', 'parameters'), cell('last')]);
    injectParameters(target, parameters);
    expect(sources(target)).toEqual(['first', 'let a = 0', injected, 'last']);
    expect(target.cells[2]).toMatchObject({ metadata: { tags: ['injected-parameters'] }, id: expect.stringMatching(/^[0-9a-f]{8}$/) });
  });

  it('adds it at the top where none is tagged, without an id where the format has none', () => {
    const target = notebook([{ ...cell('# Title'), cell_type: 'markdown' }, cell('last')], 4);
    injectParameters(target, parameters);
    expect(sources(target)).toEqual([injected, '# Title', 'last']);
    expect(target.cells[0]).not.toHaveProperty('id');
  });

  it('takes the place of one that an earlier run added', () => {
    const target = notebook([cell('let a = 0', 'parameters'), cell('// Parameters\nlet a = 7;', 'injected-parameters'), cell('last')]);
    injectParameters(target, parameters);
    expect(sources(target)).toEqual(['let a = 0', injected, 'last']);
  });

  it('adds nothing without parameters', () => {
    const target = notebook([cell('only')]);
    injectParameters(target, []);
    expect(sources(target)).toEqual(['only']);
  });
});
