import ts from 'typescript';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { body, compiled, problem } from '../../test/support/compiled.js';
import { compiler, TestSession } from '../../test/support/session.js';

let session: TestSession;
beforeEach(() => (session = new TestSession()));
afterEach(() => session.close());

const react = { createElement: (type: unknown, props: object | null, ...children: unknown[]) => ({ type, props, children }), Fragment: 'fragment' };
const runtime = { jsx: (type: unknown, props: object) => ({ jsx: type, ...props }), jsxs: (type: unknown, props: object) => ({ jsxs: type, ...props }), Fragment: 'f' };

describe('JSX of a cell', () => {
  it('takes React.createElement when an earlier cell declared React', async () => {
    Object.assign(session.modules, { react: { default: react } });
    await session.run("import React from 'react'");
    expect((await session.run('const name: string = "x"; <b title="t">{name}<></></b>')).value).toEqual({ type: 'b', props: { title: 't' }, children: ['x', { type: 'fragment', props: null, children: [] }] });
  });

  it('takes React.createElement when the cell itself declares React', async () => {
    Object.assign(session.modules, { react: { default: react } });
    expect((await session.run("import React from 'react'\n<i/>")).value).toEqual({ type: 'i', props: null, children: [] });
    expect((await session.run("const { React } = { React: { createElement: () => 'mine' } }; <i/>")).value).toBe('mine');
  });

  it('takes the automatic runtime otherwise, whose names stay inside the cell', async () => {
    session.modules['react/jsx-runtime'] = runtime;
    expect((await session.run('const El = (p: object) => p; <El a={1}>{2}<b/></El>')).value).toMatchObject({ a: 1, children: [2, { jsx: 'b' }] });
    expect(session.scope.names().map(({ name }) => name)).toEqual(['El']);
    await session.run('const later = () => <u/>');
    expect((await session.run('later()')).value).toEqual({ jsx: 'u' });
  });

  it('reads the pragmas of a cell', async () => {
    session.modules['preact/jsx-runtime'] = { ...runtime, jsx: () => 'of preact' };
    expect((await session.run('/** @jsxImportSource preact */\n<b/>')).value).toBe('of preact');
    expect((await session.run('/** @jsxRuntime classic */ /** @jsx h */\nconst h = (type: string) => `h ${type}`; <b/>')).value).toBe('h b');
  });

  it.each<[string, object, string]>([
    ['jsxFactory', { jsxFactory: 'h', jsxFragmentFactory: 'F' }, 'h("b", null)'],
    ['preserve', { jsx: ts.JsxEmit.Preserve, jsxImportSource: 'preact' }, 'await $pb.module(0)'],
    ['react', { jsx: ts.JsxEmit.React }, 'React.createElement("b", null)'],
    ['react-jsx', { jsx: ts.JsxEmit.ReactJSX }, '_jsx("b", {})'],
  ])('obeys %s of tsconfig.json', (_, settings, expected) => expect(body('<b/>', { settings })).toContain(expected));

  it('leaves type assertions and generic arrows what they are', () => {
    expect(body('const a = <any>1; const f = <T>(x: T) => x; a < f')).not.toContain('createElement');
    expect(compiled('<string>f(1)').imports).toEqual([]);
  });

  it('says what does not parse, of the reading that came further', () => {
    expect(problem('const a = <div>\n  <b>x</i>\n</div>')).toMatch(/closing tag for 'b'.* \(2:\d+\)/);
    expect(problem('const a = 1 <2; const b = ;')).toBe('Expression expected. (1:27)');
  });
});

describe('decorators and fields by tsconfig.json', () => {
  const legacy = { experimentalDecorators: true, emitDecoratorMetadata: true };
  const seen = `const seen: unknown[] = [];
    function note(...args: unknown[]): any { seen.push(args.length === 1 ? 'class' : args[1] ?? 'constructor', typeof args[2]) }`;

  it('runs legacy decorators, of parameters too', async () => {
    session.settings = legacy;
    await session.run(`${seen} @note class A { @note p = 1; @note m(@note x: number) {} constructor(@note y: string) {} static self = () => A }`);
    expect(session.scope.get('seen')).toEqual(['p', 'undefined', 'm', 'number', 'm', 'object', 'constructor', 'number', 'class', 'undefined']);
    expect(session.scope.names().map(({ name }) => name)).toEqual(['note', 'seen', 'A']);
  });

  it('refuses a decorator of a parameter without them', () => expect(problem('class A { m(@x y: number) {} }')).toMatch(/^A parameter cannot have a decorator unless tsconfig.json sets experimentalDecorators/));

  it('assigns fields instead of defining them', () => {
    expect(body('class A { x = 1; y?: number }', { settings: { useDefineForClassFields: false } })).toMatch(/constructor\(\) \{\s+this.x = 1;\s+\}/);
    expect(body('class A { x = 1 }', { settings: { useDefineForClassFields: true } })).not.toContain('constructor');
  });

  it('do so in modules', () => {
    const result = compiler.compileModule('export class A { x = 1 }\nexport const b = <b/>', 'a.tsx', { useDefineForClassFields: false });
    expect(result.ok && result.cell.code).toMatch(/this\.x = 1/);
    expect(result.ok && result.cell.imports.map(({ specifier }) => specifier)).toEqual(['react/jsx-runtime']);
  });
});
