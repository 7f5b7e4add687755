// Not from the index: that would load the compiler in this thread.
import { originalPosition } from '../../compile/position-map.js';
import type { Sources } from './sources.js';

/** Where a frame is, in the text that the user wrote. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/**
 * Makes the `stack` of every error of this thread speak of cells: `at f (Cell 3, line 2, column 5)`.
 *
 * Frames of the kernel itself are left out. Called by V8 when a stack is first read.
 */
export function installStackFormat(sources: Sources, kernelFolder: string): void {
  Error.prepareStackTrace = (error, callSites) => {
    const frames: string[] = [];
    let lastOfUser = -1;
    for (const site of callSites) {
      const file = site.getFileName();
      if (file?.startsWith(kernelFolder) === true && sources.get(file) === undefined) continue;
      const place = placeOf(site, sources);
      if (place === undefined) {
        if (file?.startsWith('node:internal/') === true || (file === undefined && !site.isEval())) continue;
        // eslint-disable-next-line @typescript-eslint/no-base-to-string -- V8's call sites print themselves
        frames.push(`    at ${String(site)}`);
        continue;
      }
      const name = functionName(site);
      const where = `${place.file}, line ${place.line}, column ${place.column}`;
      lastOfUser = frames.length;
      frames.push(name === undefined ? `    at ${where}` : `    at ${name} (${where})`);
    }
    // What Node did before it called the user's code helps nobody.
    const end = lastOfUser < 0 ? frames.findLastIndex((frame) => !/[( ]node:/.test(frame)) + 1 : lastOfUser + 1 + frames.slice(lastOfUser + 1).findLastIndex((frame) => !/[( ]node:/.test(frame)) + 1;
    return [headline(error), ...frames.slice(0, end)].join('\n');
  };
}

/** The place of the newest frame that is in a cell or a file of the user, as it stands in a formatted stack. */
export function firstPlace(stack: string, labels: (label: string) => boolean): Place | undefined {
  for (const match of stack.matchAll(/^ {4}at (?:.*\()?(.+?), line (\d+), column (\d+)\)?$/gm)) {
    const [, file = '', line, column] = match;
    if (labels(file)) return { file, line: Number(line), column: Number(column) };
  }
  return undefined;
}

function placeOf(site: NodeJS.CallSite, sources: Sources): Place | undefined {
  const source = sources.get(site.getFileName());
  if (source === undefined) return undefined;
  const { line, column } = originalPosition(source.map, site.getLineNumber() ?? 1, site.getColumnNumber() ?? 1);
  return { file: source.label, line, column };
}

function functionName(site: NodeJS.CallSite): string | undefined {
  const name = site.getFunctionName();
  // The cell itself is an arrow function without a name.
  if (name === null || name === '') return undefined;
  return site.isConstructor() ? `new ${name}` : name;
}

function headline(error: Error): string {
  try {
    return Error.prototype.toString.call(error);
  } catch {
    return 'Error';
  }
}
