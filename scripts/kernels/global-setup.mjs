// Unit tests run the kernels of these sources, and the thread that trains with them.
import { compileKernels } from './compile.mjs';
import { bundleTrainer } from './trainer.mjs';

export default async function setup() {
  await Promise.all([compileKernels(), bundleTrainer()]);
}
