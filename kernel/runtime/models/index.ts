// Registers the classes that saved models name.
import '../layers/index.js';
import './keras/activations.js';
import './store/file-urls.js';

export { save, type SavedModel } from './save.js';
export { load } from './load.js';
export { importKeras } from './import-keras.js';
export { exportKeras, type ExportOptions } from './export-keras.js';
