/** One job, or a part of it: reads its arguments and calls its kernel. */
import { activationGradient, epilogue } from './activations';
import { number, word } from './arguments';
import { groupedProduct, groupedSampled } from './grouped';
import { product } from './gather';
import {
  ACTIVATE, ACTIVATION_GRADIENT, ALL_FINITE, FROM_PANELS, GROUPED, GROUPED_SAMPLED, JOB_OPERATION, MULTIPLY_ADD_RATE,
  OPTIMIZE, PERMUTE, PRODUCT, ROW_SUMS, SAMPLED, TO_PANELS,
} from '../jobs';
import { optimize } from './optimizers';
import { allFinite, fromPanels, permute, rowSums, toPanels } from './panels';
import { multiplyAdd } from './rate';
import { sampled } from './sampled';
import { runTrainingPart } from './training';

export function runPart(job: usize, begin: i32, end: i32): void {
  switch (load<i32>(job, JOB_OPERATION)) {
    case PRODUCT:
      product(word(job, 0), word(job, 1), word(job, 2), word(job, 3), word(job, 4), word(job, 5), word(job, 6), word(job, 7), word(job, 8), word(job, 9), word(job, 10), word(job, 11), begin, end);
      break;
    case SAMPLED:
      sampled(word(job, 0), word(job, 1), word(job, 2), word(job, 3), word(job, 4), word(job, 5), word(job, 6), word(job, 7), word(job, 8), begin, end);
      break;
    case GROUPED:
      groupedProduct(word(job, 0), word(job, 1), word(job, 2), word(job, 3), word(job, 4), word(job, 5), word(job, 6), word(job, 7), word(job, 8), word(job, 9), word(job, 10), begin, end);
      break;
    case GROUPED_SAMPLED:
      groupedSampled(word(job, 0), word(job, 1), word(job, 2), word(job, 3), word(job, 4), word(job, 5), word(job, 6), word(job, 7), word(job, 8), begin, end);
      break;
    case ROW_SUMS:
      rowSums(word(job, 0), word(job, 1), word(job, 2), word(job, 3), begin, end);
      break;
    case ACTIVATE:
      epilogue(word(job, 0), word(job, 1), word(job, 2), word(job, 3), begin, end);
      break;
    case ACTIVATION_GRADIENT:
      activationGradient(word(job, 0), word(job, 1), word(job, 2), word(job, 3), word(job, 4), begin, end);
      break;
    case TO_PANELS:
      toPanels(word(job, 0), word(job, 1), word(job, 2), word(job, 3), begin, end);
      break;
    case FROM_PANELS:
      fromPanels(word(job, 0), word(job, 1), word(job, 2), word(job, 3), begin, end);
      break;
    case PERMUTE:
      permute(word(job, 0), word(job, 1), word(job, 2), begin, end);
      break;
    case ALL_FINITE:
      allFinite(word(job, 0), word(job, 1), begin, end);
      break;
    case OPTIMIZE:
      optimize(
        word(job, 0), word(job, 1), word(job, 2), word(job, 3), word(job, 4), word(job, 5),
        number(job, 6), number(job, 7), number(job, 8), number(job, 9), number(job, 10), number(job, 11), number(job, 12), begin, end,
      );
      break;
    case MULTIPLY_ADD_RATE:
      multiplyAdd(word(job, 0), word(job, 1), word(job, 2), word(job, 3), end - begin);
      break;
    default:
      runTrainingPart(job, begin, end);
      break;
  }
}
