/** The part of fflate that is used; loaded with the first archive. */
export { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
