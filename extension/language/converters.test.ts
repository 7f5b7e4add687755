import { describe, expect, it } from 'vitest';
import type { CompletionItem, CompletionList, Diagnostic } from '../../kernel/protocol/language.js';
import { completionDocumentation, shownCompletion, wantsAutoImports, withoutPlainNodeModules } from './completion-item.js';
import { shownDiagnostics } from './diagnostics.js';
import { completionKind } from './kinds.js';
import { codeBlock, plain } from './markdown.js';

const range = (line: number, from: number, to: number) => ({ start: { line, character: from }, end: { line, character: to } });

describe('shownCompletion', () => {
  const list: CompletionList = { range: range(1, 4, 6), items: [], isMemberList: true };
  const item: CompletionItem = { label: 'forward', kind: 'method', sortText: '11' };

  it('replaces what the list replaces', () => {
    expect(shownCompletion(item, list, ['', 'net.fo'])).toEqual({ label: 'forward', description: undefined, kind: 'Method', sortText: '11', insertText: 'forward', filterText: 'forward', range: list.range, isDeprecated: false, isPreselected: false });
  });

  it('is found by the dot when it replaces the dot', () => {
    const optional = { ...item, insertText: '?.forward', range: range(1, 3, 6) };
    expect(shownCompletion(optional, list, ['', 'net.fo'])).toMatchObject({ insertText: '?.forward', filterText: '.forward', range: optional.range });
  });

  it('names the module of an import, and marks what is deprecated or expected', () => {
    expect(shownCompletion({ ...item, source: 'node:fs', isDeprecated: true, isRecommended: true }, list, [])).toMatchObject({ description: 'node:fs', isDeprecated: true, isPreselected: true });
  });
});

describe('wantsAutoImports', () => {
  it.each([
    [undefined, 'con', true],
    [undefined, 'f(grün', true],
    [undefined, 'f($', true],
    [undefined, 'a.b', false],
    [undefined, '1', false],
    [undefined, '', false],
    ['.', 'a', false],
  ])('trigger %s after %j: %s', (trigger, before, expected) => expect(wantsAutoImports(trigger, before)).toBe(expected));
});

describe('withoutPlainNodeModules', () => {
  it('keeps one of two names of a module, and all else', () => {
    const from = (label: string, source?: string): CompletionItem => ({ label, kind: 'function', sortText: '16', ...(source === undefined ? {} : { source }) });
    const items = [from('readFile', 'fs'), from('readFile', 'node:fs'), from('readFile', './fs'), from('readFile'), from('chunk', 'lodash'), from('test', 'node:test')];
    expect(withoutPlainNodeModules(items)).toEqual(items.slice(1));
  });
});

describe('texts', () => {
  it('has the signature as code, then the documentation', () => {
    expect(completionDocumentation({ signature: 'const a: 1', documentation: 'One.', edits: [] })).toBe('```typescript\nconst a: 1\n```\n\nOne.');
    expect(completionDocumentation({ signature: '', documentation: '', edits: [] })).toBe('');
  });
  it('fences code that has fences', () => expect(codeBlock('`` ``` ````')).toBe('`````typescript\n`` ``` ````\n`````'));
  it('takes no word for Markdown', () => expect(plain('3×2 [a](b) <img> *x*')).toBe('3×2 \\[a\\]\\(b\\) \\<img\\> \\*x\\*'));
});

describe('kinds', () => {
  it.each([['const', 'Constant'], ['local function', 'Function'], ['alias', 'Variable'], ['what TypeScript 9 brings', 'Property']])('%s: %s', (kind, expected) => expect(completionKind(kind)).toBe(expected));
});

describe('shownDiagnostics', () => {
  const one = (code: number, severity: Diagnostic['severity']): Diagnostic => ({ range: range(0, 0, 1), severity, code, message: '', related: [] });
  const all = [one(1005, 'error'), one(2322, 'error'), one(6133, 'hint'), one(18046, 'error')];
  it.each([
    ['show', [1005, 2322, 6133, 18046]],
    ['block', [1005, 2322, 6133, 18046]],
    ['ignore', [1005, 6133]],
  ] as const)('%s', (mode, codes) => expect(shownDiagnostics(all, mode).map(({ code }) => code)).toEqual(codes));
});
