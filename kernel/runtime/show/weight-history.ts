/** The live weights of a model's masked layers over the epochs of a training, few enough to keep and to send. */
import { quantize, snapshotEpochs, type Quantized, type WeightEpochs } from '../../model/views/loss/snapshots.js';
import { isMaskedLayer, type MaskedLayer } from './read-kernel.js';
import { weightsKey } from './weights-key.js';

/** With 64 epochs this many connections are 16 MB. */
const MAX_CONNECTIONS = 250_000;
const MAX_LAYERS = 16;

/** Layers whose weights can be kept; none when they are too many. */
export function layersToKeep(layers: readonly object[]): readonly MaskedLayer[] {
  const masked = layers.filter(isMaskedLayer).slice(0, MAX_LAYERS);
  const connections = masked.reduce((sum, { mask }) => sum + mask.data.indices.length, 0);
  return connections <= MAX_CONNECTIONS ? masked : [];
}

export class WeightHistory {
  readonly #layers: readonly MaskedLayer[];
  readonly #planned: ReadonlySet<number>;
  readonly #states = new Map<number, readonly Quantized[]>();
  #best: number | undefined;
  #last = 0;

  /** Takes the weights before the first epoch. */
  constructor(layers: readonly MaskedLayer[], totalEpochs: number) {
    this.#layers = layers;
    this.#planned = snapshotEpochs(totalEpochs);
    this.#take(0);
  }

  /** The next planned epoch; Infinity after the last. */
  get next(): number {
    let next = Infinity;
    for (const epoch of this.#planned) if (epoch > this.#last) next = Math.min(next, epoch);
    return next;
  }

  /** After an epoch. True when its weights are kept for now: planned, or the best so far. */
  epoch(epoch: number, isBest: boolean): boolean {
    this.#last = epoch;
    if (isBest) {
      if (this.#best !== undefined && !this.#planned.has(this.#best)) this.#states.delete(this.#best);
      this.#best = epoch;
    }
    if (!isBest && !this.#planned.has(epoch)) return false;
    this.#take(epoch);
    return true;
  }

  /** The weights as they are when the training ends, also in the middle of an epoch. */
  end(): void {
    this.#take(this.#last);
  }

  /** Undefined when no layer is kept, or when its mask has changed: connections then are others from epoch to epoch. */
  pick(keep: (epoch: number) => boolean = () => true): WeightEpochs | undefined {
    const epochs = [...this.#states.keys()].filter(keep).sort((a, b) => a - b);
    if (this.#layers.length === 0 || epochs.length === 0) return undefined;
    const layers = this.#layers.map((layer, at) => ({
      key: weightsKey(layer),
      name: layer.name,
      connections: layer.mask.data.indices.length,
      states: epochs.flatMap((epoch) => this.#states.get(epoch)?.[at] ?? []),
    }));
    return layers.every(({ connections, states }) => states.every(({ codes }) => codes.length === connections)) ? { epochs, layers } : undefined;
  }

  #take(epoch: number): void {
    if (this.#layers.length > 0) this.#states.set(epoch, this.#layers.map((layer) => quantize(layer.liveWeights())));
  }
}
