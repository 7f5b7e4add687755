import type TS from 'typescript';

/** The compiler, handed in: the kernel loads it with V8's cached data, tests import it. */
export type TypeScript = typeof TS;
