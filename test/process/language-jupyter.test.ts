/** What Jupyter clients ask about code, through a real kernel process. The titles are the checks of the kernel bench. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NODES, TestKernel } from './harness.js';

interface CompleteReply {
  readonly matches: readonly string[];
  readonly cursor_start: number;
  readonly cursor_end: number;
}

interface InspectReply {
  readonly found: boolean;
  readonly data: Readonly<Record<string, string>>;
}

/** The code with `|` where the cursor is. */
function cursor(marked: string): { readonly code: string; readonly cursor_pos: number } {
  const at = marked.indexOf('|');
  return { code: marked.replace('|', ''), cursor_pos: [...marked.slice(0, at)].length };
}

describe.each(NODES)('code that Jupyter asks about, on $label', ({ path: node }) => {
  let kernel: TestKernel;
  const complete = async (marked: string): Promise<CompleteReply> => (await kernel.process.request<CompleteReply>('shell', 'complete_request', cursor(marked))).content;
  const matches = async (marked: string): Promise<readonly string[]> => (await complete(marked)).matches;
  const inspect = async (marked: string): Promise<InspectReply> => (await kernel.process.request<InspectReply>('shell', 'inspect_request', { ...cursor(marked), detail_level: 0 })).content;
  const text = async (marked: string): Promise<string> => (await inspect(marked)).data['text/plain'] ?? '';

  beforeAll(async () => {
    kernel = new TestKernel(node, {
      'helper.ts': '/** Twice as much. */\nexport function twice(x: number): number { return 2 * x; }\n',
      'node_modules/some-package/package.json': '{"name":"some-package","version":"1.0.0","main":"index.js","types":"index.d.ts"}',
      'node_modules/some-package/index.js': 'exports.greet = (name) => name;',
      'node_modules/some-package/index.d.ts': '/** Greets whom you name. */\nexport declare function greet(name: string): string;\n',
    });
    await kernel.process.ready;
    await kernel.run("import { readFileSync } from 'node:fs';\nimport * as some from 'some-package';\n");
    await kernel.run('const person = { firstName: "Ada", age: 36 };\nlet losses: number[] = [];\n/** Adds two numbers. */\nfunction addBoth(left: number, right: number): number { return left + right; }\ninterface Shape { kind: "circle" | "square"; size: number }\n');
  });
  afterAll(() => kernel.stop());

  it('complete_members_of_earlier_variable', async () => expect(await matches('person.|')).toEqual(['age', 'firstName']));
  it('complete_prefix_replaces_the_range', async () => expect(await complete('1 + person.first|')).toMatchObject({ matches: ['firstName'], cursor_start: 11, cursor_end: 16 }));
  it('complete_in_the_middle', async () => {
    const found = await complete('const a = Math.flo|; a + 1');
    expect(found).toMatchObject({ matches: ['floor'], cursor_start: 15, cursor_end: 18 });
  });
  it('complete_names_of_earlier_cells', async () => {
    expect(await matches('addB|')).toEqual(['addBoth']);
    expect(await matches('loss|')).toEqual(['losses']);
    expect(await matches('let x: Sha|')).toContain('Shape');
  });
  it('complete_imported_module', async () => expect(await matches('some.gr|')).toEqual(['greet']));
  it('complete_npm_package', async () => expect(await matches("import { greet } from 'some-p|'")).toEqual(['some-package']));
  it('complete_import_path', async () => expect(await matches("import { twice } from './hel|'")).toEqual(['helper']));
  it('complete_cursor_counts_code_points', async () => expect(await complete('const smile = "😀😀"; person.a|')).toMatchObject({ matches: ['age'], cursor_start: 27, cursor_end: 28 }));
  it('complete_globals_and_builtins', async () => {
    expect(await matches('parseI|')).toEqual(['parseInt']);
    expect(await matches('console.lo|')).toEqual(['log']);
    expect(await matches('process.argv.sli|')).toEqual(['slice']);
  });
  it('complete_locals_of_the_cell', async () => expect(await matches('function f() { const inside = 1; return ins| }')).toContain('inside'));
  it('complete_typed_parameter', async () => expect(await matches('const f = (shape: Shape) => shape.|')).toEqual(['kind', 'size']));
  it('complete_string_literal_type', async () => expect(await matches('const s: Shape = { kind: "|" , size: 1 }')).toEqual(['circle', 'square']));
  it('complete_object_keys', async () => expect(await matches('const s: Shape = { | }')).toEqual(['kind', 'size']));
  it('complete_does_not_run_code', async () => {
    await kernel.run('let looked = 0; const trap = { get value() { looked++; return { deep: 1 }; } };');
    expect(await matches('trap.value.|')).toEqual(['deep']);
    expect((await inspect('trap.val|ue')).found).toBe(true);
    expect(await kernel.value('looked')).toBe('0');
  });

  it('inspect_type_of_variable', async () => expect(await text('per|son')).toMatch(/const person: \{\s+firstName: string;\s+age: number;\s+\}/));
  it('inspect_function_with_doc', async () => {
    const found = await inspect('addBo|th(1, 2)');
    expect(found.data['text/plain']).toBe('function addBoth(left: number, right: number): number\n\nAdds two numbers.');
    expect(found.data['text/markdown']).toBe('```ts\nfunction addBoth(left: number, right: number): number\n```\n\nAdds two numbers.');
  });
  it('inspect_builtin', async () => expect(await text('Math.max|')).toMatch(/max\(\.\.\.values: number\[\]\): number[^]*Returns the larger/));
  it('inspect_unknown_is_not_found', async () => {
    expect(await inspect('nobodyKnows|This')).toMatchObject({ found: false, data: {} });
    expect(await inspect('|')).toMatchObject({ found: false, data: {} });
  });
  it('inspect_inside_call', async () => expect(await text('addBoth(|')).toMatch(/addBoth\(left: number, right: number\): number[^]*Adds two numbers/));
  it('inspect_imported_package_doc', async () => expect(await text('some.gre|et')).toMatch(/greet\(name: string\): string[^]*Greets whom you name\./));
  it('types what the kernel gives to every cell', async () => {
    expect(await text('prom|pt("name")')).toMatch(/^function prompt\(message\?: string, fallback\?: string\): string/);
    expect(await matches("import * as tslab from 'tslab'; tslab.display.ht|")).toEqual(['html']);
    expect(await text('import.meta.dir|name')).toMatch(/ImportMeta\.dirname: string/);
  });

  it('types patchbay and tfjs with no install', async () => {
    expect(await text("import { Mask } from 'patchbay'; Mas|k")).toMatch(/class Mask[^]*Which inputs reach which outputs/);
    expect(await text("import * as tf from '@tensorflow/tfjs'; tf.tensor1d([1]).ad|d(1)")).toMatch(/add<.*>\(b: /);
  });

  it('ts_types_from_earlier_cell, also after a redeclaration', async () => {
    await kernel.run('const changing = 1');
    expect(await text('chang|ing')).toBe('const changing: 1');
    await kernel.run('const changing = { now: "an object" }');
    expect(await matches('changing.|')).toEqual(['now']);
  });

  it('answers while a cell loops', async () => {
    const { reply } = kernel.process.execute({ code: 'const forever = 1; while (true) {}' });
    expect(await matches('forev|')).toEqual(['forever']);
    await kernel.process.interrupt();
    expect((await reply).content.status).toBe('error');
  });

  it('says nothing for what makes no sense, and lives', async () => {
    for (const garbage of ['}}}} ((( `', '"', '/*', '<div', '\u0000', 'a.b.c.d.', 'import', "import {} from '", '@', '#', '=>', '\ud800', 'x'.repeat(100_000)]) {
      const { content } = await kernel.process.request<CompleteReply>('shell', 'complete_request', { code: garbage, cursor_pos: garbage.length });
      expect(Array.isArray(content.matches)).toBe(true);
    }
    expect(await matches('person.a|')).toEqual(['age']);
    expect(kernel.log).toEqual([]);
  });
});
