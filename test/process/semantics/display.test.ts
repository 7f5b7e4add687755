/** Rich output: in place, in order, of any size. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NODES, TestKernel } from '../harness.js';

describe.each(NODES)('display on $label', ({ path: node }) => {
  let kernel: TestKernel;
  beforeAll(async () => {
    kernel = new TestKernel(node);
    await kernel.run("import { display, updateDisplay, clearOutput, progress } from 'patchbay'");
  });
  afterAll(() => kernel.stop());

  const shown = (messages: readonly { header: { msg_type: string }; content: Record<string, unknown> }[]) => messages.filter(({ header }) => /display|clear/.test(header.msg_type)).map(({ header, content }) => [header.msg_type, content] as const);

  it('display_html, and every other form', async () => {
    const { displays } = await kernel.run("display.html('<b>x</b>'); display.markdown('*x*'); display.svg('<svg/>'); display.latex('$x$'); display.json({ a: [1] }); display.text('x'); display({ 'text/html': 'y', 'text/plain': 'z' }); display([1])");
    expect(displays).toEqual([
      { 'text/html': '<b>x</b>' },
      { 'text/markdown': '*x*' },
      { 'image/svg+xml': '<svg/>' },
      { 'text/latex': '$x$' },
      { 'application/json': { a: [1] }, 'text/plain': '{\n  "a": [\n    1\n  ]\n}' },
      { 'text/plain': 'x' },
      { 'text/html': 'y', 'text/plain': 'z' },
      { 'text/plain': '[ 1 ]' },
    ]);
  });

  it('display_update: by its handle, by its id, from a later cell', async () => {
    const first = await kernel.run("const handle = display.text('one', { displayId: 'mine' }); handle.update('two')");
    const [display, update] = shown(first.messages);
    expect(display).toEqual(['display_data', { data: { 'text/plain': 'one' }, metadata: {}, transient: { display_id: 'mine' } }]);
    expect(update).toEqual(['update_display_data', { data: { 'text/plain': "'two'" }, metadata: {}, transient: { display_id: 'mine' } }]);
    const later = await kernel.run("updateDisplay({ 'text/html': 'three' }, { displayId: 'mine' })");
    expect(shown(later.messages)).toEqual([['update_display_data', { data: { 'text/html': 'three' }, metadata: {}, transient: { display_id: 'mine' } }]]);
  });

  it('clear_output, at once and with the next output', async () => {
    const { messages } = await kernel.run('console.log(1); clearOutput(); console.log(2); clearOutput({ wait: true }); console.log(3)');
    expect(shown(messages).map(([, content]) => content)).toEqual([{ wait: false }, { wait: true }]);
    expect(messages.filter(({ header }) => /stream|clear/.test(header.msg_type)).map(({ header }) => header.msg_type)).toEqual(['stream', 'clear_output', 'stream', 'clear_output', 'stream']);
  });

  it('display_png_5MB arrives whole', async () => {
    const { displays } = await kernel.run("const bytes = Buffer.alloc(5_000_000, 7); bytes.set([0x89, 0x50, 0x4e, 0x47]); display.png(bytes)");
    const png = Buffer.from(String(displays[0]!['image/png']), 'base64');
    expect([png.length, png[1], png.at(-1)]).toEqual([5_000_000, 0x50, 7]);
    kernel.messages.length = 0;
  });

  it("a value with Deno's method is shown by it, and a method that throws is the error of the cell", async () => {
    const { messages } = await kernel.run("({ [Symbol.for('Jupyter.display')]: () => ({ 'text/html': '<i>mine</i>' }) })");
    expect(messages.find(({ header }) => header.msg_type === 'execute_result')?.content['data']).toEqual({ 'text/html': '<i>mine</i>' });
    expect((await kernel.run("({ [Symbol.for('Jupyter.display')]: () => { throw new Error('cannot show') } })")).reply).toMatchObject({ evalue: 'cannot show' });
    expect(await kernel.value('1')).toBe('1');
  });

  it('progress is one display that is updated in place', async () => {
    const { messages, stdout } = await kernel.run("for (const i of progress([1, 2, 3], { label: 'work' })) await new Promise((done) => setTimeout(done, 60))");
    const all = shown(messages);
    expect(all[0]![0]).toBe('display_data');
    expect(all.slice(1).every(([type]) => type === 'update_display_data')).toBe(true);
    expect(JSON.stringify(all.at(-1))).toMatch(/work 3\/3 █+ 100 %/);
    expect(stdout).toBe('');
  });
});
