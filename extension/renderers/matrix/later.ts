/**
 * What a matrix needs after it is drawn, or only when it is large, or when somebody asks for it: a bundle of its own beside the
 * renderers', so that their first picture waits for less.
 */
export { orderOf, permuted, placesIn } from '../../../kernel/model/views/matrix/ordering.js';
export { RemoteSource } from '../../../kernel/model/views/matrix/remote-source.js';
export { Histogram } from './histogram.js';
export { Minimap } from './minimap.js';
export { saveCsv, savePng, saveSvg } from './save.js';
export { matrixTables } from './edge-table.js';
export { readPlace } from './read-place.js';
