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

/** At least so many steps, repeated by epochs where the rows would not fit into memory. */
export function lengthOf({ batch, sizes }: Net, steps: number): Length {
  const wanted = Math.min(MOST_STEPS, Math.max(1, steps));
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

/** A training of about so many milliseconds is long enough; one that takes longer with a single step is as it is. */
const ENOUGH = 150;
const GROWTH = 8;

/**
 * How many steps it takes until they, and not the start of a training, are what is measured: eight times the steps took more than
 * three times as long, or the time was enough.
 *
 * @param time milliseconds of a training of so many steps
 */
export async function worthwhileSteps(time: (steps: number) => Promise<number>): Promise<{ steps: number; milliseconds: number }> {
  let steps = 1;
  let milliseconds = await time(steps);
  while (milliseconds < ENOUGH && steps < MOST_STEPS) {
    const more = Math.min(MOST_STEPS, steps * GROWTH);
    const longer = await time(more);
    const grew = longer > 3 * milliseconds;
    [steps, milliseconds] = [more, longer];
    if (grew) break;
  }
  return { steps, milliseconds };
}

export async function training(net: Net, mine: boolean): Promise<Contender> {
  const go = mine ? ours(net) : tfjs(net);
  let length: Length = { steps: 1, epochs: 1 };
  let data = dataOf(net, 1);
  let note: string | undefined;
  const take = (next: Length): void => {
    if (next.steps !== length.steps) {
      data.dispose();
      data = dataOf(net, next.steps);
    }
    length = next;
  };
  /** Milliseconds of all steps. */
  const timed = async (): Promise<number> => {
    const start = performance.now();
    note = await go(length, data);
    return performance.now() - start;
  };
  // The first step compiles and allocates.
  await timed();
  const least = await worthwhileSteps(async (steps) => {
    take(lengthOf(net, steps));
    return timed();
  });
  let perStep = least.milliseconds / least.steps;
  return {
    ...(note === undefined ? {} : { note }),
    burst: async (milliseconds) => {
      const [wanted, now] = [Math.max(least.steps, Math.round(milliseconds / perStep)), length.steps * length.epochs];
      // New rows only where the length is far off: making them costs time.
      if (wanted > 2 * now || 2 * wanted < now) take(lengthOf(net, wanted));
      return (perStep = (await timed()) / (length.steps * length.epochs));
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
