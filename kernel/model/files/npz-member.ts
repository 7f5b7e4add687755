import { MaskFileError } from './mask-file-error.js';
import { readNpyArray, type NpyArray } from './npy-array.js';

/** One array of an `.npz` file; its errors name the file and the array. */
export interface Member {
  readonly name: string;
  array(): NpyArray;
  /** @param place what comes after the member's name, e.g. `byte 140` */
  fail(place: string, problem: string, remedy: string): never;
}

export const memberOf = (file: string, name: string, bytes: Uint8Array, decodeText: (bytes: Uint8Array) => string): Member => ({
  name,
  array: () => inMember(file, name, () => readNpyArray('', bytes, decodeText)),
  fail: (place, problem, remedy) => fail(file, name, place, problem, remedy),
});

/** Runs a reader of a member, and puts the member's name into its error. */
export function inMember<T>(file: string, name: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof MaskFileError) return fail(file, name, error.place, error.problem, error.remedy);
    throw error;
  }
}

function fail(file: string, member: string, place: string, problem: string, remedy: string): never {
  throw new MaskFileError(file, place === '' ? `${member}.npy` : `${member}.npy, ${place}`, problem, remedy);
}
