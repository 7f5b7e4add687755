/**
 * The module `patchbay`: networks that are wired by hand.
 *
 * In a notebook the kernel awaits `ready` before a cell sees these names; so does the npm package's ESM entry. A CommonJS
 * script awaits it itself: `const { tf, ready } = require('patchbay'); await ready`.
 */
import './describe/know-values.js';
import './describe/inspection.js';
import './tf/reset-engine.js';
import './train/interruptible-fit.js';

export { backendSentence, ready, tf } from './tf/index.js';
export { Mask, type AwaitedMask, type FromOptions, type MaskJson, type MaskSource } from './mask/mask.js';
export * as masks from './masks/index.js';
export { CustomConnected, MaskedConv2d, maskedConv2d, type MaskedConv2dConfig, MaskedDense, maskedDense, type MaskedDenseConfig, MaskedLayer, type UpdateMaskOptions } from './layers/index.js';
export { analyze, type Analysis, type LayerReport } from './analyze/index.js';
export * as models from './models/index.js';
export * as optimizers from './optimizers/index.js';
export * as regularizers from './regularizers/index.js';
export * as rewire from './rewire/index.js';
export { train } from './train/train.js';
export { TrainingRun, type StoppedBy } from './train/training-run.js';
export type { TensorData, TrainOptions } from './train/options.js';
export type { EarlyStopping } from './train/monitor.js';
export { show } from './show/index.js';
export { comm, Comm } from './comm/index.js';
export { clearOutput, display, input, progress, updateDisplay } from './display/index.js';
export { install } from './install/install.js';
export { visualizeFile } from './visualize/visualize-file.js';
export { ArgumentError } from './argument-error.js';
