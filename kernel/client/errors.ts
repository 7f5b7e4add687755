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
  const memory = memoryLimit(end.stderrTail);
  if (end.expected) return `The kernel was stopped (${how}). ${AFTER}`;
  if (memory !== undefined) return `The kernel ran out of memory${memory}. ${AFTER} ${MORE_MEMORY}`;
  const words = lastWords(end.stderrTail);
  const tail = words.length === 0 ? '' : `\nIts last words:\n${words.map((line) => `  ${line}`).join('\n')}`;
  // The kernel does not end itself by this signal.
  const who = end.signal === 'SIGKILL' ? ' It was ended from outside: by a person, or by the system when it was short of memory.' : '';
  return `The kernel ${end.signal !== null ? 'died' : 'ended'} (${how}).${who} ${AFTER}${tail}`;
}

const AFTER = 'Its variables are lost; the next run starts a new kernel.';
const MORE_MEMORY =
  'Let go of what is not needed (tensors with tf.tidy or dispose, large arrays by assigning undefined), or raise the limit, in megabytes: the setting patchbay.memoryLimit of VS Code, or NODE_OPTIONS=--max-old-space-size=8192 in the environment of Jupyter or patchbay run.';

/** `: its JavaScript heap had reached 2.0 GB`, or undefined when the end has another cause. */
function memoryLimit(lines: readonly string[]): string | undefined {
  if (!lines.some((line) => line.includes('heap out of memory') || line.includes('ERR_WORKER_OUT_OF_MEMORY'))) return undefined;
  // V8's last collections: `… ms: Mark-Compact (reduce) 2046.1 (2081.8) -> 2045.2 (2082.3) MB, …`
  const used = lines.flatMap((line) => / -> ([\d.]+) \([\d.]+\) MB/.exec(line)?.[1] ?? []).at(-1);
  return used === undefined ? '' : `: its JavaScript heap had reached ${sizeText(Number(used))}`;
}

const sizeText = (megabytes: number): string => (megabytes < 1000 ? `${megabytes.toFixed(0)} MB` : `${(megabytes / 1024).toFixed(1)} GB`);

const MAX_WORDS = 8;

/** The lines that say something: not the frames of a trace, not the rulers around them. */
export function lastWords(lines: readonly string[]): string[] {
  return lines.filter((line) => !/^\s*(at |\^+$|throw |node:internal|Node\.js v|[{}]$|\d+: 0x|-+ Native stack trace|<---|$)/.test(line)).slice(-MAX_WORDS);
}
