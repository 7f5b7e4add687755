/** What the kernels and their callers agree on. Both AssemblyScript and TypeScript read this file. */

/** A job in memory: 32 words. Arguments follow the head in the order of its row in the table of kernels. */
export const JOB_BYTES = 128;
export const JOB_OPERATION = 0;
/** Rows, connections or values: what is split among threads. */
export const JOB_ITEMS = 4;
/** Items that one thread takes at a time; a job of no more is not split. */
export const JOB_GRAIN = 8;
export const JOB_ARGUMENTS = 16;

export const PRODUCT = 0;
export const SAMPLED = 1;
export const GROUPED = 2;
export const GROUPED_SAMPLED = 3;
export const ROW_SUMS = 4;
export const ACTIVATE = 5;
export const ACTIVATION_GRADIENT = 6;
export const TO_PANELS = 7;
export const FROM_PANELS = 8;
export const PERMUTE = 9;
export const ALL_FINITE = 10;
export const OPTIMIZE = 11;
export const MULTIPLY_ADD_RATE = 12;
export const GATHER_ROWS = 13;
export const LOSS = 14;
export const SOFTMAX = 15;
export const SOFTMAX_GRADIENT = 16;
export const DROPOUT = 17;
export const NORMALIZE = 18;
export const NORMALIZE_BY = 19;
export const NORMALIZE_GRADIENT = 20;
export const PENALTY = 21;
export const SQUARES = 22;
export const CLIP_FACTOR = 23;
export const SCALE = 24;
export const CLIP_VALUE = 25;
export const AVERAGE = 26;
export const CONSTRAIN = 27;
export const COPY = 28;

export const LINEAR = 0;
export const RELU = 1;
export const SIGMOID = 2;
export const TANH = 3;
export const ELU = 4;
export const SELU = 5;
export const RELU6 = 6;
export const SOFTSIGN = 7;
export const HARD_SIGMOID = 8;
export const EXPONENTIAL = 9;

/** Losses and metrics: what they are of the outputs y and the targets t of one sample, [features] each. */
export const MEAN_SQUARED_ERROR = 0;
export const MEAN_ABSOLUTE_ERROR = 1;
export const HUBER = 2;
/** Of logits, which become probabilities. */
export const SIGMOID_CROSS_ENTROPY = 3;
export const SOFTMAX_CROSS_ENTROPY = 4;
/** The target is the number of a class. */
export const SPARSE_SOFTMAX_CROSS_ENTROPY = 5;
/** Of probabilities. */
export const BINARY_CROSS_ENTROPY = 6;
export const CATEGORICAL_CROSS_ENTROPY = 7;
export const SPARSE_CATEGORICAL_CROSS_ENTROPY = 8;
export const BINARY_ACCURACY = 9;
export const CATEGORICAL_ACCURACY = 10;
export const SPARSE_CATEGORICAL_ACCURACY = 11;

/** Values that PENALTY and SQUARES sum at a time: one sum each, so that they do not depend on threads. */
export const CHUNK = 4096;

export const CLIP_NORM = 0;
export const CLIP_GLOBAL_NORM = 1;

export const NON_NEGATIVE = 0;
export const MAX_NORM = 1;
export const UNIT_NORM = 2;
export const MIN_MAX_NORM = 3;

export const SGD = 0;
export const MOMENTUM = 1;
export const NESTEROV = 2;
export const ADAM = 3;
export const AMSGRAD = 4;
export const ADAMAX = 5;
export const NADAM = 6;
export const RMSPROP = 7;
export const ADAGRAD = 8;
export const ADADELTA = 9;
export const LION = 10;
export const DECAY = 11;
export const RMSPROP_MOMENTUM = 12;
export const RMSPROP_CENTERED = 13;
export const RMSPROP_CENTERED_MOMENTUM = 14;

/** The pool's words in memory, each on a cache line of its own. */
export const POOL_BYTES = 4096;
/** Rises by one with each job that is shared; sleeping workers wait for it. */
export const POOL_GENERATION = 0;
/** i64: next item in the low half, items of the job in the high half. */
export const POOL_TICKET = 64;
export const POOL_JOB = 128;
/** Workers that have started, and workers that there will be. */
export const POOL_STARTED = 192;
export const POOL_WORKERS = 196;
/** One word a worker: 1 while it may be at work. */
export const POOL_BUSY = 256;
export const MAX_WORKERS = 60;
