/** Cells and completion in kernels that run side by side: rounds go from one to the next. */
import { setTimeout as sleep } from 'node:timers/promises';
import { notebookCells } from '../language/cells.js';
import { fortyLines } from '../kernel/cells.js';
import { NoAnswerError } from './client.js';
import type { Kernel } from './kernel.js';
import type { Results, RowOptions } from './results.js';
import type { Subject } from './subjects.js';

export interface Running {
  readonly subject: Subject;
  readonly kernel: Kernel;
}

const BLOCK = 20;
const ms = (target?: RowOptions['target']): RowOptions => (target === undefined ? { unit: 'ms' } : { unit: 'ms', target });
/** Fresh text for each: no kernel sees the same cell twice. */
let fresh = 0;

/** One row: `count` samples of each kernel in blocks, after some that do not count. A request that is never answered is a note. */
async function measure(results: Results, name: string, options: RowOptions, running: readonly Running[], count: number, sample: (running: Running, index: number) => Promise<number>, warmUp = 5): Promise<void> {
  results.row(name, options);
  const deaf = new Set<Running>();
  for (let done = -warmUp; done < count; ) {
    const block = done < 0 ? warmUp : Math.min(BLOCK, count - done);
    for (const one of running) {
      for (let i = 0; i < block && !deaf.has(one); i++) {
        const value = await sample(one, done + i).catch((error: unknown) => {
          if (!(error instanceof NoAnswerError)) throw error;
          deaf.add(one);
          results.note(name, one.subject.name, 'then no answer');
          return undefined;
        });
        if (done >= 0) results.add(name, one.subject.name, value);
      }
    }
    done += block;
  }
}

const run = (code: string) => async ({ kernel }: Running): Promise<number> => (await kernel.client.run(code)).ms;

export async function measureCells(running: readonly Running[], results: Results, count: number): Promise<void> {
  const ours = running.filter(({ subject }) => subject.isOurs);
  const long = Math.ceil(count / 8);
  const long40 = async ({ kernel }: Running): Promise<number> => (await kernel.client.run(fortyLines(++fresh))).ms;
  await measure(results, '1+1, request to idle', ms({ timesDeno: 1 }), running, count, run('1+1'), 20);
  await measure(results, '40 new lines of TypeScript', ms({ timesDeno: 1.5 }), running, long, long40);
  for (const { kernel } of ours) await kernel.client.run("import { Mask, maskedDense } from 'patchbay';\nimport * as tf from '@tensorflow/tfjs';\nconst weights = tf.ones([2, 3]);");
  await measure(results, '1+1 with patchbay and tfjs imported', ms(), ours, count, run('1+1'));
  await measure(results, '40 new lines with patchbay and tfjs imported', ms(), ours, long, long40);
}

export const LINES = 10_000;

/** Ten thousand lines: the time to the reply, `idle` and all that still comes; whether they were in order, and how many came late or never. */
export async function measureLines(running: readonly Running[], results: Results, count: number): Promise<void> {
  const name = '10,000 console.log lines, to the last of them';
  results.row(name, { unit: 's', target: { timesDeno: 0.5 } });
  results.row('  of them after idle', { unit: '', target: { atMost: 0 } });
  results.row('  of them lost or out of order', { unit: '', target: { atMost: 0 } });
  const failed = new Set<Kernel>();
  for (let round = 0; round < count; round++) {
    for (const { subject, kernel } of running.filter((one) => !failed.has(one.kernel))) {
      const token = ++fresh;
      const { seconds, late, wrong } = await tenThousand(kernel, token);
      if (seconds === undefined) {
        failed.add(kernel);
        results.note(name, subject.name, 'no reply');
      }
      results.add(name, subject.name, seconds);
      results.add('  of them after idle', subject.name, late);
      results.add('  of them lost or out of order', subject.name, wrong);
    }
  }
}

interface LineCount {
  /** undefined: no reply or no `idle` came. */
  readonly seconds: number | undefined;
  readonly late: number;
  readonly wrong: number;
}

/** What comes after `idle` is waited for as long as something comes. */
const SILENCE_MS = 1_500;

async function tenThousand(kernel: Kernel, token: number): Promise<LineCount> {
  const pieces: string[] = [];
  let seen = 0;
  let seenAtIdle: number | undefined;
  const started = performance.now();
  let last = started;
  const ended = kernel.client.run(`for (let i = 0; i < ${LINES}; i++) console.log('line ${token} ' + i);`, {
    timeoutMs: 8_000,
    onPublished: ({ header, content }) => {
      if (header.msg_type === 'status' && content['execution_state'] === 'idle') seenAtIdle = seen;
      if (header.msg_type !== 'stream') return;
      const text = String(content['text']);
      pieces.push(text);
      seen += text.split('\n').length - 1;
      last = performance.now();
    },
  });
  const isOver = await ended.then(() => true, () => false);
  const idleAt = performance.now();
  while (seen < LINES && performance.now() - Math.max(last, idleAt) < SILENCE_MS) await sleep(20);
  const lines = pieces.join('').split('\n').slice(0, -1);
  const right = lines.filter((line, index) => line === `line ${token} ${index}`).length;
  return { seconds: isOver && seen >= LINES ? (Math.max(last, idleAt) - started) / 1000 : undefined, late: seenAtIdle === undefined ? 0 : seen - seenAtIdle, wrong: LINES - right };
}

const completeAt = async ({ kernel }: Running, code: string): Promise<number> => {
  const { reply, ms: time } = await kernel.client.ask('shell', 'complete_request', { code, cursor_pos: code.length });
  if (!Array.isArray(reply.content['matches'])) throw new Error(`no completion of ${code}: ${JSON.stringify(reply.content).slice(0, 300)}`);
  return time;
};

/** A notebook of 50 cells, run; then completion of its last cell, the same text again or new text right after a cell was changed and run. */
export async function measureCompletion(running: readonly Running[], results: Results, count: number): Promise<void> {
  const plain = Array.from({ length: 49 }, (_, n) => `const t${n} = [1, 2, ${n}].map((x) => x + ${n === 0 ? 0 : `t${n - 1}.length`});\nfunction f${n}(x: number): number { return x + ${n}; }`);
  for (const { kernel } of running) for (const code of plain) await kernel.client.run(code);
  await measure(results, 'completion, warm', ms({ atMost: 5 }), running, count, (one) => completeAt(one, 't48.'));
  const edit = (text: (n: number) => string) => async (one: Running): Promise<number> => {
    const n = ++fresh;
    await one.kernel.client.run(text(n));
    return completeAt(one, `const draft${n} = f${n % 40}(1);\nt${n % 48}.`);
  };
  const changed = (n: number): string => `const t40 = [1, 2, ${n}].map((x) => x + t39.length);\nfunction f40(x: number): number { return x + ${n}; }`;
  await measure(results, 'completion after an edit, 50 cells', ms({ atMost: 100 }), running, count, edit(changed), 3);

  const ours = running.filter(({ subject }) => subject.isOurs);
  for (const { kernel } of ours) for (const { text } of notebookCells().slice(0, -1)) await kernel.client.run(text);
  await measure(results, 'completion, warm, tfjs imported', ms({ atMost: 10 }), ours, count, (one) => completeAt(one, 't48.'));
  const changedTensor = (n: number): string => `const t40 = tf.tensor2d([[1, 2], [3, ${n}]]).matMul(t39).add(40);`;
  await measure(results, 'completion after an edit, 50 cells with tfjs', ms({ atMost: 100 }), ours, count, edit(changedTensor), 3);
}
