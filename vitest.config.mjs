import { defineConfig } from 'vitest/config';

/**
 * What the tests outside of `tfjs-node` compute on, whether or not this machine has the native backend: their numbers and texts
 * are the same everywhere.
 */
const ON_WASM = { PATCHBAY_BACKEND: 'wasm' };
const ON_TENSORFLOW = { PATCHBAY_BACKEND: 'tensorflow' };

/** Tests beside their source are units; those in test/ span folders and start real processes. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{kernel,extension,bench}/**/*.test.ts', 'scripts/**/*.test.mjs'],
          env: ON_WASM,
          globalSetup: 'scripts/kernels/global-setup.mjs',
          testTimeout: 20_000,
        },
      },
      {
        // The same tests of the runtime on the native backend.
        test: {
          name: 'tfjs-node',
          include: ['kernel/runtime/{analyze,layers,models,optimizers,regularizers,rewire,show,tf,train}/**/*.test.ts'],
          // Those with packages that only pretend to be tfjs-node, or break: they need a process without the real one.
          exclude: ['kernel/runtime/tf/{choose-backend,tfjs-node}.test.ts'],
          setupFiles: ['test/tfjs-node/setup.ts'],
          globalSetup: 'scripts/kernels/global-setup.mjs',
          env: ON_TENSORFLOW,
          testTimeout: 40_000,
        },
      },
      {
        // Real kernels, which find it by themselves.
        test: {
          name: 'tfjs-node-kernel',
          include: ['test/tfjs-node/**/*.test.ts'],
          globalSetup: 'test/process/global-setup.mjs',
          env: { PATCHBAY_BACKEND: '' },
          testTimeout: 60_000,
          hookTimeout: 60_000,
          maxWorkers: 1,
        },
      },
      {
        test: {
          name: 'process',
          include: ['test/process/**/*.test.ts'],
          env: ON_WASM,
          globalSetup: 'test/process/global-setup.mjs',
          testTimeout: 60_000,
          hookTimeout: 60_000,
          maxWorkers: 1,
        },
      },
      {
        test: {
          name: 'jupyter',
          include: ['test/jupyter/wire/**/*.test.ts'],
          globalSetup: 'test/jupyter/global-setup.mjs',
          testTimeout: 60_000,
          hookTimeout: 60_000,
          maxWorkers: 1,
        },
      },
      {
        test: {
          name: 'jupyter-python',
          include: ['test/jupyter/python/**/*.test.ts'],
          globalSetup: 'test/jupyter/global-setup.mjs',
          testTimeout: 180_000,
          hookTimeout: 60_000,
          maxWorkers: 1,
        },
      },
      {
        test: {
          name: 'keras',
          include: ['test/keras/**/*.test.ts'],
          env: ON_WASM,
          testTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'package',
          include: ['test/package/**/*.test.ts'],
          env: ON_WASM,
          globalSetup: 'test/package/global-setup.mjs',
          testTimeout: 120_000,
          hookTimeout: 180_000,
          maxWorkers: 1,
        },
      },
      {
        test: {
          name: 'screenshots',
          include: ['test/screenshots/**/*.test.ts'],
          env: ON_WASM,
          globalSetup: 'test/e2e/global-setup.mjs',
          testTimeout: 240_000,
          hookTimeout: 240_000,
          maxWorkers: 1,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          env: ON_WASM,
          globalSetup: 'test/e2e/global-setup.mjs',
          testTimeout: 240_000,
          hookTimeout: 240_000,
          maxWorkers: 1,
          fileParallelism: false,
        },
      },
    ],
  },
});
