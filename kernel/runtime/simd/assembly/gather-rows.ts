/** The rows of a batch, wherever they lie in the data, into panels. */
import { fullPanels, lastRow, ROW, storeColumns } from './vector';

/**
 * As `toPanels`, with sample b in row order[b]; lanes that hold no sample become +0.
 *
 * @param order [batch]
 */
export function gatherRows(rows: usize, order: usize, panels: usize, features: i32, batch: i32, begin: i32, end: i32): void {
  const stride = <usize>features << 2;
  if (batch == 1) {
    memory.copy(panels + (<usize>begin << 2), rows + <usize>load<i32>(order) * stride + (<usize>begin << 2), <usize>(end - begin) << 2);
    return;
  }
  for (let b = 0; b < batch; b += 4) {
    const lanes = min(batch - b, 4);
    const panel = b >> 4;
    const rowBytes = panel < fullPanels(batch) ? ROW : lastRow(batch);
    let to = panels + <usize>panel * <usize>features * ROW + <usize>begin * rowBytes + (<usize>(b & 15) << 2);
    const at = order + (<usize>b << 2);
    const p0 = rows + <usize>load<i32>(at) * stride;
    const p1 = lanes > 1 ? rows + <usize>load<i32>(at, 4) * stride : p0;
    const p2 = lanes > 2 ? rows + <usize>load<i32>(at, 8) * stride : p0;
    const p3 = lanes > 3 ? rows + <usize>load<i32>(at, 12) * stride : p0;
    let f = <usize>begin << 2;
    const stop = <usize>end << 2;
    if (lanes == 4) {
      for (; f + 16 <= stop; f += 16) {
        const r0 = v128.load(p0 + f), r1 = v128.load(p1 + f), r2 = v128.load(p2 + f), r3 = v128.load(p3 + f);
        storeColumns(to, rowBytes, r0, r1, r2, r3);
        to += 4 * rowBytes;
      }
    }
    for (; f < stop; f += 4) {
      let v = v128.load32_zero(p0 + f);
      if (lanes > 1) v = v128.load32_lane(p1 + f, v, 1);
      if (lanes > 2) v = v128.load32_lane(p2 + f, v, 2);
      if (lanes > 3) v = v128.load32_lane(p3 + f, v, 3);
      v128.store(to, v);
      to += rowBytes;
    }
  }
}
