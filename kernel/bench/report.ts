/** From what was measured to rows: ratios with their spread, and what is kept. Pure. */
import type { Rounds } from './interleave.js';
import { summarize, type Summary } from './statistics.js';
import type { Comparison, Plan, Row, Workload } from './workloads.js';

/** What a party said when it was prepared, or why it is not there. */
export interface Fact {
  readonly flops?: number;
  readonly note?: string;
  readonly missing?: string;
}

export interface ComparisonResult {
  readonly beside: string;
  /** Milliseconds of the peer, by its fastest member in each round. */
  readonly milliseconds?: Summary;
  /** How many times as fast as the peer; or ratio of operations a second. */
  readonly ratio?: Summary;
  /** `time`, or `operations` a second. */
  readonly of: 'time' | 'operations';
  readonly atLeast?: number;
  readonly kept?: boolean;
  /** Why there is no ratio. */
  readonly missing?: string;
}

export interface RowResult {
  readonly id: string;
  readonly title: string;
  readonly milliseconds?: Summary;
  /** Billions of floating-point operations at live connections a second. */
  readonly gflops?: number;
  readonly note?: string;
  readonly atMost?: number;
  readonly kept?: boolean;
  readonly missing?: string;
  readonly comparisons: readonly ComparisonResult[];
}

export interface SubjectResult {
  readonly name: string;
  readonly what?: string;
  readonly missing?: string;
}

export interface Report {
  /** Of this form. */
  readonly version: 1;
  readonly patchbay: string;
  readonly plan: Plan;
  /** ISO 8601. */
  readonly started: string;
  readonly seconds: number;
  readonly machine: {
    readonly cpu: string;
    readonly processors: number;
    readonly platform: string;
    readonly node: string;
    /** Processes that wanted to run in the minute before the first and before the last measurement; 0 where the system does not say. */
    readonly load: readonly [number, number];
  };
  readonly subjects: readonly SubjectResult[];
  /** Billions of multiply-adds' floating-point operations a second in WebAssembly SIMD128 on one thread. */
  readonly rateGflops?: number;
  readonly rows: readonly RowResult[];
}

const rounded = (value: number): number => Number(value.toPrecision(5));

function spread(values: readonly number[]): Summary | undefined {
  if (values.length === 0) return undefined;
  const { median, quartiles, samples } = summarize(values);
  return { median: rounded(median), quartiles: [rounded(quartiles[0]), rounded(quartiles[1])], samples };
}

const isNumber = (value: number | undefined): value is number => value !== undefined;

/** Of each round the fastest of several parties. */
function fastest(names: readonly string[], rounds: Rounds): (number | undefined)[] {
  const series = names.map((name) => rounds.get(name) ?? []);
  const length = Math.max(0, ...series.map(({ length: count }) => count));
  return Array.from({ length }, (_, round) => {
    const values = series.map((values) => values[round]).filter(isNumber);
    return values.length === 0 ? undefined : Math.min(...values);
  });
}

function compare(row: Row, { beside, label, atLeast, byOperations = false }: Comparison, rounds: Rounds, facts: ReadonlyMap<string, Fact>): ComparisonResult {
  const present = beside.filter((name) => rounds.has(name));
  // Of several the table names the one that was there; a sum of what none has would be none.
  const head = { beside: label ?? beside.join(', '), of: byOperations ? ('operations' as const) : ('time' as const), ...(atLeast === undefined ? {} : { atLeast }) };
  const own = rounds.get(row.own) ?? [];
  const peer = fastest(present, rounds);
  const milliseconds = spread(peer.filter(isNumber));
  const scale = byOperations ? (facts.get(row.own)?.flops ?? NaN) / (facts.get(beside[0] ?? '')?.flops ?? NaN) : 1;
  const ratio = spread(own.flatMap((value, round) => (isNumber(value) && isNumber(peer[round]) && value > 0 ? [(scale * peer[round]) / value] : [])));
  if (!milliseconds || !ratio) return { ...head, missing: beside.map((name) => facts.get(name)?.missing).find((reason) => reason !== undefined) ?? 'not measured' };
  return { ...head, milliseconds, ratio, ...(atLeast === undefined ? {} : { kept: ratio.median >= atLeast }) };
}

export function rowsOf({ rows }: Workload, rounds: Rounds, facts: ReadonlyMap<string, Fact>): RowResult[] {
  return rows.map((row) => {
    const { id, title, atMost } = row;
    const { flops, note, missing } = facts.get(row.own) ?? {};
    const milliseconds = spread((rounds.get(row.own) ?? []).filter(isNumber));
    return {
      id,
      title,
      ...(milliseconds === undefined ? { missing: missing ?? 'not measured' } : { milliseconds }),
      ...(flops === undefined || milliseconds === undefined ? {} : { gflops: rounded(flops / milliseconds.median / 1e6) }),
      ...(note === undefined ? {} : { note }),
      ...(atMost === undefined ? {} : { atMost }),
      ...(atMost === undefined || milliseconds === undefined ? {} : { kept: milliseconds.median <= atMost }),
      comparisons: row.comparisons.map((comparison) => compare(row, comparison, rounds, facts)),
    };
  });
}
