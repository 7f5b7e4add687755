import { summarize, type Summary } from '../../kernel/bench/statistics.js';

/** What a row must show, when that is set: a limit of its own, or a share of what Deno takes. */
export interface Target {
  readonly atMost?: number;
  readonly timesDeno?: number;
}

export interface RowOptions {
  readonly unit: 'ms' | 'MB' | 's' | '';
  readonly target?: Target;
  /** The worst value counts, beside the median. */
  readonly worst?: boolean;
}

export interface Row extends RowOptions {
  readonly name: string;
  /** By subject. */
  readonly values: Map<string, number[]>;
  /** What numbers do not say, by subject. */
  readonly notes: Map<string, string>;
}

export interface Cell extends Summary {
  readonly worst: number;
}

/** Rows in the order in which they were first named. */
export class Results {
  readonly #rows = new Map<string, Row>();

  row(name: string, options: RowOptions): void {
    if (!this.#rows.has(name)) this.#rows.set(name, { name, ...options, values: new Map(), notes: new Map() });
  }

  add(name: string, subject: string, value: number | undefined): void {
    if (value === undefined) return;
    const { values } = this.#get(name);
    values.set(subject, [...(values.get(subject) ?? []), value]);
  }

  note(name: string, subject: string, text: string): void {
    this.#get(name).notes.set(subject, text);
  }

  get rows(): readonly Row[] {
    return [...this.#rows.values()];
  }

  #get(name: string): Row {
    const row = this.#rows.get(name);
    if (row === undefined) throw new Error(`there is no row ${name}`);
    return row;
  }
}

export function cellOf(row: Row, subject: string): Cell | undefined {
  const values = row.values.get(subject);
  return values === undefined || values.length === 0 ? undefined : { ...summarize(values), worst: Math.max(...values) };
}

/** Whether a subject keeps the row's target; undefined where there is none, or nothing to hold it against. */
export function keeps(row: Row, subject: string, deno: string | undefined): boolean | undefined {
  const { atMost, timesDeno } = row.target ?? {};
  const own = cellOf(row, subject);
  if (own === undefined) return undefined;
  const counted = row.worst === true ? own.worst : own.median;
  if (atMost !== undefined) return counted <= atMost;
  const peer = deno === undefined ? undefined : cellOf(row, deno)?.median;
  return timesDeno === undefined || peer === undefined ? undefined : counted <= timesDeno * peer;
}
