/** What a job says to its kernel. */
import { JOB_ARGUMENTS } from '../jobs';

// @ts-ignore: decorator
@inline
export function word(job: usize, n: usize): i32 {
  return load<i32>(job + (n << 2), JOB_ARGUMENTS);
}

// @ts-ignore: decorator
@inline
export function number(job: usize, n: usize): f32 {
  return load<f32>(job + (n << 2), JOB_ARGUMENTS);
}
