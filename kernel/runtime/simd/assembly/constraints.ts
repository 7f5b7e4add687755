/** Constraints on live weights after a step, in float64 as `kernel/runtime/layers/constraints.ts` has them. */
import { MAX_NORM, MIN_MAX_NORM, NON_NEGATIVE } from '../jobs';

const FUZZ: f64 = 1e-7;

/**
 * @param groups [length]: which norm a weight counts to, -1 for none; or 0 when all are one group
 * @param count of groups
 * @param squares [count] float64, for the work
 */
export function constrain(kind: i32, w: usize, length: i32, groups: usize, count: i32, squares: usize, least: f32, most: f32, rate: f32): void {
  if (kind == NON_NEGATIVE) {
    for (let k: usize = 0; k < <usize>length << 2; k += 4) if (load<f32>(w + k) <= 0) store<f32>(w + k, 0);
    return;
  }
  memory.fill(squares, 0, <usize>count << 3);
  for (let k: usize = 0; k < <usize>length << 2; k += 4) {
    const group = groups == 0 ? 0 : load<i32>(groups + k);
    if (group < 0) continue;
    const at = squares + (<usize>group << 3);
    const weight = <f64>load<f32>(w + k);
    store<f64>(at, load<f64>(at) + weight * weight);
  }
  for (let n: usize = 0; n < <usize>count << 3; n += 8) {
    const norm = sqrt<f64>(load<f64>(squares + n));
    let wanted: f64 = 1;
    if (kind == MAX_NORM) wanted = min<f64>(norm, <f64>most);
    else if (kind == MIN_MAX_NORM) wanted = <f64>rate * max<f64>(<f64>least, min<f64>(norm, <f64>most)) + (1 - <f64>rate) * norm;
    store<f64>(squares + n, wanted / (FUZZ + norm));
  }
  for (let k: usize = 0; k < <usize>length << 2; k += 4) {
    const group = groups == 0 ? 0 : load<i32>(groups + k);
    if (group >= 0) store<f32>(w + k, <f32>(<f64>load<f32>(w + k) * load<f64>(squares + (<usize>group << 3))));
  }
}
