import { describe, expect, it } from 'vitest';
import { isOurs, KERNELSPEC, NEW_NOTEBOOK_METADATA, tagsOf, withKernel } from './metadata.js';

const INFO = { name: 'typescript', version: '6.0.3', mimetype: 'text/typescript', file_extension: '.ts', pygments_lexer: 'typescript', codemirror_mode: 'typescript', nbconvert_exporter: 'script' } as const;

describe('withKernel', () => {
  it('writes kernelspec and language_info and keeps the rest', () => {
    const before = { nbformat: 4, indentAmount: ' ', metadata: { authors: ['Ada'], kernelspec: { name: 'tslab', display_name: 'TypeScript', language: 'typescript' } } };
    expect(withKernel(before, INFO)).toEqual({ nbformat: 4, indentAmount: ' ', metadata: { authors: ['Ada'], kernelspec: KERNELSPEC, language_info: INFO } });
  });

  it('takes a notebook without metadata', () => {
    expect(withKernel({}, INFO)).toEqual({ metadata: { kernelspec: KERNELSPEC, language_info: INFO } });
  });

  it('changes nothing twice, so that a run alone does not make the metadata of a saved notebook dirty', () => {
    expect(withKernel(withKernel(NEW_NOTEBOOK_METADATA, INFO) ?? {}, INFO)).toBeUndefined();
  });
});

describe('isOurs', () => {
  it.each([
    [NEW_NOTEBOOK_METADATA, true],
    [{ metadata: { kernelspec: { name: 'patchbay' } } }, true],
    [{ metadata: { language_info: { name: 'typescript' } } }, true],
    [{ metadata: { kernelspec: { name: 'tslab' }, language_info: { name: 'typescript' } } }, false],
    [{ metadata: { kernelspec: { name: 'python3' } } }, false],
    [{ metadata: { kernelspec: 'damaged', language_info: 7 } }, false],
    [{}, false],
  ])('%j: %s', (metadata, ours) => {
    expect(isOurs(metadata)).toBe(ours);
  });
});

describe('tagsOf', () => {
  it.each([
    [{ metadata: { tags: ['raises-exception', 7] } }, ['raises-exception']],
    [{ metadata: {} }, []],
    [{}, []],
  ])('%j', (metadata, tags) => {
    expect(tagsOf(metadata)).toEqual(tags);
  });
});
