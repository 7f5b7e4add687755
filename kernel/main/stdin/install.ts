import readline from 'node:readline';
import { syncBuiltinESMExports } from 'node:module';
import type { Causes } from '../causes.js';
import { CellStdin } from './cell-stdin.js';
import type { Inputs } from './inputs.js';
import { wrapReadline } from './readline.js';

/** Gives cells a `process.stdin` and a `prompt` that ask the front end. Returns what wants to know each text on stdout. */
export function installStdin(causes: Causes, inputs: Inputs): (text: string) => void {
  let line = '';
  let printedBy = causes.current;
  let stdin: CellStdin | undefined;
  const current = (): CellStdin => {
    if (stdin !== undefined && !stdin.destroyed && !stdin.readableEnded) return stdin;
    const isFirst = stdin === undefined;
    stdin = new CellStdin({ causes, inputs, printedLine: (reader) => (printedBy === reader ? line : '') });
    // `import { stdin } from 'node:process'` gets it too.
    if (!isFirst) syncBuiltinESMExports();
    return stdin;
  };
  Object.defineProperty(process, 'stdin', { get: current, configurable: true, enumerable: true });
  for (const module of [readline, readline.promises])
    wrapReadline({
      module,
      isCellStdin: (stream): stream is CellStdin => stream instanceof CellStdin,
      bind: (f) => {
        const cause = causes.current;
        return (...args) => causes.run(cause, () => f(...args));
      },
      check: (prompt) => {
        inputs.check(causes.current, prompt);
        current().readBy(causes.current);
      },
    });
  const prompt = (message = '', otherwise = ''): string => {
    const answer = inputs.askNow(causes.current, String(message));
    return answer === '' ? String(otherwise) : answer;
  };
  Object.defineProperty(globalThis, 'prompt', { value: prompt, writable: true, configurable: true, enumerable: false });
  return (text) => {
    if (printedBy !== causes.current) line = '';
    printedBy = causes.current;
    const end = text.lastIndexOf('\n');
    line = end < 0 ? line + text : text.slice(end + 1);
  };
}
