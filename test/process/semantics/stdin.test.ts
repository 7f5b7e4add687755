/** Every way in which a cell asks the person in front of it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NODES, TestKernel, type CellRun } from '../harness.js';

interface Asked {
  readonly prompt: unknown;
  readonly password: unknown;
}

describe.each(NODES)('stdin on $label', ({ path: node }) => {
  let kernel: TestKernel;
  const answers: string[] = [];
  const asked: Asked[] = [];
  beforeAll(async () => {
    kernel = new TestKernel(node);
    kernel.process.onMessage(({ header, content }) => {
      if (header.msg_type !== 'input_request') return;
      asked.push({ prompt: content['prompt'], password: content['password'] });
      const answer = answers.shift();
      if (answer !== undefined) kernel.process.inputReply(header, answer);
    });
    await kernel.run("import { input } from 'patchbay'; import readline from 'node:readline'; import * as promises from 'node:readline/promises'");
  });
  afterAll(() => kernel.stop());

  async function answering(code: string, ...lines: string[]): Promise<CellRun & { asked: Asked[] }> {
    answers.splice(0, Infinity, ...lines);
    asked.length = 0;
    const run = await kernel.run(code, { allow_stdin: true });
    if (run.reply.status === 'error') throw new Error(run.reply.traceback.join('\n'));
    return { ...run, asked: [...asked] };
  }

  it('input, and input of a password', async () => {
    const run = await answering("[await input('Name? '), await input('Secret: ', { password: true })]", 'Ada 🎉', 'pw');
    expect(run.result).toBe("[ 'Ada 🎉', 'pw' ]");
    expect(run.asked).toEqual([{ prompt: 'Name? ', password: false }, { prompt: 'Secret: ', password: true }]);
  });

  it('prompt() waits where it stands, as in a browser', async () => {
    const run = await answering("const before = 'x'; const who = prompt('Who?'); console.log('then'); [before, who, prompt('And?', 'nobody'), prompt()]", 'Grace', '', 'z');
    expect(run.result).toBe("[ 'x', 'Grace', 'nobody', 'z' ]");
    expect(run.asked.map(({ prompt }) => prompt)).toEqual(['Who?', 'And?', '']);
  });

  it('what was printed before it is there before the question', async () => {
    const { messages } = await answering("console.log('first'); prompt('Now?')", 'ok');
    const types = kernel.messages.slice(kernel.messages.indexOf(messages[0]!)).map(({ header }) => header.msg_type);
    expect(types.indexOf('stream')).toBeLessThan(types.indexOf('input_request'));
  });

  it('readline.question, with its query as the prompt and only there', async () => {
    const run = await answering(
      "const rl = readline.createInterface({ input: process.stdin, output: process.stdout }); await new Promise((done) => setTimeout(done, 30)); const first = await new Promise((done) => rl.question('First? ', done)); const second = await new Promise((done) => rl.question('Second? ', done)); rl.close(); [first, second]",
      '1',
      '2',
    );
    expect(run.result).toBe("[ '1', '2' ]");
    expect(run.asked.map(({ prompt }) => prompt)).toEqual(['First? ', 'Second? ']);
    expect(run.stdout).toBe('');
  });

  it('readline/promises, also by names', async () => {
    const run = await answering("import { createInterface } from 'node:readline/promises'; import { stdin, stdout } from 'node:process'; const rlp = createInterface({ input: stdin, output: stdout }); const got = [await rlp.question('A? '), await rlp.question('B? ')]; rlp.close(); got", 'a', 'b');
    expect(run.result).toBe("[ 'a', 'b' ]");
    expect(run.asked.map(({ prompt }) => prompt)).toEqual(['A? ', 'B? ']);
  });

  it('an iterator over lines, with what was printed as the prompt', async () => {
    const run = await answering("const got2: string[] = []; const rli = readline.createInterface({ input: process.stdin }); process.stdout.write('> '); for await (const line of rli) { got2.push(line); if (line === 'end') break } rli.close(); got2", 'one', 'two', 'end');
    expect(run.result).toBe("[ 'one', 'two', 'end' ]");
    expect(run.asked[0]?.prompt).toBe('> ');
  });

  it('process.stdin itself, and a line listener with prompt()', async () => {
    expect((await answering("await new Promise((done) => process.stdin.once('data', (chunk) => { process.stdin.pause(); done(String(chunk)) }))", 'raw')).result).toBe("'raw\\n'");
    const run = await answering("const rll = readline.createInterface({ input: process.stdin, output: process.stdout, prompt: 'cmd> ' }); rll.prompt(); const cmd = await new Promise((done) => rll.on('line', done)); rll.close(); cmd", 'quit');
    expect(run.result).toBe("'quit'");
    expect(run.asked[0]?.prompt).toBe('cmd> ');
  });

  it.each([
    ['input', "await input('Name? ')"],
    ['prompt', "prompt('Name? ')"],
    ['readline', "const rl2 = readline.createInterface({ input: process.stdin, output: process.stdout }); await new Promise((done) => rl2.question('Name? ', done))"],
    ['readline/promises', "await promises.createInterface({ input: process.stdin, output: process.stdout }).question('Name? ')"],
    ['an iterator', "const rl3 = readline.createInterface({ input: process.stdin }); for await (const line of rl3) line"],
    ['process.stdin', 'for await (const chunk of process.stdin) chunk'],
  ])('%s without anybody to ask is an error that says so, and the next question works', async (_name, code) => {
    const { reply } = await kernel.run(code, { allow_stdin: false });
    expect(reply).toMatchObject({ status: 'error', evalue: expect.stringMatching(/nobody to ask: this notebook runs without a person/) });
    expect((await answering("await promises.createInterface({ input: process.stdin }).question('Still? ')", 'yes')).result).toBe("'yes'");
  });

  it.each([
    ['input', "await input('wait ')"],
    ['prompt', "prompt('wait ')"],
    ['readline', "const rl4 = readline.createInterface({ input: process.stdin }); await new Promise((done) => rl4.question('wait ', done))"],
    ['an iterator', "const rl5 = readline.createInterface({ input: process.stdin }); process.stdout.write('wait '); for await (const line of rl5) line; globalThis.wentOn = true"],
  ])('stdin_interrupted_while_waiting: %s', async (_name, code) => {
    answers.length = 0;
    asked.length = 0;
    const running = kernel.run(code, { allow_stdin: true });
    await kernel.until(() => asked.length === 1, 'a question');
    expect(asked[0]?.prompt).toBe('wait ');
    const started = performance.now();
    await kernel.process.interrupt();
    expect((await running).reply).toMatchObject({ ename: 'Interrupted' });
    expect(performance.now() - started).toBeLessThan(500);
    expect((await answering("[await input('again '), typeof globalThis.wentOn]", 'yes')).result).toBe("[ 'yes', 'undefined' ]");
    expect((await answering("const rl6 = readline.createInterface({ input: process.stdin }); const said = await new Promise((done) => rl6.question('q ', done)); rl6.close(); said", 'yes')).result).toBe("'yes'");
  });

  it('a cell may have a variable called prompt', async () => {
    expect(await kernel.value("const prompt = 'mine'; prompt")).toBe("'mine'");
  });
});
