/** Rich output from cells and scripts. */
export { DISPLAY_METHOD } from './bundle-of.js';
export { clearOutput, display, updateDisplay, type ShowOptions, type ValueHandle } from './display.js';
export { DisplayHandle } from './handle.js';
export { input } from './input.js';
export { progress, type ProgressOptions } from './progress.js';
