export { kernelBundle, maskBundle } from './view-bundle.js';
