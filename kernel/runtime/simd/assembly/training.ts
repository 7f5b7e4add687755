/** The jobs of the fused trainer beside the products: each reads its arguments and calls its kernel. */
import {
  AVERAGE, CLIP_FACTOR, CLIP_VALUE, CONSTRAIN, COPY, DROPOUT, GATHER_ROWS, JOB_OPERATION, LOSS, NORMALIZE, NORMALIZE_BY,
  NORMALIZE_GRADIENT, PENALTY, SCALE, SOFTMAX, SOFTMAX_GRADIENT, SQUARES,
} from '../jobs';
import { number, word } from './arguments';
import { constrain } from './constraints';
import { dropout } from './dropout';
import { gatherRows } from './gather-rows';
import { average, clipFactor, clipValue, penalty, scale, squares } from './gradients';
import { loss } from './losses';
import { normalize, normalizeBy, normalizeGradient } from './normalize';
import { softmax, softmaxGradient } from './softmax';

export function runTrainingPart(job: usize, begin: i32, end: i32): void {
  switch (load<i32>(job, JOB_OPERATION)) {
    case GATHER_ROWS:
      gatherRows(word(job, 0), word(job, 1), word(job, 2), word(job, 3), word(job, 4), begin, end);
      break;
    case LOSS:
      loss(word(job, 0), word(job, 1), word(job, 2), word(job, 3), word(job, 4), word(job, 5), word(job, 6), word(job, 7), begin, end);
      break;
    case SOFTMAX:
      softmax(word(job, 0), word(job, 1), word(job, 2), begin, end);
      break;
    case SOFTMAX_GRADIENT:
      softmaxGradient(word(job, 0), word(job, 1), word(job, 2), word(job, 3), begin, end);
      break;
    case DROPOUT:
      dropout(word(job, 0), word(job, 1), word(job, 2), word(job, 3), word(job, 4), number(job, 5), begin, end);
      break;
    case NORMALIZE:
      normalize(word(job, 0), word(job, 1), word(job, 2), word(job, 3), word(job, 4), word(job, 5), word(job, 6), word(job, 7), word(job, 8), word(job, 9), number(job, 10), number(job, 11), begin, end);
      break;
    case NORMALIZE_BY:
      normalizeBy(word(job, 0), word(job, 1), word(job, 2), word(job, 3), word(job, 4), word(job, 5), word(job, 6), word(job, 7), number(job, 8), begin, end);
      break;
    case NORMALIZE_GRADIENT:
      normalizeGradient(word(job, 0), word(job, 1), word(job, 2), word(job, 3), word(job, 4), word(job, 5), word(job, 6), word(job, 7), word(job, 8), begin, end);
      break;
    case PENALTY:
      penalty(word(job, 0), word(job, 1), word(job, 2), word(job, 3), number(job, 4), number(job, 5), begin, end);
      break;
    case SQUARES:
      squares(word(job, 0), word(job, 1), word(job, 2), begin, end);
      break;
    case CLIP_FACTOR:
      clipFactor(word(job, 0), word(job, 1), word(job, 2), word(job, 3), number(job, 4));
      break;
    case SCALE:
      scale(word(job, 0), load<f32>(word(job, 1)), begin, end);
      break;
    case CLIP_VALUE:
      clipValue(word(job, 0), number(job, 1), begin, end);
      break;
    case AVERAGE:
      average(word(job, 0), word(job, 1), word(job, 2), word(job, 3), number(job, 4), begin, end);
      break;
    case CONSTRAIN:
      constrain(word(job, 0), word(job, 1), word(job, 2), word(job, 3), word(job, 4), word(job, 5), number(job, 6), number(job, 7), number(job, 8));
      break;
    case COPY:
      memory.copy(<usize>word(job, 1) + (<usize>begin << 2), <usize>word(job, 0) + (<usize>begin << 2), <usize>(end - begin) << 2);
      break;
  }
}
