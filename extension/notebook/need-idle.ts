import { patchbayError } from '../errors/catalogue.js';
import type { NotebookRun } from './notebook-run.js';

/** @throws PatchbayError `noKernel`: there is none that could evaluate `what` */
export function needRun(run: NotebookRun | undefined, what: string): NotebookRun {
  if (run?.state.kernel !== 'ready') throw patchbayError('noKernel', `${what} cannot be evaluated`);
  return run;
}

/** @throws PatchbayError `noKernel` or `kernelBusy`: `what` cannot be evaluated now */
export function needIdle(run: NotebookRun | undefined, what: string): NotebookRun {
  const found = needRun(run, what);
  if (found.state.running !== undefined) throw patchbayError('kernelBusy', `${what} cannot be evaluated`);
  return found;
}
