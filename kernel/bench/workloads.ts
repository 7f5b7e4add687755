/** The table of what is measured: who takes part, which rows come of it, and what each must reach. */
import type { LayerPart, Net, Work } from './specification.js';
import type { SubjectName } from './subjects.js';

/** One who takes part in a workload. */
export interface Party {
  /** Unique within the workload; what the table calls it. */
  readonly name: string;
  readonly subject: SubjectName;
  readonly work: Work;
}

export interface Comparison {
  /** Parties; of several the fastest of each round. */
  readonly beside: readonly string[];
  /** What the table calls several parties. */
  readonly label?: string;
  /** So many times as fast it must be. */
  readonly atLeast?: number;
  /** Ratio of floating-point operations a second at live connections, instead of one of times. */
  readonly byOperations?: boolean;
}

export interface Row {
  readonly id: string;
  readonly title: string;
  /** The party whose figure it is. */
  readonly own: string;
  readonly comparisons: readonly Comparison[];
  /** Milliseconds it may take. */
  readonly atMost?: number;
}

export type Plan = 'quick' | 'usual' | 'full';

export interface Workload {
  readonly id: string;
  readonly parties: readonly Party[];
  readonly rows: readonly Row[];
  /** Share of the time, beside the others'. */
  readonly weight: number;
  readonly plans: readonly Plan[];
}

const OURS = 'Patchbay';
const TFJS = ['tfjs cpu', 'tfjs wasm', 'tfjs-node'] as const;
const PYTHON = ['Keras', 'PyTorch', 'PyTorch, fused Adam'] as const;
const RATE = 'multiply-add rate';

const TFJS_SUBJECTS = { 'tfjs cpu': 'tfjs-cpu', 'tfjs wasm': 'tfjs-wasm', 'tfjs-node': 'tfjs-node' } as const satisfies Record<(typeof TFJS)[number], SubjectName>;

function netParties(net: Net): Party[] {
  const work = { kind: 'step', net } as const;
  return [
    { name: OURS, subject: 'patchbay', work },
    ...TFJS.map((name) => ({ name, subject: TFJS_SUBJECTS[name], work })),
    { name: 'Keras', subject: 'keras', work },
    { name: 'PyTorch', subject: 'torch', work },
    ...(net.optimizer === 'adam' ? [{ name: 'PyTorch, fused Adam', subject: 'torch' as const, work: { ...work, how: 'fused' } }] : []),
  ];
}

/** A comparison with each of the peers that has no target of its own. */
const others = (targets: readonly Comparison[]): Comparison[] => {
  const named = new Set(targets.filter(({ beside }) => beside.length === 1).flatMap(({ beside }) => beside));
  return [...targets, ...[...TFJS, ...PYTHON].filter((name) => !named.has(name)).map((name) => ({ beside: [name] }))];
};

const bestTfjs = (atLeast: number): Comparison => ({ beside: TFJS, label: 'best tfjs', atLeast });
const bestPython = (atLeast: number): Comparison => ({ beside: PYTHON, label: 'best in Python', atLeast });
const beside = (name: string, atLeast?: number): Comparison => ({ beside: [name], ...(atLeast === undefined ? {} : { atLeast }) });
const ofRate = (atLeast: number): Comparison => ({ beside: [RATE], byOperations: true, atLeast });

function training(id: string, title: string, net: Net, targets: readonly Comparison[], plans: readonly Plan[], weight = 3): Workload {
  return { id, plans, weight, parties: netParties(net), rows: [{ id, title: `training step ${title}`, own: OURS, comparisons: others(targets) }] };
}

const BATCH = 128;

