import { describe, expect, it } from 'vitest';
import { lossView } from '../loss-view.js';
import { lossCsv, tableRows } from './export.js';

describe('losses as a table', () => {
  it('has a row an epoch and run', () => {
    const view = lossView([{ name: 'a', history: { loss: [3, 2], val_loss: [4] } }, { name: 'b', history: { loss: [1] } }]);
    expect(tableRows(view, 200)).toEqual([
      { run: 'a', epoch: 1, training: 3, validation: 4 },
      { run: 'a', epoch: 2, training: 2, validation: undefined },
      { run: 'b', epoch: 1, training: 1, validation: undefined },
    ]);
  });

  it('of many epochs keeps the first, the best and the last', () => {
    const loss = Array.from({ length: 990 }, (_, at) => (at === 417 ? 0 : 1));
    const rows = tableRows(lossView([{ name: 'a', history: { loss } }]), 200);
    expect(rows.length).toBeLessThanOrEqual(202);
    expect(rows.map(({ epoch }) => epoch)).toEqual(expect.arrayContaining([1, 418, 990]));
  });

  it('is CSV with every point, and no formula', () => {
    const view = lossView([{ name: '=A1,"x"', history: { loss: [2, NaN] }, steps: [2, 2, 1, 1] }]);
    expect(lossCsv(view)).toBe(['run,series,epoch,loss', '"\'=A1,""x""",training,1,2', '"\'=A1,""x""",training,2,NaN', ...[0.5, 1].map((x) => `"'=A1,""x""",step,${x},2`), ...[1.5, 2].map((x) => `"'=A1,""x""",step,${x},1`), ''].join('\r\n'));
  });
});
