import fc from 'fast-check';
import { expect, it } from 'vitest';
import { hatchStrokes } from './hatch.js';

it('strokes lie within the area, at 45°', () => {
  const size = fc.integer({ min: 1, max: 300 });
  fc.assert(
    fc.property(size, size, size, size, fc.integer({ min: 2, max: 9 }), (x, y, width, height, gap) => {
      for (const [x1, y1, x2, y2] of hatchStrokes({ x, y, width, height }, gap)) {
        expect(x2 - x1).toBeCloseTo(y1 - y2, 6);
        for (const [px, py] of [[x1, y1], [x2, y2]] as const) {
          expect(px >= x - 1e-6 && px <= x + width + 1e-6 && py >= y - 1e-6 && py <= y + height + 1e-6).toBe(true);
        }
      }
    }),
  );
  expect(hatchStrokes({ x: 0, y: 0, width: 40, height: 40 }, 5).length).toBeGreaterThan(8);
});