/** One layer n² of a density: its products beside the rate, a step beside our own dense one. */
function layer(n: number, density: number, targets: { forward: number; weights: number; step: number }, plans: readonly Plan[], weight = 2): Workload {
  const own = (part: LayerPart): Party => ({ name: part, subject: 'patchbay', work: { kind: 'layer', layer: { n, density, batch: BATCH, part } } });
  const id = `layer-${n}-${density}`;
  const title = `${n}² layer, d = ${density}, batch ${BATCH}`;
  const forward = { n, density, batch: BATCH, part: 'forward' } as const;
  return {
    id,
    plans,
    weight,
    parties: [
      own('forward'), own('inputGradient'), own('weightGradient'), own('step'),
      { name: RATE, subject: 'patchbay', work: { kind: 'rate' } },
      { name: 'our dense', subject: 'patchbay', work: { kind: 'layer', layer: { n, density: 1, batch: BATCH, part: 'step' }, how: 'dense' } },
      { name: 'tfjs wasm', subject: 'tfjs-wasm', work: { kind: 'layer', layer: { n, density, batch: BATCH, part: 'step' } } },
      { name: 'PyTorch CSR', subject: 'torch', work: { kind: 'layer', layer: forward, how: 'csr' } },
    ],
    rows: [
      { id: `${id}-step`, title: `${title}: forward, backward, SGD`, own: 'step', comparisons: [beside('our dense', targets.step), beside('tfjs wasm')] },
      { id: `${id}-forward`, title: `${title}: forward`, own: 'forward', comparisons: [ofRate(targets.forward), beside('PyTorch CSR', 1)] },
      { id: `${id}-input-gradient`, title: `${title}: gradient of the inputs`, own: 'inputGradient', comparisons: [{ beside: [RATE], byOperations: true }] },
      { id: `${id}-weight-gradient`, title: `${title}: gradient of the weights`, own: 'weightGradient', comparisons: [ofRate(targets.weights)] },
    ],
  };
}

function density1(n: number): Workload {
  const id = `dense-${n}`;
  const parts = ['forward', 'step'] as const;
  const layerOf = (part: LayerPart) => ({ kind: 'layer', layer: { n, density: 1, batch: BATCH, part } }) as const;
  return {
    id,
    plans: ['usual', 'full'],
    weight: 2,
    parties: parts.flatMap((part) => [
      { name: part, subject: 'patchbay', work: layerOf(part) } as const,
      ...TFJS.map((name) => ({ name: `${name} ${part}`, subject: TFJS_SUBJECTS[name], work: layerOf(part) })),
    ]),
    rows: parts.map((part) => ({
      id: `${id}-${part}`,
      title: `${n}² layer, d = 1, batch ${BATCH}: ${part === 'step' ? 'forward, backward, SGD' : part}`,
      own: part,
      comparisons: [beside(`tfjs wasm ${part}`, 0.95), beside(`tfjs cpu ${part}`), beside(`tfjs-node ${part}`)],
    })),
  };
}

/** What dispatch chooses, beside our dense kernels; 5 % are the noise of two medians. */
function automatic(n: number, density: number, plans: readonly Plan[]): Workload {
  const id = `auto-${n}-${density}`;
  const step = (own: number, how?: string): Work => ({ kind: 'layer', layer: { n, density: own, batch: BATCH, part: 'step' }, ...(how === undefined ? {} : { how }) });
  return {
    id,
    plans,
    weight: 1,
    parties: [{ name: 'auto', subject: 'patchbay', work: step(density) }, { name: 'our dense', subject: 'patchbay', work: step(1, 'dense') }],
    rows: [{ id, title: `${n}² layer, d = ${density}, as dispatch chooses: forward, backward, SGD`, own: 'auto', comparisons: [beside('our dense', 0.95)] }],
  };
}

const TINY: Net = { sizes: [8, 16, 3], densities: [0.5, 0.5], batch: 32, optimizer: 'adam', loss: 'mse' };
const digits = (density: number): Net => ({ sizes: [784, 1024, 10], densities: [density, 1], batch: 128, optimizer: 'adam', loss: 'crossentropy' });
const WIDE: Net = { sizes: [2048, 2048, 10], densities: [0.01, 1], batch: 64, optimizer: 'adam', loss: 'crossentropy' };
const ALL: readonly Plan[] = ['quick', 'usual', 'full'];
const LONG: readonly Plan[] = ['usual', 'full'];
const FULL: readonly Plan[] = ['full'];

