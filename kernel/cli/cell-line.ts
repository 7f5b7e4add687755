import type { CellReport } from './run-notebook.js';

const MAX_HEADLINE_CHARS = 60;

/** `[3/12] const model = tf.sequential();  12 ms` */
export function cellLine({ number, of, source, ms, status, error }: CellReport): string {
  const how = status === 'ok' ? '' : status === 'error' ? `  ${error?.ename ?? 'error'}` : `  ${error?.ename ?? 'error'}, as the cell expects`;
  return `[${number}/${of}] ${headline(source).padEnd(MAX_HEADLINE_CHARS)} ${duration(ms)}${how}`;
}

/** The same of a cell that runs, with the last line that it showed, in one line of a terminal of so many columns. */
export function runningLine({ number, of, source, ms }: Pick<CellReport, 'number' | 'of' | 'source' | 'ms'>, shown: string, columns: number): string {
  const head = `[${number}/${of}] ${headline(source, Math.min(MAX_HEADLINE_CHARS, Math.floor(columns / 2)))}  ${duration(ms)}`;
  const line = shown === '' ? head : `${head}  ${shown}`;
  // A terminal wraps at its last column: then the line could not be taken back.
  let width = 0;
  return Array.from(line).filter((char) => (width += widthOf(char)) < columns).join('');
}

/** Columns of a character: East Asian wide ones (UAX #11) and emoji take two. */
function widthOf(char: string): number {
  const isWide = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u.test(char);
  return isWide ? 2 : 1;
}

/** The first line that says something. */
function headline(source: string, max = MAX_HEADLINE_CHARS): string {
  const first = (source.split('\n').find((line) => line.trim() !== '' && !line.trim().startsWith('//')) ?? source).trim();
  return first.length > max ? `${first.slice(0, Math.max(0, max - 1))}…` : first;
}

const duration = (ms: number): string => (ms < 1000 ? `${ms.toFixed(0)} ms` : `${(ms / 1000).toFixed(1)} s`);
