import { patchbayError } from '../errors/catalogue.js';
import type { NotebookRun } from './notebook-run.js';

/** @throws PatchbayError `noKernel` or `kernelBusy`: `what` cannot be evaluated now */
export function needIdle(run: NotebookRun | undefined, what: string): NotebookRun {
  if (run?.state.kernel !== 'ready') throw patchbayError('noKernel', `${what} cannot be evaluated`);
  if (run.state.running !== undefined) throw patchbayError('kernelBusy', `${what} cannot be evaluated`);
  return run;
}
