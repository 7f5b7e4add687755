/** What *Visualize Mask* asks a kernel: looks at values that run no code of the user, also while a cell runs. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LookReply } from '../../kernel/model/look/look.js';
import { TestKernel } from './harness.js';

let kernel: TestKernel;
beforeAll(async () => {
  kernel = new TestKernel();
  await kernel.process.ready;
});
afterAll(() => kernel.stop());

const look = async (expression: string, layer?: string): Promise<LookReply> => (await kernel.process.request<LookReply>('shell', 'patchbay_look_request', { expression, ...(layer === undefined ? {} : { layer }) }, 20_000)).content;

describe('a look', () => {
  it('needs no runtime for rows of numbers', async () => {
    await kernel.run('const rows = [[1, 0], [0, 1]];');
    expect(await look('rows')).toMatchObject({ status: 'drawn', look: { matrix: { analysis: { nnz: 2 } } } });
    expect((await kernel.run('Object.keys(globalThis).includes("tf")')).result).toBe('false');
  });

  it('knows masks, layers, models, tensors, and the ways to them', async () => {
    await kernel.run("import { Mask, masks, maskedDense, tf } from 'patchbay';\nlet wiring = Mask.from([[1, 0], [0, 1], [1, 1]]);\nconst model = tf.sequential({ layers: [maskedDense({ connections: wiring, inputShape: [3], name: 'first' }), tf.layers.dense({ units: 1, name: 'last' })] });\nconst weights = tf.tensor2d([[0.5, 0]]);\nconst list = masks.made({ inputs: 3, hidden: [4], seed: 1 });");
    expect(await look('wiring')).toMatchObject({ status: 'drawn', look: { matrix: { what: 'a Mask', analysis: { nnz: 4 } } } });
    expect(await look('model')).toMatchObject({ look: { net: { layer: '0 first', report: { layers: [{ name: 'first', nnz: 4 }, { name: 'last' }] } } } });
    expect(await look('model', '1 last')).toMatchObject({ look: { net: { layer: '1 last' } } });
    expect(await look('model.layers[0]')).toMatchObject({ look: { matrix: { what: 'a MaskedDense layer' } } });
    expect(await look('model.layers[0].mask')).toMatchObject({ look: { matrix: { what: 'a Mask' } } });
    expect(await look('weights')).toMatchObject({ look: { matrix: { note: 'Every value that is not 0 counts as a connection.', analysis: { nnz: 1 } } } });
    expect(await look('list')).toMatchObject({ look: { net: { what: 'a list of 2 masks' } } });
    expect(await look('list[1]')).toMatchObject({ look: { matrix: { analysis: { inputs: 4, outputs: 3 } } } });
  });

  it('sees each new value, and says when there is none', async () => {
    await kernel.run('wiring = Mask.from([[1]]);');
    expect(await look('wiring')).toMatchObject({ look: { matrix: { analysis: { inputs: 1 } } } });
    await kernel.run("var wiring: any = 'text';");
    expect(await look('wiring')).toMatchObject({ status: 'noMask', problem: expect.stringContaining('`wiring` is a string, not a mask.') });
    expect(await look('nothing')).toMatchObject({ status: 'gone', problem: expect.stringContaining('There is no variable `nothing`') });
  });

  it('runs no code of the user, and leaves counts and outputs as they are', async () => {
    await kernel.run("let ran = 0;\nconst trap = { get mask() { ran++; return 1; }, get [Symbol.toStringTag]() { ran++; return 'x'; } };\nclass Lying { get mask() { ran++; return wiring; } get shape() { ran++; return [1, 1]; } get data() { ran++; return [1]; } }\nconst lying = new Lying();\nconst proxy = new Proxy({}, { get() { ran++; return undefined; }, has() { ran++; return true; }, getPrototypeOf() { ran++; return null; }, getOwnPropertyDescriptor() { ran++; return undefined; } });");
    const before = await kernel.run('1');
    const seen = kernel.messages.length;
    for (const expression of ['trap', 'trap.mask', 'lying', 'lying.mask', 'proxy', 'proxy.x']) expect((await look(expression)).status).not.toBe('drawn');
    expect(kernel.messages.slice(seen).filter(({ header }) => header.msg_type !== 'status')).toEqual([]);
    const after = await kernel.run('ran');
    expect(after.result).toBe('0');
    expect('execution_count' in after.reply && 'execution_count' in before.reply && after.reply.execution_count - before.reply.execution_count).toBe(1);
  });

  it('is answered while a cell waits, and after one that does not', async () => {
    await kernel.run("import { Mask as M } from 'patchbay';\nlet live = M.from([[1]]);");
    const waiting = kernel.run('await new Promise((done) => setTimeout(done, 1500)); live = M.from([[1, 1]]);');
    expect(await look('live')).toMatchObject({ look: { matrix: { analysis: { outputs: 1 } } } });
    await waiting;
    const busy = kernel.run('for (const end = Date.now() + 300; Date.now() < end; ); live = M.from([[1, 1, 1]]);');
    expect(await look('live')).toMatchObject({ look: { matrix: { analysis: { outputs: 3 } } } });
    await busy;
  });
});

it('an expression is evaluated once', async () => {
  await kernel.run('let made = 0; function make() { made++; return [[1, 0], [1, 1]]; }');
  const { content } = await kernel.process.execute({ code: '', silent: true, user_expressions: { value: "globalThis[Symbol.for('patchbay.host')].lookAt((make()\n), { title: 'make()' })" } }).reply;
  expect(content).toMatchObject({ user_expressions: { value: { status: 'ok', data: { 'application/vnd.patchbay.look+json': { status: 'drawn', look: { matrix: { analysis: { nnz: 3 } } } } } } } });
  expect((await kernel.run('made')).result).toBe('1');
});

it('says in the list of variables what can be visualized', async () => {
  await kernel.run("import { Mask as A, maskedDense as d, tf as t } from 'patchbay';\nvar v1 = A.from([[1]]), v2 = d({ connections: v1 }), v3 = t.sequential(), v4 = t.ones([2, 2]), v5 = [[1]], v6 = [1], v7 = t.ones([2]);");
  const { content } = await kernel.process.request<{ variables: { name: string; wiring?: string }[] }>('shell', 'patchbay_variables_request', {}, 5_000);
  expect(content.variables.filter(({ name }) => /^v\d$/.test(name)).map(({ wiring }) => wiring)).toEqual(['mask', 'layer', 'model', 'matrix', 'matrix', undefined, undefined]);
});
