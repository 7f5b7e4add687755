import { Mask } from '../mask/mask.js';

/**
 * Which of LeNet-5's 6 maps in S2 each of the 16 maps in C3 sees, [6, 16]: 60 of 96 pairs. With 5×5 kernels and biases these are
 * 1,516 parameters.
 *
 * Source: LeCun, Bottou, Bengio and Haffner, "Gradient-based learning applied to document recognition", 1998, table I.
 */
export const lenet5C3 = (): Mask =>
  Mask.from(`
    X...XXX..XXXX.XX
    XX...XXX..XXXX.X
    XXX...XXX..X.XXX
    .XXX..XXXX..X.XX
    ..XXX..XXXX.XX.X
    ...XXX..XXXX.XXX
  `);
