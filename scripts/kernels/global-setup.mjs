// Unit tests run the kernels of these sources.
import { compileKernels } from './compile.mjs';

export default async function setup() {
  await compileKernels();
}
