import { expect, it } from 'vitest';
import { csrFromDense } from '../../kernel/model/files/csr.js';
import { encodeMaskView, maskView } from '../../kernel/model/views/mask-view.js';
import { MASK_MIME } from '../../kernel/model/views/media-types.js';
import { maskOfPayload } from './mask-of-output.js';

it('gives back the mask of an output', () => {
  const mask = csrFromDense(3, 5, (i, j) => i === j);
  expect(maskOfPayload(MASK_MIME, encodeMaskView(maskView(mask)))).toEqual(mask);
});

it('says why an output has no mask to edit', () => {
  const large = csrFromDense(3000, 3000, (i, j) => (i * 7 + j * 13) % 5 === 0);
  expect(maskOfPayload(MASK_MIME, encodeMaskView(maskView(large)))).toEqual({ problem: expect.stringMatching(/counts of its 3000 × 3000 mask.*mask\.save/) });
  expect(maskOfPayload(MASK_MIME, { version: 1 })).toEqual({ problem: expect.stringMatching(/cannot be drawn/) });
});
