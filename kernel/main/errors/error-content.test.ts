import { describe, expect, it } from 'vitest';
import { errorContent } from './error-content.js';

const cells = new Map([['Cell 3', 'const a = 1;\nfail(a);\n']]);
function failure(frames: readonly string[], fields: object = {}, options?: ErrorOptions): Error {
  const error = Object.assign(new TypeError('no', options), fields);
  error.stack = ['TypeError: no', ...frames.map((frame) => `    at ${frame}`)].join('\n');
  return error;
}

describe('error content', () => {
  it('shows the line below the newest frame in a cell', () => {
    const { ename, evalue, traceback } = errorContent(failure(['fail (/lib/x.js:3:1)', 'Cell 3, line 2, column 1']), cells);
    expect([ename, evalue]).toEqual(['TypeError', 'no']);
    expect(traceback).toEqual(['TypeError: no', '    at fail (/lib/x.js:3:1)', '    at Cell 3, line 2, column 1', '      2 | fail(a);', '        | ^']);
  });

  it('shows no line when no frame is in a cell', () => expect(errorContent(failure(['f (/x.js:1:1)']), cells).traceback).toHaveLength(2));

  it('shows own fields and causes', () => {
    const { traceback } = errorContent(failure([], { code: 'E1' }, { cause: new RangeError('why') }), cells);
    expect(traceback[1]).toBe("  { code: 'E1' }");
    expect(traceback[2]).toMatch(/^Caused by RangeError: why/);
  });

  it('ends a circle of causes', () => {
    const one = new Error('one');
    one.cause = one;
    expect(errorContent(one, cells).traceback.filter((line) => line.startsWith('Caused by')).length).toBe(5);
  });

  it.each([
    ['text', "'text'"],
    [undefined, 'undefined'],
    [{ a: 1 }, '{ a: 1 }'],
  ])('says of a thrown %j that it is no Error', (thrown, shown) => {
    const { ename, evalue, traceback } = errorContent(thrown, cells);
    expect([ename, evalue, traceback[0]]).toEqual(['Thrown', shown, `Thrown: ${shown}`]);
  });

  it('survives an error whose fields are not what they should be', () => {
    const odd = new Error('x');
    Object.assign(odd, { name: 5, message: { no: 1 }, stack: null });
    expect(errorContent(odd, cells)).toMatchObject({ ename: 'Error', evalue: '' });
  });
});
