import { ArgumentError, wholeNumber } from '../argument-error.js';
import { Mask } from '../mask/mask.js';
import { known } from './rows.js';

export interface ReceptiveFieldOptions {
  /** Rows and columns of the input image; input r * width + c is its pixel in row r, column c. */
  readonly height: number;
  readonly width: number;
  /** Side of the square window, or [rows, columns]. */
  readonly kernel: number | readonly [number, number];
  /** Default 1. */
  readonly stride?: number | readonly [number, number];
  /** As in TensorFlow: `valid` (default) or `same`. */
  readonly padding?: 'valid' | 'same';
}

/**
 * The wiring of a convolution with one channel and one filter, as a dense mask: output (r, c) sees the pixels of its window.
 *
 * @returns shape [height * width, output rows * output columns]
 * @throws ArgumentError when the window does not fit
 */
export function receptiveField(options: ReceptiveFieldOptions): Mask {
  known('receptiveField', options, ['height', 'width', 'kernel', 'stride', 'padding']);
  const height = wholeNumber('masks.receptiveField: height', options?.height, 1);
  const width = wholeNumber('masks.receptiveField: width', options?.width, 1);
  const { padding = 'valid', stride = 1 } = options;
  if (padding !== 'valid' && padding !== 'same') throw new ArgumentError('masks.receptiveField: padding', padding, `'valid' or 'same'`);
  const [kernelRows, kernelColumns] = pair('kernel', options.kernel);
  const [strideRows, strideColumns] = pair('stride', stride);
  const rows = windows('height', height, kernelRows, strideRows, padding);
  const columns = windows('width', width, kernelColumns, strideColumns, padding);
  const edges: [number, number][] = [];
  rows.forEach(([top, bottom], r) => {
    columns.forEach(([left, right], c) => {
      for (let y = top; y < bottom; y++) for (let x = left; x < right; x++) edges.push([y * width + x, r * columns.length + c]);
    });
  });
  return Mask.from({ shape: [height * width, rows.length * columns.length], edges });
}

function pair(name: string, value: unknown): [number, number] {
  const list: readonly unknown[] = Array.isArray(value) && value.length === 2 ? value : [value, value];
  const [first, second] = list;
  return [wholeNumber(`masks.receptiveField: ${name}`, first, 1), wholeNumber(`masks.receptiveField: ${name}`, second, 1)];
}

/** The pixels [from, to) that each output sees along one axis; TensorFlow's rule for `same`. */
function windows(axis: string, size: number, kernel: number, stride: number, padding: 'valid' | 'same'): [number, number][] {
  if (padding === 'valid' && kernel > size) {
    throw new ArgumentError('masks.receptiveField: kernel', kernel, `at most the ${axis}, ${size}, with padding 'valid'`);
  }
  const count = padding === 'same' ? Math.ceil(size / stride) : Math.floor((size - kernel) / stride) + 1;
  const before = padding === 'same' ? Math.floor(Math.max((count - 1) * stride + kernel - size, 0) / 2) : 0;
  return Array.from({ length: count }, (_, k) => {
    const from = k * stride - before;
    return [Math.max(from, 0), Math.min(from + kernel, size)];
  });
}
