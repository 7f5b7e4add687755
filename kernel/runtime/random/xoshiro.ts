import { Xoshiro } from '../../model/random/xoshiro.js';
import { ArgumentError } from '../argument-error.js';

/** The seeded stream, for arguments that users write. */
export class Random extends Xoshiro {
  /**
   * @param seed any finite number: two seeds that differ give two streams. Absent: a seed from Math.random.
   * @throws ArgumentError for anything else
   */
  constructor(seed?: number) {
    if (seed !== undefined && !(typeof seed === 'number' && Number.isFinite(seed))) throw new ArgumentError('seed', seed, 'a finite number');
    super(seed ?? Math.random());
  }
}
