/** Steps of training: how many of them make a burst, and what each takes. */
import { train } from '../../runtime/index.js';
import type { Net } from '../specification.js';
import type { Contender } from './contender.js';
import { dataOf, modelOf } from './nets.js';

interface Length {
  /** Steps of an epoch: rows that are there. */
  readonly steps: number;
  readonly epochs: number;
}

/** Numbers in memory for the rows. */
const MOST_NUMBERS = 4_000_000;
const MOST_STEPS = 10_000;

/** How long a training takes about so many milliseconds. */
export function lengthOf({ batch, sizes }: Net, millisecondsPerStep: number, milliseconds: number): Length {
  const wanted = Math.min(MOST_STEPS, Math.max(1, Math.round(milliseconds / millisecondsPerStep)));
  const room = Math.max(1, Math.floor(MOST_NUMBERS / (batch * ((sizes[0] ?? 0) + (sizes.at(-1) ?? 0)))));
  const epochs = Math.ceil(wanted / room);
  return { steps: Math.ceil(wanted / epochs), epochs };
}

/** One that trains for a length and resolves to how it was done; it throws when the loss is no number. */
type Train = (length: Length, data: ReturnType<typeof dataOf>) => Promise<string | undefined>;

function ours(net: Net): Train {
  const model = modelOf(net, true);
  return async ({ epochs }, { x, y }) => {
    const { engine, engineReason, steps } = await train(model, x, y, { engine: 'auto', epochs, batchSize: net.batch, shuffle: false, show: false });
    checkLoss(steps.at(-1));
    return `train, engine ${engine}: ${engineReason}`;
  };
}

function tfjs(net: Net): Train {
  const model = modelOf(net, false);
  return async ({ epochs }, { x, y }) => {
    const { history } = await model.fit(x, y, { epochs, batchSize: net.batch, shuffle: false, verbose: 0 });
    checkLoss(Number(history['loss']?.at(-1)));
    return 'fit, dense weights times a mask';
  };
}

function checkLoss(loss: number | undefined): void {
  if (loss === undefined || !Number.isFinite(loss)) throw new Error(`the loss is ${String(loss)}: what was measured is no training`);
}

/** Milliseconds of the first trainings, which tell how long the next ones may be. */
const FIRST = 30;

export async function training(net: Net, mine: boolean): Promise<Contender> {
  const go = mine ? ours(net) : tfjs(net);
  let length: Length = { steps: 1, epochs: 1 };
  let data = dataOf(net, 1);
  let note: string | undefined;
  const timed = async (): Promise<number> => {
    const start = performance.now();
    note = await go(length, data);
    return (performance.now() - start) / (length.steps * length.epochs);
  };
  const take = (next: Length): void => {
    if (next.steps !== length.steps) {
      data.dispose();
      data = dataOf(net, next.steps);
    }
    length = next;
  };
  // The first step compiles and allocates; the second tells how many more are worth their time.
  await timed();
  let perStep = await timed();
  for (let turn = 0; turn < 2 && perStep < FIRST; turn++) {
    take(lengthOf(net, perStep, FIRST));
    perStep = await timed();
  }
  return {
    ...(note === undefined ? {} : { note }),
    burst: async (milliseconds) => {
      const next = lengthOf(net, perStep, milliseconds);
      // New rows only where the length is far off: making them costs time.
      if (next.steps * next.epochs > 2 * length.steps * length.epochs || 2 * next.steps * next.epochs < length.steps * length.epochs) take(next);
      return (perStep = await timed());
    },
    release: () => data.dispose(),
  };
}

/** What a training of one step takes beside its step, for a model that has been trained before. */
export async function secondStart(net: Net): Promise<Contender> {
  const model = modelOf(net, true);
  const data = dataOf(net, 1);
  const { x, y } = data;
  const options = { engine: 'auto', epochs: 1, batchSize: net.batch, shuffle: false, show: false } as const;
  const first = await train(model, x, y, options);
  return {
    note: `engine ${first.engine}`,
    burst: async () => {
      const start = performance.now();
      const { msPerStep } = await train(model, x, y, options);
      return Math.max(0, performance.now() - start - msPerStep);
    },
    release: () => data.dispose(),
  };
}

/** A step, and no more: for a process that is measured from outside. */
export async function oneStep(net: Net, mine: boolean): Promise<void> {
  await (mine ? ours(net) : tfjs(net))({ steps: 1, epochs: 1 }, dataOf(net, 1));
}
