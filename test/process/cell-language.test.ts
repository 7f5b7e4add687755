/** The language of cells: declarations, closures, await, errors. Titles are the names of the checks that kernels are measured by. */
import { expect, it } from 'vitest';
import { check, checks } from './conversation.js';
import { NODES, TestKernel } from './harness.js';

checks('declarations', [
  check('redeclare_const', ['const rc = 1', 'const rc = 2', 'rc'], '2'),
  check('redeclare_const_other_type', ['const rt = 1', "const rt = 'text'", 'rt'], "'text'"),
  check('redeclare_let_and_var', ['let rl = 1; var rv = 1', 'let rl = 2; var rv = 3', '[rl, rv]'], '[ 2, 3 ]'),
  check('redeclare_with_other_keyword', ['const rk = 1', 'let rk = 2', 'var rk = 3', 'function rk() { return 4 }', 'class rk { static five = 5 }', 'enum rk { Six = 6 }', 'const rk = 7', 'rk'], '7'),
  check('redeclare_function', ['function rf() { return 1 }', 'function rf() { return 2 }', 'rf()'], '2'),
  check('redeclare_class', ['class Rc { m() { return 1 } }', 'const rcOld = new Rc()', 'class Rc { m() { return 2 } }', '[rcOld.m(), new Rc().m(), rcOld instanceof Rc]'], '[ 1, 2, false ]'),
  check('redeclare_class_other_shape', ['class Rs { a = 1 }', 'class Rs<T> { constructor(readonly b: T) {} }', "new Rs('x')"], "Rs { b: 'x' }"),
  check('redeclare_destructuring', ['const { da, db: [dc] } = { da: 1, db: [2] }', 'const [da, ...dc] = [3, 4, 5]', '[da, dc]'], '[ 3, [ 4, 5 ] ]'),
  check('redeclare_interface', ['interface Ri { a: number }', 'interface Ri { b: string }', "const ri: Ri = { b: 'x' } as Ri; ri"], "{ b: 'x' }"),
  check('redeclare_type_and_enum', ['type Te = number; enum Re { A }', "type Te = string; enum Re { A = 'a', B = 'b' }", "const te: Te = Re.B; te"], "'b'"),
  check('redeclare_import', ["import { join as ri2 } from 'node:path'", "import { basename as ri2 } from 'node:path'", "ri2('/a/b')"], "'b'"),
  check('redeclare an import by a variable and back', ["import { sep as rb } from 'node:path'", 'const rb = 5', "import { sep as rb } from 'node:path'", 'typeof rb'], "'string'"),
  check('rerun_the_same_cell_5x', [...Array.from({ length: 5 }, () => 'const rr: number = 1; let rs = rr + 1; function rt2() { return rs } class Ru {} enum Rw { A } const { x: rx } = { x: 3 }'), '[rr, rs, rt2(), typeof Ru, Rw.A, rx]'], "[ 1, 2, 2, 'function', 0, 3 ]"),
  check('duplicate_const_in_one_cell_is_an_error', ['const dup = 1; const dup = 2'], { error: /SyntaxError: .*'?dup'? has already been declared|redeclare/ }),
  check('function_hoisted_in_cell', ['const hoistedValue = hoisted(); function hoisted() { return 8 }', 'hoistedValue'], '8'),
  check('global_this_property', ['globalThis.gp = 5; const gq = 6', '[gp, globalThis.gq]'], '[ 5, 6 ]'),
  check('empty_and_comment_cells', ['', '   \n\n', '// only a comment', '/* a */ /** b */'], undefined),
  check('state_kept_up_to_the_throw', ['let keptA = 1; const keptB = 2', 'try { } finally { keptA = 10 } ; const keptB = 20', '[keptA, keptB]'], '[ 10, 20 ]'),
  check('use before declaration is an error', ['early; const early = 1'], { error: /ReferenceError: Cannot access 'early' before initialization/ }),
  check('assignment to an earlier const is an error', ['const fixedOne = 1', 'fixedOne = 2'], { error: /TypeError: Assignment to constant variable/ }),
  check('an assignment without a declaration is an error', ['neverDeclared = 1'], { error: /ReferenceError: neverDeclared is not defined/ }),
  check('cwd_is_the_notebook_folder', ["const cwdName = process.cwd().split(/[\\\\/]/).at(-1); cwdName.startsWith('patchbay-test-')"], 'true'),
]);

