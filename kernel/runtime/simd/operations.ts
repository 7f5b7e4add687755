/** What a job can be: the table that declares the operations of the WebAssembly module, its arguments by name. */
import * as code from './jobs.js';

interface Operation {
  readonly code: number;
  /** Addresses, counts and kinds, in the order in which `assembly/run.ts` reads them. */
  readonly words: readonly string[];
  /** Numbers (float32) after them. */
  readonly numbers: readonly string[];
  /** What is counted by `items`, and split among threads. */
  readonly items: string;
}

export const OPERATIONS = {
  product: {
    code: code.PRODUCT,
    words: ['tile', 'x', 'y', 'sources', 'targets', 'batch', 'blocks', 'starts', 'offsets', 'values', 'bias', 'activation'],
    numbers: [],
    items: 'targets',
  },
  sampled: {
    code: code.SAMPLED,
    words: ['own', 'other', 'sources', 'targets', 'batch', 'blocks', 'starts', 'offsets', 'out'],
    numbers: [],
    items: 'targets',
  },
  groupedProduct: {
    code: code.GROUPED,
    words: ['x', 'y', 'sources', 'targets', 'batch', 'groups', 'offsets', 'longest', 'values', 'bias', 'activation'],
    numbers: [],
    items: 'groups of four targets',
  },
  groupedSampled: {
    code: code.GROUPED_SAMPLED,
    words: ['own', 'other', 'sources', 'targets', 'batch', 'groups', 'offsets', 'longest', 'out'],
    numbers: [],
    items: 'groups of four targets',
  },
  rowSums: { code: code.ROW_SUMS, words: ['d', 'out', 'rows', 'batch'], numbers: [], items: 'rows' },
  activate: { code: code.ACTIVATE, words: ['kind', 'y', 'rows', 'batch'], numbers: [], items: 'rows' },
  activationGradient: { code: code.ACTIVATION_GRADIENT, words: ['kind', 'y', 'd', 'rows', 'batch'], numbers: [], items: 'rows' },
  toPanels: { code: code.TO_PANELS, words: ['rows', 'panels', 'features', 'batch'], numbers: [], items: 'features' },
  fromPanels: { code: code.FROM_PANELS, words: ['panels', 'rows', 'features', 'batch'], numbers: [], items: 'features' },
  permute: { code: code.PERMUTE, words: ['values', 'order', 'out'], numbers: [], items: 'values' },
  allFinite: { code: code.ALL_FINITE, words: ['values', 'flag'], numbers: [], items: 'values' },
  optimize: {
    code: code.OPTIMIZE,
    words: ['kind', 'w', 'g', 'm', 'v', 's'],
    numbers: ['rate', 'a', 'b', 'c', 'd', 'e', 'f'],
    items: 'values',
  },
  multiplyAddRate: { code: code.MULTIPLY_ADD_RATE, words: ['x', 'bytes', 'weight', 'out'], numbers: [], items: 'repeats' },
  // Those of training, `assembly/training`.
  gatherRows: { code: code.GATHER_ROWS, words: ['rows', 'order', 'panels', 'features', 'batch'], numbers: [], items: 'features' },
  loss: { code: code.LOSS, words: ['kind', 'y', 't', 'd', 'weights', 'sums', 'features', 'batch'], numbers: [], items: 'panels' },
  softmax: { code: code.SOFTMAX, words: ['y', 'features', 'batch'], numbers: [], items: 'panels' },
  softmaxGradient: { code: code.SOFTMAX_GRADIENT, words: ['y', 'd', 'features', 'batch'], numbers: [], items: 'panels' },
  dropout: { code: code.DROPOUT, words: ['x', 'y', 'features', 'batch', 'seed'], numbers: ['rate'], items: 'panels' },
  normalize: { code: code.NORMALIZE, words: ['x', 'y', 'gamma', 'beta', 'mean', 'scale', 'movingMean', 'movingVariance', 'features', 'batch'], numbers: ['epsilon', 'momentum'], items: 'features' },
  normalizeBy: { code: code.NORMALIZE_BY, words: ['x', 'y', 'gamma', 'beta', 'mean', 'variance', 'features', 'batch'], numbers: ['epsilon'], items: 'features' },
  normalizeGradient: { code: code.NORMALIZE_GRADIENT, words: ['x', 'd', 'gamma', 'mean', 'scale', 'dGamma', 'dBeta', 'features', 'batch'], numbers: [], items: 'features' },
  penalty: { code: code.PENALTY, words: ['w', 'g', 'length', 'sums'], numbers: ['l1', 'l2'], items: 'chunks' },
  squares: { code: code.SQUARES, words: ['g', 'length', 'sums'], numbers: [], items: 'chunks' },
  clipFactor: { code: code.CLIP_FACTOR, words: ['kind', 'sums', 'count', 'factor'], numbers: ['limit'], items: 'one' },
  scale: { code: code.SCALE, words: ['values', 'factor'], numbers: [], items: 'values' },
  clipValue: { code: code.CLIP_VALUE, words: ['values'], numbers: ['limit'], items: 'values' },
  average: { code: code.AVERAGE, words: ['w', 'average', 'fresh', 'overwrite'], numbers: ['momentum'], items: 'values' },
  constrain: { code: code.CONSTRAIN, words: ['kind', 'w', 'length', 'groups', 'count', 'squares'], numbers: ['least', 'most', 'rate'], items: 'one' },
  copy: { code: code.COPY, words: ['from', 'to'], numbers: [], items: 'values' },
} as const satisfies Record<string, Operation>;

export type OperationName = keyof typeof OPERATIONS;
type ArgumentName<N extends OperationName> = (typeof OPERATIONS)[N]['words'][number] | (typeof OPERATIONS)[N]['numbers'][number];

export interface Job {
  readonly operation: OperationName;
  readonly items: number;
  /** Items that a thread takes at a time. */
  readonly grain: number;
  readonly values: Readonly<Record<string, number>>;
}

/** @param grain items that a thread takes at a time; a job of no more is not shared. Default: all, so one thread does it */
export function job<N extends OperationName>(operation: N, items: number, values: Readonly<Record<ArgumentName<N>, number>>, grain = items): Job {
  return { operation, items, grain, values };
}

/** Where an argument lies in its job, counted in words: what a step changes in a program that is there already. */
export function argumentPlace(operation: OperationName, argument: string): number {
  const { words, numbers }: Operation = OPERATIONS[operation];
  const place = [...words, ...numbers].indexOf(argument);
  if (place < 0) throw new Error(`the operation ${operation} has no argument ${argument}`);
  return code.JOB_ARGUMENTS / 4 + place;
}

/** Writes the job into its 128 bytes. */
export function writeJob({ operation, items, grain, values }: Job, words: Int32Array, floats: Float32Array): void {
  const { code: number, words: names, numbers }: Operation = OPERATIONS[operation];
  words[code.JOB_OPERATION / 4] = number;
  words[code.JOB_ITEMS / 4] = items;
  words[code.JOB_GRAIN / 4] = grain;
  const first = code.JOB_ARGUMENTS / 4;
  names.forEach((name, n) => (words[first + n] = values[name] ?? 0));
  numbers.forEach((name, n) => (floats[first + names.length + n] = values[name] ?? 0));
}
