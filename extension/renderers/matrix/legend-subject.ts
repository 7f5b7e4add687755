import type { LegendSubject } from '../../../kernel/model/views/matrix-legend.js';
import { detailOf } from '../../../kernel/model/views/matrix/camera.js';
import { weightStatistics } from '../../../kernel/model/views/weight-statistics.js';
import { hasSquares, type Frame } from './paint-frame.js';

/** What the legend says of what is drawn now. */
export function legendSubject({ view, subject, camera, theme }: Pick<Frame, 'view' | 'subject' | 'camera' | 'theme'>): LegendSubject {
  const { mode, source, values } = subject;
  const statistics = values ? weightStatistics(values) : view.view === 'kernel' ? view.statistics : undefined;
  const connections = mode.mask ? mode.mask.indices.length : view.nnz;
  return {
    detail: detailOf(camera),
    down: camera.rows.per,
    across: camera.columns.per,
    most: source.most(camera.rows.per, camera.columns.per),
    connections,
    missing: view.inputs * view.outputs - connections,
    squares: hasSquares({ subject, camera, theme }),
    ...(mode.quantity !== undefined && statistics && { weights: { quantity: mode.quantity === 'w' ? 'weight' : mode.quantity, limit: mode.limit, zeros: statistics.zeros, notFinite: statistics.notFinite } }),
  };
}
