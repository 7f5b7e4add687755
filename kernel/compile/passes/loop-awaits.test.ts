import { afterEach, beforeEach, expect, it } from 'vitest';
import { TestSession } from '../../../test/support/session.js';

let session: TestSession;
beforeEach(() => (session = new TestSession()));
afterEach(() => session.close());

it.each<[string, unknown]>([
  ['let s = 0; for (const x of [1, 2]) s += await x; s', 3],
  ['let s = 0; for (const x of [1, 2]) s += await (Promise.resolve(x) as Promise<number>); s', 3],
  ['let s = 0; for (const x of [1, 2]) { const y: number = await Promise.resolve(x) as number\n s += y }\n s', 3],
  ['let n = 0; while (await Promise.resolve(n < 3)) n++; n', 3],
  ['let n = 0; do n++; while (await (n < 3)); n', 3],
  ['let n = 0; do { n += await await Promise.resolve(1) } while (n < 3); n', 3],
  ['let t = ""; for (let i = 0; i < 2; i++) t += `${await i}${await `${await i}`}`; t', '0011'],
  ['let s = 0; for await (const x of [1, Promise.resolve(2)]) s += x; s', 3],
  ['let s = 0; for await (const x of (async function* () { yield 1; yield 2 })()) { s += x; if (s) break } s', 1],
  ['async function f() { let n = 0; for (;;) { if (await (async () => ++n > 2)()) return n } } await f()', 3],
  ['const g = async () => { for (const p of [1]) return await Promise.reject(p) }; await g().catch((e) => e)', 1],
  ['let s = 0; for (const x of [1]) { const h = async () => await 5; s += await h() } s', 5],
  ['let ended = ""; for await (const x of { [Symbol.asyncIterator]: () => ({ n: 0, async next() { return { value: this.n++, done: false } }, async return() { ended = "returned"; return {} } }) }) { if (x === 2) break } ended', 'returned'],
])('%s is %j', async (source, value) => expect((await session.run(source)).value).toEqual(value));

it('leaves what is awaited elsewhere alone', () => {
  expect(session.compile('await f(); for (;;) { (async () => { await g() }); await h() }').code).toMatch(/await f\(\).*await g\(\).*await \$pb\.alive\(h\(\)\)/s);
});

it('tells what cannot be iterated', async () => {
  await expect(session.run('for await (const x of 5) x')).rejects.toThrow(/number is not async iterable/);
});
