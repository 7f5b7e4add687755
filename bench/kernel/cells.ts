/** Cells that no cache has seen before. */

/** Forty lines of everyday TypeScript: an interface, a class, generics, functions, loops. All names end in `n`. */
export function fortyLines(n: number): string {
  const lines = [
    `interface Point${n} { readonly x: number; readonly y: number; label?: string }`,
    `type Pair${n}<A, B = A> = readonly [A, B];`,
    `const origin${n}: Point${n} = { x: 0, y: 0, label: 'origin' };`,
    `function distance${n}(a: Point${n}, b: Point${n} = origin${n}): number {`,
    `  return Math.hypot(a.x - b.x, a.y - b.y);`,
    `}`,
    `class Counter${n}<Key extends string | number> {`,
    `  private readonly counts: Map<Key, number> = new Map();`,
    `  add(key: Key, by: number = 1): this {`,
    `    this.counts.set(key, (this.counts.get(key) ?? 0) + by);`,
    `    return this;`,
    `  }`,
    `  get total(): number {`,
    `    return [...this.counts.values()].reduce((sum: number, count: number) => sum + count, 0);`,
    `  }`,
    `}`,
    `const points${n}: Point${n}[] = Array.from({ length: 20 }, (_: unknown, i: number) => ({ x: i, y: i * ${n} }));`,
    `const far${n} = points${n}.filter((p): p is Point${n} => distance${n}(p) > 5);`,
    `const counter${n} = new Counter${n}<string>();`,
    `for (const { x, y } of far${n}) {`,
    `  counter${n}.add(x % 2 === 0 ? 'even' : 'odd', y as number);`,
    `}`,
  ];
  while (lines.length < 39) {
    const i = lines.length;
    lines.push(`const value${n}_${i}: number = (points${n}[${i % 20}]?.x ?? 0) * ${i} + counter${n}.total!;`);
  }
  lines.push(`const pair${n}: Pair${n}<number> = [far${n}.length, counter${n}.total];`);
  return lines.join('\n');
}
