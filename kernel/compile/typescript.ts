import type TS from 'typescript';
import type { parser } from './parser.js';

/** Handed in: the kernel loads it with V8's cached data, tests import the whole compiler. */
export type Parser = typeof parser;

/** The parser, and the one function that the whole compiler is needed for. */
export type TypeScript = Parser & Pick<typeof TS, 'transpileModule'>;
