/** What the last expression of a cell shows. Names in snake case are the checks that all kernels are measured by. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NODES, TestKernel } from '../harness.js';

const RESULTS: readonly (readonly [name: string, code: string, text: string | undefined])[] = [
  ['result_last_expression', 'const r1 = 20; r1 * 2; r1 + 1', '21'],
  ['result_undefined_is_silent', 'undefined', undefined],
  ['result_null', 'null', 'null'],
  ['result_array', "[1, 'two', [3, [4, [5, [6]]]]]", "[ 1, 'two', [ 3, [ 4, [Array] ] ] ]"],
  ['result_object', "({ a: 1, b: { c: [2] }, 'two words': 3n })", "{ a: 1, b: { c: [ 2 ] }, 'two words': 3n }"],
  ['result_map', "new Map<string, unknown>([['a', 1], ['b', { c: 2 }]])", "Map(2) { 'a' => 1, 'b' => { c: 2 } }"],
  ['a Set', "new Set([1, 'x'])", "Set(2) { 1, 'x' }"],
  ['result_class_instance', 'class Rci { x = 1; #hidden = 2; get y() { return this.#hidden } } ; new Rci()', 'Rci { x: 1 }'],
  ['a typed array', 'new Float32Array([1, 2.5])', 'Float32Array(2) [ 1, 2.5 ]'],
  ['a Buffer', "Buffer.from('hi')", '<Buffer 68 69>'],
  ['a circular object', 'const round: Record<string, unknown> = { n: 1 }; round.self = round; round', '<ref *1> { n: 1, self: [Circular *1] }'],
  ['a date, a regular expression, a symbol', "[new Date(0), /x/g, Symbol('s')]", '[ 1970-01-01T00:00:00.000Z, /x/g, Symbol(s) ]'],
  ['-0, NaN and a bigint', '[-0, NaN, 10n ** 20n]', '[ -0, NaN, 100000000000000000000n ]'],
  ['a promise that is not awaited', 'new Promise(() => {})', 'Promise { <pending> }'],
  ['a text with lines', "'a\\nb'", "'a\\nb'"],
  ['a function with fields', 'Object.assign(function named() {}, { a: 1 })', '[Function: named] { a: 1 }'],
  ['a proxy, whose traps do not run', "new Proxy({ a: 1 }, { get() { throw new Error('trap') }, ownKeys() { throw new Error('trap') } })", '{ a: 1 }'],
  ['a getter, which does not run', "({ get boom() { throw new Error('getter') } })", '{ boom: [Getter] }'],
];

describe.each(NODES)('results on $label', ({ path: node }) => {
  let kernel: TestKernel;
  beforeAll(() => void (kernel = new TestKernel(node)));
  afterAll(() => kernel.stop());

  it.each(RESULTS)('%s', async (_name, code, text) => expect(await kernel.value(code)).toBe(text));

  it('result_text_has_no_ansi, whatever the environment says about colours', async () => {
    const text = await kernel.value("process.env.FORCE_COLOR = '3'; ({ a: 1, b: 'x', c: null, d: [true], e: new Error('red') })");
    expect(text).toContain("b: 'x'");
    expect(text).not.toMatch(/\u001b/);
    await kernel.run('delete process.env.FORCE_COLOR');
    expect((await kernel.run('console.log({ a: 1 }, [null])')).stdout).toBe('{ a: 1 } [ null ]\n');
  });

  it('result_error_object_is_value, with its cause and its own fields', async () => {
    const { reply, result, types } = await kernel.run("Object.assign(new RangeError('shown', { cause: new TypeError('why') }), { code: 'E1' })");
    expect(reply.status).toBe('ok');
    expect(types).not.toContain('error');
    expect(result).toMatch(/^RangeError: shown\n {4}at Cell \d+, line 1[\s\S]*code: 'E1'[\s\S]*\[cause\]: TypeError: why/);
    expect(result).not.toMatch(/node:internal|dist.kernel/);
  });

  it('result_big_array_is_cut, and quickly', async () => {
    const { result, ms } = await kernel.run('Array.from({ length: 10_000_000 }, (_, i) => i)');
    expect(result).toMatch(/\.\.\. 9999900 more items\n\]$/);
    expect(result!.length).toBeLessThan(2_000);
    expect(ms).toBeLessThan(5_000);
    await kernel.run('const [many, manyTyped] = [new Set(Array.from({ length: 1e6 }, (_, i) => i)), new Float64Array(1e7)]');
    for (const [code, more] of [['many', '999900'], ['manyTyped', '9999900']] as const) {
      const cut = await kernel.run(code);
      expect(cut.result).toContain(`... ${more} more items`);
      expect(cut.ms).toBeLessThan(1_000);
    }
  });

  it('an object of 200,000 fields, and a cube of numbers, are cut with a count', async () => {
    await kernel.run('const wide: Record<string, number> = {}; for (let i = 0; i < 2e5; i++) wide[`key${i}`] = i; const cube = Array.from({ length: 100 }, () => Array.from({ length: 100 }, () => Array.from({ length: 100 }, (_, i) => i)))');
    const object = await kernel.run('wide');
    expect(object.result).toMatch(/^\{\n {2}key0: 0,[\s\S]*\.\.\. 199900 more properties\n\}$/);
    const nested = await kernel.run('({ inside: [wide] })');
    expect(nested.result).toMatch(/\.\.\. 199900 more properties/);
    const deep = await kernel.run('cube');
    expect(deep.result).toMatch(/more items/);
    for (const { result, ms } of [object, nested, deep]) {
      expect(result!.length).toBeLessThan(100_000);
      expect(ms).toBeLessThan(1_500);
    }
  });

  it('console_api: every method of console ends up in the right stream', async () => {
    const { stdout, stderr } = await kernel.run("console.log('%s is %d', 'x', 1); console.info({ a: 1 }); console.debug('d'); console.warn('w'); console.error('e'); console.table([{ a: 1 }]); console.group('g'); console.log('in'); console.groupEnd(); console.dir({ b: 2 }); console.count(); console.assert(false, 'no'); console.time('t'); console.timeEnd('t'); console.trace('here')");
    expect(stdout).toMatch(/^x is 1\n\{ a: 1 \}\nd\n┌[\s\S]*┘\ng\n {2}in\n\{ b: 2 \}\ndefault: 1\nt: [\d.]+m?s\n$/);
    expect(stderr).toMatch(/^w\ne\nAssertion failed: no\nTrace: here\n {4}at Cell \d+, line 1/);
  });
});
