import type { CellText } from '../../kernel/protocol/language.js';

export const TFJS_CELLS = 50;

/** A notebook that imports tfjs and whose cells build on each other. */
export function notebookCells(count = TFJS_CELLS): CellText[] {
  const first: CellText = { id: 'c0', text: "import * as tf from '@tensorflow/tfjs';\nimport { Mask, maskedDense } from 'patchbay';\nlet losses: number[] = [];\nconst t0 = tf.ones([2, 2]);" };
  const others = Array.from({ length: count - 2 }, (_, index): CellText => {
    const n = index + 1;
    return { id: `c${n}`, text: `const t${n} = tf.tensor2d([[1, 2], [3, 4]]).matMul(t${n - 1}).add(${n});\nfunction f${n}(x: number): number { return x + ${n}; }\nlosses.push(f${n}(${n}));` };
  });
  return [first, ...others, { id: 'draft', text: `t${count - 2}.` }];
}
