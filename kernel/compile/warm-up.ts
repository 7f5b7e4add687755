/**
 * A cell with something of everything that notebooks hold. Compiled once, while nobody waits, it halves the time of the
 * user's first cell: V8 compiles functions of the parser only when they are first called.
 */
export const WARM_UP_CELL = `import a, { type B, c as d } from 'm';
import * as ns from 'n';
interface P<T> { x: T; y?: string }
type Q = P<number> | undefined;
const { e, f: [g = 1], ...rest } = { e: 1, f: [] } as any, h = (x: number): number => x * 2;
let i: number = 0, j;
for (var k = 0; k < 3; k++) { i += k as number; }
function m<T extends P<number>>(p: T, n = 2): number {
  if (p.y) return n;
  try { throw new Error(\`\${n}\`) } catch { return p.x * n + i }
}
class R<T> extends Array<T> { #s = 1; static t = 2; get u() { return this.#s } async v(w: T): Promise<void> { await w } }
export const z = new R<number>();
for (const q of [1, 2]) console.log(q, z?.u ?? h(q), import('o'));
const later = setTimeout(() => later, 1);
const rows: readonly P<number>[] = Array.from({ length: 3 }, (_: unknown, at: number) => ({ x: at, y: 'a' }));
const kept = rows.filter((row): row is P<number> => row.x > 1 && typeof row.y === 'string').map(({ x }) => x % 2 === 0 ? [x, 'even'] as const : [x, 'odd'] as const);
const total: number = (rows[0]?.x ?? 0) * 2.5 + rows.reduce((sum: number, { x }) => sum + x, 0) - kept.length! / 3;
const counts: Map<string, number> = new Map<string, number>([...kept.map(([n, s]): [string, number] => [s, n])]);
if (total >= 0 && !counts.has('none')) { counts.set('none', -1); delete (rest as any).x; } else while (i < 3) i++;
await Promise.all([1, 2].map(async (x) => x));
({ i, h });
`;
