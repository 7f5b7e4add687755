/** The one error a mask file reader throws: which file, where in it, what is wrong, and what to do about it. */
export class MaskFileError extends Error {
  override readonly name = 'MaskFileError';

  /**
   * @param file the name as the user gave it
   * @param place where in the file, e.g. `line 3, column 5` or `byte 12`; empty when the whole file is meant
   * @param problem what is wrong and with which value, without a full stop
   * @param remedy a sentence: what to do next
   */
  constructor(
    readonly file: string,
    readonly place: string,
    readonly problem: string,
    readonly remedy: string,
  ) {
    super(`${file}${place && `, ${place}`}: ${problem}. ${remedy}`);
  }
}

/** `line 3, column 5`: both count from 1; a column counts UTF-16 units, as an editor shows it. */
export const at = (line: number, column?: number): string => (column === undefined ? `line ${line}` : `line ${line}, column ${column}`);

/** A value of a file as it stands in an error: cut so that a sentence stays a sentence. */
export const quoted = (text: string): string => JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);

/** Said wherever an entry is neither 0 nor 1. */
export const ONLY_0_AND_1 =
  'A mask file holds 0 and 1 only; to connect where a weight is not 0, write such a file with Mask.from(weights, …) and mask.save(…) in a cell';
