/**
 * `node:readline` over a cell's stdin: a question is asked when `question`, a `line` listener or an iterator wants a
 * line, and not when the interface is made, which starts to read at once.
 */
import type { Interface } from 'node:readline';
import type { CellStdin } from './cell-stdin.js';

export interface ReadlineEdges {
  /** The module `node:readline` or `node:readline/promises`. */
  readonly module: object;
  readonly isCellStdin: (stream: unknown) => stream is CellStdin;
  /** Calls `f` with the cause of now, whenever that is. */
  readonly bind: <Args extends unknown[]>(f: (...args: Args) => void) => (...args: Args) => void;
  /** @throws Error when nobody can be asked */
  readonly check: (prompt: string) => void;
}

/** Interfaces that are made from now on. */
export function wrapReadline({ module, isCellStdin, bind, check }: ReadlineEdges): void {
  const create: unknown = Reflect.get(module, 'createInterface');
  if (typeof create !== 'function') throw new Error('node:readline has no createInterface');
  Reflect.set(module, 'createInterface', (...args: unknown[]): unknown => {
    const made = Reflect.apply(create, module, args) as Interface; // SAFETY: what createInterface returns
    const { input } = made as unknown as { readonly input?: unknown }; // SAFETY: a documented member that the types lack
    if (isCellStdin(input)) askOnDemand(made, input);
    return made;
  });

  function askOnDemand(lines: Interface, stdin: CellStdin): void {
    lines.pause();
    lines.on('newListener', (event: string) => {
      if (event === 'line') lines.resume();
    });
    // Interfaces that earlier cells left open hear of an error too, which is none of theirs.
    lines.on('error', (error) => {
      if (lines.listenerCount('line') === 0 || lines.listenerCount('error') > 1) return;
      process.nextTick(() => {
        throw error;
      });
    });
    const question: unknown = Reflect.get(lines, 'question');
    if (typeof question !== 'function') return;
    const answered = (): void => {
      stdin.question = undefined;
      if (lines.listenerCount('line') === 0) lines.pause();
    };
    const wrapped = (query: string, ...rest: unknown[]): unknown => {
      if (stdin.destroyed) throw new Error('This readline interface waited in a cell that was interrupted: make a new one with createInterface');
      check(query);
      stdin.question = query;
      const callback = rest.at(-1);
      // The query is the prompt of the front end: printed as well, it would be there twice.
      if (typeof callback !== 'function') return (Reflect.apply(question, lines, ['', ...rest]) as Promise<string>).finally(answered); // SAFETY: the form without a callback gives a promise
      const done = bind((answer: string) => {
        answered();
        Reflect.apply(callback, undefined, [answer]);
      });
      return Reflect.apply(question, lines, ['', ...rest.slice(0, -1), done]);
    };
    // `util.promisify(lines.question)` reads a symbol of the original.
    Object.defineProperties(wrapped, Object.getOwnPropertyDescriptors(question));
    Object.defineProperty(lines, 'question', { value: wrapped, writable: true, configurable: true });
  }
}
