export interface KernelEnd {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stderrTail: readonly string[];
  /** True after `shutdown()`. */
  readonly expected: boolean;
}

/** Cause: the kernel process ended while a request waited. Handled by: ending the cell with this message. */
export class KernelDiedError extends Error {
  override readonly name = 'KernelDiedError';
  readonly end: KernelEnd;

  constructor(end: KernelEnd) {
    super(describeEnd(end));
    this.end = end;
  }
}

/** Cause: the process did not become ready. Handled by: showing the message, whose last part says what to do. */
export class KernelStartError extends Error {
  override readonly name = 'KernelStartError';
}

/** Cause: a reply did not come in time. Handled by: offering a restart. */
export class KernelTimeoutError extends Error {
  override readonly name = 'KernelTimeoutError';
}

/** Cause: the running cell cannot be ended; the message says why. Handled by: offering a restart. */
export class KernelInterruptError extends Error {
  override readonly name = 'KernelInterruptError';
}

/** `The kernel died (signal SIGKILL). Its variables are lost; the next run starts a new one.` and its last words. */
export function describeEnd(end: KernelEnd): string {
  const how = end.signal !== null ? `signal ${end.signal}` : `exit code ${String(end.code)}`;
  const memory = end.signal === 'SIGABRT' && end.stderrTail.some((line) => line.includes('heap out of memory'));
  const what = end.expected
    ? `The kernel was stopped (${how}).`
    : memory
      ? 'The kernel ran out of memory and ended.'
      : `The kernel ${end.signal !== null ? 'died' : 'ended'} (${how}).`;
  const words = lastWords(end.stderrTail);
  const tail = end.expected || words.length === 0 ? '' : `\nIts last words:\n${words.map((line) => `  ${line}`).join('\n')}`;
  return `${what} Its variables are lost; the next run starts a new kernel.${tail}`;
}

const MAX_WORDS = 8;

/** The lines that say something: not the frames of a trace, not the rulers around them. */
export function lastWords(lines: readonly string[]): string[] {
  return lines.filter((line) => !/^\s*(at |\^+$|throw |node:internal|Node\.js v|[{}]$)/.test(line)).slice(-MAX_WORDS);
}
