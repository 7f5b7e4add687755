/**
 * What was run in this session, as `history_request` asks for it.
 *
 * Source: https://jupyter-client.readthedocs.io/en/stable/messaging.html#history
 */

/** Session number, line number, and the input or `[input, output]`. */
export type HistoryItem = readonly [session: number, line: number, content: string | readonly [string, string | null]];

interface Entry {
  readonly line: number;
  readonly input: string;
  output: string | null;
}

/** There is one session: that of this process. */
const SESSION = 1;
const KEPT_ENTRIES = 10_000;
const DEFAULT_ENTRIES = 1_000;

export class History {
  #entries: Entry[] = [];

  add(line: number, input: string): void {
    this.#entries.push({ line, input, output: null });
    if (this.#entries.length > KEPT_ENTRIES) this.#entries = this.#entries.slice(-KEPT_ENTRIES);
  }

  /** The text of the result of the newest entry with this number. */
  setOutput(line: number, output: string): void {
    const entry = this.#entries.findLast((candidate) => candidate.line === line);
    if (entry !== undefined) entry.output = output;
  }

  /** Oldest first. An access type or a session that is not there has no items. */
  answer(request: Readonly<Record<string, unknown>>): HistoryItem[] {
    const withOutput = request['output'] === true;
    return this.#select(request).map(({ line, input, output }) => [SESSION, line, withOutput ? [input, output] : input]);
  }

  #select(request: Readonly<Record<string, unknown>>): readonly Entry[] {
    const count = numberOr(request['n'], DEFAULT_ENTRIES);
    switch (request['hist_access_type']) {
      case 'range': {
        const session = numberOr(request['session'], 0);
        if (session !== 0 && session !== SESSION) return [];
        const [start, stop] = [numberOr(request['start'], 0), numberOr(request['stop'], Infinity)];
        return this.#entries.filter(({ line }) => line >= start && line < stop);
      }
      case 'tail':
        return lastOf(this.#entries, count);
      case 'search': {
        const pattern = globPattern(typeof request['pattern'] === 'string' ? request['pattern'] : '*');
        const found = this.#entries.filter(({ input }) => pattern.test(input));
        return lastOf(request['unique'] === true ? newestOfEach(found) : found, count);
      }
      default:
        return [];
    }
  }
}

const numberOr = (value: unknown, otherwise: number): number => (typeof value === 'number' && Number.isFinite(value) ? value : otherwise);

const lastOf = (entries: readonly Entry[], count: number): readonly Entry[] => (count <= 0 ? [] : entries.slice(-count));

function newestOfEach(entries: readonly Entry[]): Entry[] {
  const newest = new Map(entries.map((entry) => [entry.input, entry]));
  return entries.filter((entry) => newest.get(entry.input) === entry);
}

/** As SQLite's GLOB, which Jupyter's own kernels search with: `*`, `?` and `[…]`, over the whole input. */
function globPattern(glob: string): RegExp {
  const body = glob.replace(/\[(\^?)([^\]]+)\]|[\s\S]/gu, (part: string, not: string | undefined, set: string | undefined) => {
    if (set !== undefined) return `[${not ?? ''}${set.replace(/[\\[\]^]/g, '\\$&')}]`;
    if (part === '*') return '.*';
    return part === '?' ? '.' : part.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  });
  return new RegExp(`^${body}$`, 'su');
}
