import { patchbayError } from '../errors/catalogue.js';
import type { RunState } from '../notebook/run/state.js';

export interface KernelStatus {
  /** With a codicon, as a status bar item takes it. */
  readonly text: string;
  readonly tooltip: string;
  readonly isError: boolean;
}

/** What the status item says of a notebook's kernel. */
export function kernelStatus(state: Pick<RunState, 'kernel' | 'running'> | undefined, nodeLabel: string | undefined, isTrusted: boolean): KernelStatus {
  const node = nodeLabel === undefined ? '' : `, ${nodeLabel}`;
  const status = (icon: string, word: string, tooltip: string, isError = false): KernelStatus => ({ text: `$(${icon}) Patchbay: ${word}`, tooltip, isError });
  if (!isTrusted) return status('workspace-untrusted', 'folder not trusted', `${patchbayError('untrusted').message} Until then cells do not know each other: what is completed, shown and marked in them is that of single files.`);
  switch (state?.kernel) {
    case undefined:
    case 'absent':
      return status('circle-outline', 'not started', 'The kernel starts with the first edit, or the first cell that runs.');
    case 'starting':
      return status('sync~spin', 'starting', 'The kernel starts.');
    case 'dead':
      return status('error', 'stopped', 'The kernel died or did not start. Variables are lost; the next cell that runs starts a new one.', true);
    case 'ready':
      return state?.running === undefined ? status('circle-filled', `idle${node}`, `The kernel waits for a cell${node}.`) : status('sync~spin', `busy${node}`, `The kernel runs a cell${node}.`);
  }
}