export const WORKLOADS: readonly Workload[] = [
  training('step-8-16-3', '8-16-3, d = 0.5, batch 32, Adam', TINY, [bestTfjs(50), beside('PyTorch', 10)], ALL),
  training('step-784-1024-10-0.1', '784-1024-10, d = 0.1, batch 128, Adam', digits(0.1), [beside('tfjs wasm', 4.5), beside('tfjs-node', 6), bestPython(2.5)], LONG, 5),
  training('step-784-1024-10-0.01', '784-1024-10, d = 0.01, batch 128, Adam', digits(0.01), [beside('tfjs wasm', 20), beside('tfjs-node', 25), bestPython(8)], LONG, 5),
  training('step-2048-2048-10-0.01', '2048-2048-10, d = 0.01, batch 64, Adam', WIDE, [beside('tfjs wasm', 30)], LONG, 6),
  layer(1024, 0.1, { forward: 0.7, weights: 0.55, step: 4.5 }, ALL),
  layer(1024, 0.01, { forward: 0.7, weights: 0.55, step: 30 }, LONG),
  layer(4096, 0.1, { forward: 0.55, weights: 0.45, step: 4.5 }, FULL, 6),
  layer(4096, 0.01, { forward: 0.55, weights: 0.45, step: 30 }, FULL, 6),
  density1(1024),
  automatic(1024, 0.5, LONG),
  ...[0.01, 0.05, 0.1, 0.2, 0.3, 0.4, 0.6, 0.7, 0.8, 0.9, 1].map((density) => automatic(1024, density, FULL)),
  {
    id: 'one-sample',
    plans: LONG,
    weight: 1,
    parties: [
      { name: 'forward', subject: 'patchbay', work: { kind: 'layer', layer: { n: 1024, density: 0.1, batch: 1, part: 'forward' } } },
      { name: RATE, subject: 'patchbay', work: { kind: 'rate' } },
      ...TFJS.map((name) => ({ name, subject: TFJS_SUBJECTS[name], work: { kind: 'layer', layer: { n: 1024, density: 0.1, batch: 1, part: 'forward' } } as const })),
    ],
    rows: [{ id: 'one-sample', title: '1024² layer, d = 0.1, one sample: forward', own: 'forward', comparisons: [ofRate(0.1), ...TFJS.map((name) => beside(name))] }],
  },
  {
    id: 'threads',
    plans: LONG,
    weight: 2,
    parties: [1, 2].map((threads) => ({ name: `${threads} ${threads === 1 ? 'thread' : 'threads'}`, subject: 'patchbay', work: { kind: 'layer', layer: { n: 4096, density: 0.1, batch: BATCH, part: 'step' }, threads } })),
    rows: [{ id: 'threads', title: `4096² layer, d = 0.1, batch ${BATCH}, 2 threads: forward, backward, SGD`, own: '2 threads', comparisons: [beside('1 thread', 1.7)] }],
  },
  {
    id: 'second-train',
    plans: ALL,
    weight: 1,
    parties: [{ name: OURS, subject: 'patchbay', work: { kind: 'start', net: TINY } }],
    rows: [{ id: 'second-train', title: 'a second train of 8-16-3, beside its steps', own: OURS, comparisons: [], atMost: 3 }],
  },
  {
    id: 'cold',
    plans: LONG,
    weight: 2,
    parties: [OURS, 'tfjs wasm', 'PyTorch', 'Keras'].map((name) => ({
      name,
      subject: ({ [OURS]: 'patchbay', 'tfjs wasm': 'tfjs-wasm', PyTorch: 'torch', Keras: 'keras' } as const)[name] ?? 'patchbay',
      work: { kind: 'cold', net: TINY },
    })),
    rows: [{ id: 'cold', title: 'a process from its start to the end of its first step, 8-16-3', own: OURS, comparisons: [beside('PyTorch', 1), beside('Keras', 1), beside('tfjs wasm')], atMost: 400 }],
  },
];

export const workloadsOf = (plan: Plan): readonly Workload[] => WORKLOADS.filter(({ plans }) => plans.includes(plan));

/** Seconds that all workloads of a plan measure together, beside preparing. */
export const SECONDS: Readonly<Record<Plan, number>> = { quick: 2, usual: 40, full: 240 };