checks('closures', [
  check('closure_sees_rerun_let', ['let ca = 1', 'const cf = () => ca', 'let ca = 2', 'cf()'], '2'),
  check('closure_sees_rerun_const', ['const cb = 1', 'function cg() { return cb }', 'const cb = 2', 'cg()'], '2'),
  check('closure_calls_redefined_function', ['function ch() { return 1 }', 'const ci = () => ch() + ch()', 'function ch() { return 5 }', 'ci()'], '10'),
  check('closure_sees_assignment_and_writes_back', ['let cj = 1; const ck = () => ++cj', 'cj = 10', 'ck()', 'cj'], '11'),
  check('closure_in_declaring_cell_sees_rerun', ['const cl = 1; function cm() { return cl }', 'const cl = 2', 'cm()'], '2'),
  check('closures of a loop have a variable each', ['const fns: (() => number)[] = []; for (let i = 0; i < 3; i++) fns.push(() => i); fns.map((f) => f())'], '[ 0, 1, 2 ]'),
  check('a method and a class field see the newest value', ['let cn = 1; class Co { now = cn; get() { return cn } static s = () => cn }', 'const co = new Co(); cn = 2', '[co.now, co.get(), Co.s()]'], '[ 1, 2, 2 ]'),
  check('a shadowed name stays its own', ['const cp = 1; const cq = (cp: number) => { const r = cp; return r }; cq(9) + cp'], '10'),
]);

checks('await', [
  check('top_level_await', ['const ta = await Promise.resolve(4)', 'ta'], '4'),
  check('top_level_await_result', ['await Promise.resolve(5)'], '5'),
  check('top_level_await_order', ["console.log(1); await null; console.log(2); Promise.resolve().then(() => console.log(4)); console.log(3); await 0; console.log(5)"], { stdout: '1\n2\n3\n4\n5\n' }),
  check('await_with_declarations', ['const wa = await 1, wb = 2; let [wc, wd] = await Promise.all([3, 4]); function we() { return wa + wb + wc + wd } class Wf { g = wa }', '[we(), new Wf().g]'], '[ 10, 1 ]'),
  check('await_redeclare_and_closure', ['const xa = await Promise.resolve(1); const xb = () => xa', 'const xa = await Promise.resolve(2)', 'xb()'], '2'),
  check('await_inside_loops_and_try', ['let la = 0; for (const x of [1, 2]) { try { la += await Promise.resolve(x); if (x === 2) await Promise.reject(new Error("two")) } catch (e) { la += 100 } finally { la += await 1000 } } la'], '2103'),
  check('for_await', ['let fa = 0; async function* gen() { yield 1; yield 2 } for await (const x of gen()) fa += x; fa'], '3'),
  check('await_rejection_is_the_cell_error', ["await Promise.reject(new RangeError('rejected'))"], { error: /RangeError: rejected/ }),
  check('await in a nested expression and template', ['`${await Promise.resolve(1)}-${(await Promise.resolve([2]))[0]}`'], "'1-2'"),
  check('await using', ["await using door = { async [Symbol.asyncDispose]() { await null; console.log('closed') } }; console.log('open')"], { stdout: 'open\nclosed\n' }),
]);

it.each(NODES)('syntax_error on $label: what, where, the line, and the session lives', async ({ path: node }) => {
  const kernel = new TestKernel(node);
  await kernel.run('const before = 1');
  const { reply } = await kernel.run('const ok = 1;\nconst broken = ;\nconst after = 2');
  expect(reply).toMatchObject({ status: 'error', ename: 'SyntaxError' });
  expect(reply.status === 'error' && reply.traceback.join('\n')).toMatch(/line 2, column 16[\s\S]*2 \| const broken = ;/);
  expect(await kernel.value('[before, typeof ok]')).toBe("[ 1, 'undefined' ]");
  await kernel.stop();
});

it.each(NODES)('cell_of_5000_lines on $label', async ({ path: node }) => {
  const kernel = new TestKernel(node);
  const lines = Array.from({ length: 5000 }, (_, i) => `const line${i}: number = ${i === 0 ? '0' : `line${i - 1} + 1`};`);
  expect(await kernel.value(`${lines.join('\n')}\nline4999`)).toBe('4999');
  await kernel.stop();
});

it.each(NODES)('six_hundred_cells_lose_nothing on $label', async ({ path: node }) => {
  const kernel = new TestKernel(node);
  const runs = Array.from({ length: 600 }, (_, i) => kernel.run(`const n${i}: number = ${i}; function f${i}() { return n${i} ${i === 0 ? '' : `+ f${i - 1}()`} }; console.log(${i}); n${i}`));
  for (const [i, run] of (await Promise.all(runs)).entries()) expect([run.result, run.stdout]).toEqual([String(i), `${i}\n`]);
  expect(await kernel.value('f599()')).toBe(String((599 * 600) / 2));
  await kernel.stop();
});
