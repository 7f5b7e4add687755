import './store/file-urls.js';

export { save, type SavedModel } from './save.js';
export { load } from './load.js';
