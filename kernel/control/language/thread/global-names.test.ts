import ts from 'typescript';
import { afterAll, describe, expect, it } from 'vitest';
import { TestLanguage } from '../../../../test/support/language.js';
import { parseCellSource } from './cell-source.js';
import { SessionCells } from './session.js';

it.each([
  ['globalThis.a = 1; global.b = 2; globalThis["c"] = 3; (globalThis as any).d = 4; globalThis.e ??= 5', 'a,b,c,d,e'],
  ['Object.assign(globalThis, { f, g: 1, "h": 2, i() {}, ["j"]: 3, ...k })', 'f,g,h,i'],
  ['Object.defineProperty(globalThis, "l", { value: 1 }); Reflect.set(global, "m", 2); Object.defineProperties(globalThis, { n: {} })', 'l,m,n'],
  ['function set() { globalThis.inside = 1 } const later = () => { globalThis.deep = 2 }', 'inside,deep'],
  ['globalThis.read; globalThis.same === 1; delete globalThis.gone; other.global = 1; globalThis[name] = 1; set(globalThis, "x"); globalThis.count += 1', ''],
  ['a.b = 1; Object.assign({}, { c: 1 })', ''],
])('of the global object: %s', (text, names) => expect([...parseCellSource(ts, text).globals].join()).toBe(names));

describe('names of the global object', () => {
  const language = new TestLanguage();
  afterAll(() => language.dispose());

  it('are no errors, wherever they are given, and others still are', () => {
    expect(language.errors(['globalThis.rate = 0.1', 'rate * 2; ({ rate }); rate.toFixed(); nobody', 'typeof rate; rates'])).toEqual(['1:1 2304', '2:1 2304']);
  });

  it('are offered', async () => {
    const { complete } = await import('./completion.js');
    const context = language.open(['globalThis.rate = 0.1', 'rat']);
    const cell = context.require('1');
    expect(complete(context, context.placeAt(cell, 3))?.items.find(({ label }) => label === 'rate')).toMatchObject({ kind: 'var' });
  });

  it('last as long as the session', () => {
    const session = new SessionCells(language.language.context('session'));
    expect(session.executed('1', 'globalThis.kept = 1', [])).toEqual([]);
    expect(session.executed('2', '1 + 1', [])).toEqual([]);
    expect(session.executed('3', '2 + 2', [])).toEqual(['2']);
    expect(session.check('kept + 1')).toEqual([]);
    expect(session.check('lost + 1')).toMatchObject([{ code: 2304 }]);
  });
});
