import type { ErrorContent } from '../../kernel/protocol/messages.js';

/** Everything the extension itself refuses or fails at. A message says what, with which value, and what to do. */
const CATALOGUE = {
  untrusted: () => 'This folder is not trusted, so nothing in it is run. Saved outputs are still drawn. To run cells, trust the folder with "Workspaces: Manage Workspace Trust".',
  nodeUnusable: (setting: string, problem: string) => `The setting patchbay.nodePath is "${setting}", and ${problem}. Name a Node 20.12 or newer there, or leave it empty to take the node on the PATH.`,
  noNode: (problems: string) => `No Node 20.12 or newer was found: ${problems}. Install Node, or name one in the setting patchbay.nodePath.`,
  noFolder: (scheme: string) => `The notebook lies in a "${scheme}:" folder, where no process can run. Open the folder on this machine, or over SSH, WSL or in a container, to run cells.`,
  noKernel: (what: string) => `No kernel runs for a notebook, so ${what}. Run a cell of a notebook with the kernel TypeScript (Patchbay) first.`,
  kernelBusy: (what: string) => `The kernel is busy, so ${what}. Wait for the cell to end, or interrupt it.`,
  expressionFailed: (expression: string, problem: string) => `"${expression}" could not be evaluated: ${problem}`,
  /** The kernel has said what it is, and what to do. */
  noMask: (sentence: string) => sentence,
  notSaved: (file: string, problem: string) => `${file} could not be saved: ${problem}.`,
  unknownFormat: (file: string, known: string) => `${file} has none of the extensions that tell the format: ${known}. Give it one of these.`,
  tooLargeToSave: (title: string) => `"${title}" has more connections than the panel holds. Save it in a cell: await mask.save('mask.npz').`,
  unreadableFile: (file: string, problem: string) => `${file} could not be read: ${problem}.`,
  fileTooLarge: (file: string, megabytes: number, limit: number) => `${file} has ${megabytes} MB, and masks of up to ${limit} MB are drawn. Draw a part of it: show.mask(mask.slice(…)) in a cell.`,
  /** A mask file reader has already said file, place and remedy. */
  badMaskFile: (message: string) => message,
  noMaskInOutput: () => 'The selected cell has no output that shows a mask. Run a cell that ends in a mask, or in show.mask(…), and select it.',
  /** The payload's reader has already said what is wrong. */
  outputNotEditable: (message: string) => message,
  maskTooLargeForCode: (file: string) => `${file} has too many connections to be written down as code. Save it, and load it in a cell: await Mask.load('…').`,
  noNotebookForCell: () => 'No notebook is open that a cell could be inserted into. Open one, or copy the code of the mask instead.',
  cellNotInserted: (notebook: string) => `The cell could not be inserted into ${notebook}: VS Code did not apply the edit. Is the notebook read-only?`,
  noExamples: () => 'The examples are missing from this installation. Install Patchbay again.',
  exampleFailed: (target: string, problem: string) => `The example could not be copied to ${target}: ${problem}. Choose a folder that can be written.`,
} as const;

export type ErrorCode = keyof typeof CATALOGUE;

/** An error whose message is meant for the user as it is. */
export class PatchbayError extends Error {
  override readonly name = 'PatchbayError';

  constructor(
    readonly code: ErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

export function patchbayError<Code extends ErrorCode>(code: Code, ...values: Parameters<(typeof CATALOGUE)[Code]>): PatchbayError {
  // SAFETY: `values` are the parameters of the factory that `code` names; TypeScript does not follow the correlation.
  const message = (CATALOGUE[code] as (...values: unknown[]) => string)(...values);
  return new PatchbayError(code, message);
}

export const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** The error as an output of a cell. Its message alone is shown: a stack inside the extension helps nobody. */
export function errorContent(error: unknown, name?: string): ErrorContent {
  const ename = name ?? (error instanceof Error ? error.name : 'Error');
  return { ename, evalue: reasonOf(error), traceback: wrapped(`${ename}: ${reasonOf(error)}`) };
}

const MAX_COLUMNS = 100;

/** Lines that fit under a cell: VS Code does not wrap an error there, and its end would be out of sight. */
export function wrapped(text: string): string[] {
  return text.split('\n').flatMap((line) => {
    const lines: string[] = [];
    let rest = line;
    while (rest.length > MAX_COLUMNS) {
      const space = rest.lastIndexOf(' ', MAX_COLUMNS);
      if (space <= 0) break;
      lines.push(rest.slice(0, space));
      rest = rest.slice(space + 1);
    }
    return [...lines, rest];
  });
}
