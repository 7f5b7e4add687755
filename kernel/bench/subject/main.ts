/**
 * A subject of the bench in Node: `bench-subject.cjs patchbay|tfjs`. Requests come as lines of JSON on standard input, answers
 * go as lines to standard output; with `--cold net` it does one step and ends.
 */
import readline from 'node:readline';
import { backendSentence, ready, tf } from '../../runtime/index.js';
import type { Answer, Net, Request, Work } from '../specification.js';
import { repeated, type Contender } from './contender.js';
import { kernelLayer, rate } from './kernels.js';
import { maskOf } from './layer.js';
import { tfjsLayer } from './tfjs-layer.js';
import { oneStep, secondStart, training } from './training.js';

const [role, option, argument] = process.argv.slice(2);
const mine = role === 'patchbay';

async function prepare(work: Work): Promise<Contender> {
  switch (work.kind) {
    case 'step':
      return training(work.net, mine);
    case 'start':
      return secondStart(work.net);
    case 'rate':
      return rate();
    case 'layer':
      return mine ? kernelLayer(work.layer, work.how, work.threads) : layerOfTfjs(work.layer);
    case 'cold':
      throw new Error('a cold start is measured from outside');
  }
}

function layerOfTfjs({ n, density, batch, part }: Extract<Work, { kind: 'layer' }>['layer']): Contender {
  if (part !== 'forward' && part !== 'step') throw new Error(`tfjs is measured forward and in a step, not in ${part}`);
  const layer = tfjsLayer(maskOf(n, density), batch, density < 1);
  return { burst: async (milliseconds) => repeated(layer[part], milliseconds), release: () => layer.release() };
}

const contenders = new Map<string, Contender>();

async function answer(request: Request): Promise<Omit<Answer, 'id'>> {
  switch (request.operation) {
    case 'describe':
      return describe();
    case 'prepare': {
      const contender = await prepare(request.work);
      contenders.set(request.name, contender);
      const { flops, note } = contender;
      return { ...(flops === undefined ? {} : { flops }), ...(note === undefined ? {} : { note }) };
    }
    case 'burst': {
      const contender = contenders.get(request.name);
      if (!contender) throw new Error(`${request.name} was not prepared`);
      return { milliseconds: await contender.burst(request.milliseconds) };
    }
    case 'release':
      contenders.get(request.name)?.release();
      contenders.delete(request.name);
      return {};
  }
}

/** Where another backend than the one that was asked for computes, this subject is not here. */
async function describe(): Promise<{ what: string } | { error: string }> {
  await ready;
  const wanted = process.env['PATCHBAY_BACKEND'] ?? '';
  return tf.getBackend() === wanted ? { what: backendSentence() } : { error: backendSentence() };
}

async function serve(): Promise<void> {
  for await (const line of readline.createInterface({ input: process.stdin })) {
    // SAFETY: the other end of the pipe is `subject-process.ts`, which writes nothing else.
    const request = JSON.parse(line) as Request;
    const body = await answer(request).catch((error: unknown) => ({ error: error instanceof Error ? error.message : String(error) }));
    process.stdout.write(`${JSON.stringify({ id: request.id, ...body } satisfies Answer)}\n`);
  }
  process.exit(0);
}

async function main(): Promise<void> {
  if (option !== '--cold' || argument === undefined) return serve();
  await ready;
  // SAFETY: as above.
  await oneStep(JSON.parse(argument) as Net, mine);
  process.exit(0);
}

void main();
