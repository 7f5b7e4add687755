import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Mask } from '../mask/mask.js';
import { made, type MadeOptions } from './made.js';

const product = (masks: readonly Mask[]): Mask => masks.slice(1).reduce((all, mask) => all.then(mask), masks[0]!);
const drawings = (options: MadeOptions) => made(options).map((mask) => mask.toDrawing().split('\n'));

describe('case 26: MADE, the masks of TensorFlow Probability', () => {
  const event = { inputs: 3, outputs: 6 };
  it.each([
    ['left to right, 3-[4, 4]-2', { ...event, hidden: [4, 4] }, [
      ['XXXX', '..XX', '....'],
      ['XXXX', 'XXXX', '..XX', '..XX'],
      ['..XXXX', '..XXXX', '....XX', '....XX'],
    ]],
    ['right to left', { ...event, hidden: [4, 4], order: 'right-to-left' }, [
      ['....', '..XX', 'XXXX'],
      ['XXXX', 'XXXX', '..XX', '..XX'],
      ['XXXX..', 'XXXX..', 'XX....', 'XX....'],
    ]],
    ['uneven, [5, 3]', { ...event, hidden: [5, 3] }, [
      ['XXXXX', '...XX', '.....'],
      ['XXX', 'XXX', 'XXX', '..X', '..X'],
      ['..XXXX', '..XXXX', '....XX'],
    ]],
    // Degrees and order that TFP drew with seed 1.
    ['random', { ...event, hidden: [4, 4], order: [2, 0, 1], degrees: [[2, 1, 2, 2], [2, 1, 2, 2]] }, [
      ['X.XX', '....', 'XXXX'],
      ['X.XX', 'XXXX', 'X.XX', 'X.XX'],
      ['..XX..', 'XXXX..', '..XX..', '..XX..'],
    ]],
  ] as const)('%s', (_name, options, want) => {
    expect(drawings(options)).toEqual(want);
  });

  it('gen_mask 3-4-6, exclusive and inclusive', () => {
    const first = (degrees: number[]) => made({ inputs: 4, hidden: [6], degrees: [degrees] })[0]!.transpose().toDrawing().split('\n');
    expect(first([0, 0, 1, 1, 2, 2])).toEqual(['....', '....', 'X...', 'X...', 'XX..', 'XX..']);
    expect(first([1, 1, 2, 2, 3, 3])).toEqual(['X...', 'X...', 'XX..', 'XX..', 'XXX.', 'XXX.']);
  });
});

const size = fc.integer({ min: 1, max: 8 });
const order = fc.constantFrom('left-to-right', 'right-to-left', 'random') as fc.Arbitrary<'random'>;
const options = fc.record({ inputs: size, hidden: fc.array(size, { maxLength: 3 }), order, degrees: fc.constantFrom('equal', 'random') as fc.Arbitrary<'random'>, seed: fc.integer() });

describe('made', () => {
  it('case 27: lets an output see the inputs before it in the order, and no other', () => {
    const withOrder = size.chain((n) => fc.record({ inputs: fc.constant(n), hidden: fc.array(size, { maxLength: 3 }), perInput: fc.integer({ min: 1, max: 3 }), order: fc.shuffledSubarray([...Array(n).keys()], { minLength: n }) }));
    fc.assert(fc.property(withOrder, fc.constantFrom('equal', 'random') as fc.Arbitrary<'random'>, fc.integer(), ({ inputs, hidden, perInput, order }, degrees, seed) => {
      const all = product(made({ inputs, hidden, outputs: inputs * perInput, order, degrees, seed }));
      for (const [i, o] of all.edges()) expect(order.indexOf(i)).toBeLessThan(order.indexOf(Math.floor(o / perInput)));
      // Wide enough layers lose nothing: every earlier input is seen.
      if (hidden.every((units) => units >= inputs - 1)) expect(all.nnz).toBe((perInput * inputs * (inputs - 1)) / 2);
    }));
  });

  it('leaves no output but the first without inputs when it draws degrees, however narrow the layers are', () => {
    fc.assert(fc.property(options, (given) => {
      const seen = product(made({ ...given, degrees: 'random' })).inDegree();
      expect(seen.filter((degree) => degree === 0)).toHaveLength(1);
    }));
  });

  it('needs no hidden layer, and is in order', () => {
    expect(drawings({ inputs: 3, hidden: [] })).toEqual([['.XX', '..X', '...']]);
    fc.assert(fc.property(options, (given) => {
      for (const mask of made(given)) expect(Mask.from({ shape: mask.shape, edges: mask.edges() }).equals(mask)).toBe(true);
    }));
  });

  it.each([
    [{ inputs: 0, hidden: [] }, 'masks.made: inputs is 0, expected a whole number from 1'],
    [{ inputs: 3, hidden: 4 }, 'masks.made: hidden is 4, expected an array of layer sizes'],
    [{ inputs: 3, hidden: [4, 0] }, 'masks.made: hidden[1] is 0'],
    [{ inputs: 3, hidden: [4], outputs: 4 }, 'masks.made: outputs is 4, expected a multiple of inputs, 3. Every input has the same number of outputs.'],
    [{ inputs: 3, hidden: [4], order: [0, 1] }, `masks.made: order is [0, 1], expected 'left-to-right'`],
    [{ inputs: 3, hidden: [4], order: [0, 1, 1] }, 'masks.made: order[2] is 1, which stands at [1] already'],
    [{ inputs: 3, hidden: [4], order: 'backwards' }, 'masks.made: order is "backwards"'],
    [{ inputs: 3, hidden: [4], degrees: [] }, `masks.made: degrees is [], expected 'equal', 'random', or 1 lists`],
    [{ inputs: 3, hidden: [2], degrees: [[1]] }, 'masks.made: degrees[0] is [1], expected an array of 2 degrees'],
    [{ inputs: 3, hidden: [2], degrees: [[1, 4]] }, 'masks.made: degrees[0][1] is 4, expected a whole number from 0 to 3'],
  ])('refuses the impossible (%#)', (given, message) => {
    expect(() => made(given as never)).toThrow(message);
  });
});
