/** Pixels as indices into a palette of at most 256 colours. Charts have few: fills, and the blends at the edges of letters. */
export interface Indexed {
  /** Red, green, blue of each index. */
  readonly palette: Uint8Array;
  readonly indices: Uint8Array;
}

const MAX_COLOURS = 256;

/** Alpha is ignored. The most frequent colours are kept exactly. */
export function indexColours(rgba: Uint8Array | Uint8ClampedArray): Indexed {
  const colours = pack(rgba);
  const counts = new Map<number, number>();
  forEachRun(colours, (colour, start, end) => counts.set(colour, (counts.get(colour) ?? 0) + end - start));
  const ordered = [...counts].sort(([, a], [, b]) => b - a).map(([colour]) => colour);
  const kept = ordered.slice(0, MAX_COLOURS);
  const index = new Map(kept.map((colour, at) => [colour, at]));
  for (const colour of ordered.slice(MAX_COLOURS)) index.set(colour, nearest(colour, kept));
  const indices = new Uint8Array(colours.length);
  forEachRun(colours, (colour, start, end) => indices.fill(index.get(colour) ?? 0, start, end));
  return { palette: Uint8Array.from(kept.flatMap(channels)), indices };
}

const pack = (rgba: Uint8Array | Uint8ClampedArray): Uint32Array => {
  const colours = new Uint32Array(rgba.length / 4);
  for (let at = 0; at < colours.length; at++) colours[at] = ((rgba[4 * at] ?? 0) << 16) | ((rgba[4 * at + 1] ?? 0) << 8) | (rgba[4 * at + 2] ?? 0);
  return colours;
};

function forEachRun(colours: Uint32Array, visit: (colour: number, start: number, end: number) => void): void {
  let start = 0;
  for (let at = 1; at <= colours.length; at++) {
    if (at < colours.length && colours[at] === colours[start]) continue;
    visit(colours[start] ?? 0, start, at);
    start = at;
  }
}

const channels = (colour: number): [number, number, number] => [(colour >> 16) & 255, (colour >> 8) & 255, colour & 255];

function nearest(colour: number, palette: readonly number[]): number {
  const [red, green, blue] = channels(colour);
  let best = 0;
  let least = Infinity;
  palette.forEach((candidate, at) => {
    const [r, g, b] = channels(candidate);
    const distance = (r - red) ** 2 + (g - green) ** 2 + (b - blue) ** 2;
    if (distance < least) [best, least] = [at, distance];
  });
  return best;
}
