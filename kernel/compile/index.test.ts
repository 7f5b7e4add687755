import { describe, expect, it } from 'vitest';
import { PLAIN, body, compiled } from '../../test/support/compiled.js';
import { TestSession, compiler } from '../../test/support/session.js';
import { WARM_UP_CELL, type CompiledCell } from './index.js';

describe('a compiled cell', () => {
  it('is plain data that crosses threads', () => {
    const cell: CompiledCell = compiled('import a from "m"; const b = a');
    expect(structuredClone(cell)).toEqual(cell);
    expect(cell.declares).toEqual([
      { name: 'a', kind: 'import', global: 'a' },
      { name: 'b', kind: 'const', global: 'b' },
    ]);
  });

  it('says what it declares and assigns, under the names of the globals', () => {
    const { declares, assigns } = compiled('var v; function f() { v = 1; let w; w = 2; x++ } class C {} let { performance } = o; performance += 1; for (var i = 0; ;) ;');
    expect(declares.map(({ name, kind, global }) => `${kind} ${name} ${global}`)).toEqual(['var v v', 'function f f', 'class C C', 'let performance performance$pb', 'var i i']);
    expect(assigns).toEqual(['v', 'x', 'performance$pb']);
  });

  it('has the same lines as its source, as long as nothing moves', () => {
    const source = 'const a: number = 1\n\ninterface I {\n  x: 1\n}\nlet b = `\n` as string\n\nb';
    expect(body(source).split('\n')).toHaveLength(source.split('\n').length);
  });

  it('warms up with a cell that compiles in place', () => {
    const { code, isAsync, imports } = compiled(WARM_UP_CELL);
    expect([isAsync, imports.length]).toEqual([true, 2]);
    expect(code).not.toContain('"use strict"');
  });
});

describe('sources of any size and shape', () => {
  it.each(['', ' ', '\n\n', '// only a comment', '/* open */ // and closed', '\uFEFFconst bom = 1', 'debugger', ';;;', '#!shebang', '"use strict"', '\u2028', 'a\r\nb'])('%j compiles', (source) => {
    expect(compiler.compileCell(source, PLAIN).ok).toBe(true);
  });

  it('runs 5,000 lines', async () => {
    const session = new TestSession();
    const lines = Array.from({ length: 2500 }, (_, index) => `const c${index}: number = ${index};\nfunction f${index}<T>(x: T): number { return c${index} }`);
    expect((await session.run(`${lines.join('\n')}\nf2499(1) + f0(1)`)).value).toBe(2499);
    expect(session.scope.names()).toHaveLength(5000);
    session.close();
  });

  it('takes long and deep expressions', async () => {
    const session = new TestSession();
    expect((await session.run(Array.from({ length: 2000 }, () => '1').join(' + '))).value).toBe(2000);
    expect((await session.run(`${'['.repeat(300)}7${']'.repeat(300)}.flat(Infinity)[0]`)).value).toBe(7);
    session.close();
  });

  it('never throws for what stands in a source', () => {
    const pieces = ['const ', 'a', ' = ', '1', ';', '{', '}', '(', ')', '\n', 'function ', 'class ', 'import ', '"m"', 'export ', 'await ', '=>', '`', '${', 'enum ', 'var ', 'for ', 'as ', ': T', '@', '<', '>', ',', '...', 'using ', 'return ', 'default ', '[', ']', '/', '*'];
    let seed = 7;
    for (let run = 0; run < 1500; run++) {
      let source = '';
      for (let length = 0; length < 14; length++) {
        seed = (seed * 48271) % 2147483647;
        source += pieces[seed % pieces.length] ?? '';
      }
      const result = compiler.compileCell(source, PLAIN);
      if (result.ok) expect(result.cell.code).toContain('use strict');
      else expect(result.error.line).toBeGreaterThan(0);
      expect(typeof compiler.compileModule(source, 'm.ts').ok).toBe('boolean');
    }
  });
});
