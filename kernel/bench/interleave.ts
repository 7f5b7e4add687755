/**
 * Turns between contenders, so that a machine that slows down slows all of them: each takes a burst in every round, and ratios
 * are formed within a round.
 */
export interface Contender {
  readonly name: string;
  /** Runs for about so many milliseconds, at least once; resolves to milliseconds a run. */
  burst(milliseconds: number): Promise<number>;
}

export interface Turns {
  /** Of all contenders together, seconds; no contender is cut off in a burst. */
  readonly seconds: number;
  /** Milliseconds of one burst. */
  readonly burst: number;
  readonly now?: () => number;
  /** Called when a burst fails; that contender sits out from then on. Without it the failure is thrown. */
  readonly onFailure?: (name: string, error: unknown) => void;
}

/** Milliseconds a run, by round; undefined in a round that the contender sat out. */
export type Rounds = ReadonlyMap<string, readonly (number | undefined)[]>;

/** Rounds that every contender takes part in unless one takes more than all of the time. */
const LEAST_ROUNDS = 5;

/**
 * A contender that has used up its share of the time sits out, once it has been measured: a peer that takes seconds a step is
 * measured once or twice.
 */
export async function interleave(contenders: readonly Contender[], { seconds, burst, now = () => performance.now(), onFailure }: Turns): Promise<Rounds> {
  const rounds = new Map<string, (number | undefined)[]>(contenders.map(({ name }) => [name, []]));
  const spent = new Map<string, number>();
  const failed = new Set<string>();
  const share = Math.max((1000 * seconds) / Math.max(1, contenders.length), LEAST_ROUNDS * burst);
  const end = now() + 1000 * seconds;
  for (let round = 0; round < LEAST_ROUNDS || now() < end; round++) {
    let played = 0;
    for (const contender of contenders) {
      const { name } = contender;
      const used = spent.get(name) ?? 0;
      if (failed.has(name) || (round > 0 && used > (round < 3 ? 2 : 1) * share)) {
        rounds.get(name)?.push(undefined);
        continue;
      }
      played++;
      const start = now();
      try {
        rounds.get(name)?.push(await contender.burst(burst));
      } catch (error) {
        if (!onFailure) throw error;
        onFailure(name, error);
        failed.add(name);
        rounds.get(name)?.push(undefined);
      }
      spent.set(name, used + now() - start);
    }
    if (played === 0) break;
  }
  return rounds;
}
