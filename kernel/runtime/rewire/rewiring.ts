/** What all ways of rewiring share: when they act, on which layers, and with which random numbers. */
import type { LayersModel, Sequential } from '@tensorflow/tfjs';
import { ArgumentError, wholeNumber } from '../argument-error.js';
import { MaskedLayer } from '../layers/masked-layer.js';
import type { Mask } from '../mask/mask.js';
import { Random } from '../random/xoshiro.js';
import { tf } from '../tf/tfjs.js';
import { gradientsOn, type Batch } from './gradients-on.js';
import { isDue, nextDue, type Timing } from './schedules.js';

export interface Turn {
  readonly layer: MaskedLayer;
  /** Optimizer steps that are done; undefined when `apply` was called: one turn in full, whatever the schedule. */
  readonly step: number | undefined;
  readonly random: Random;
  /** |gradient| of the missing connections that were asked for by `candidates`, in their order. */
  readonly gradients: Float32Array | undefined;
  readonly candidates: Mask | undefined;
}

export interface Method {
  readonly name: string;
  readonly timing: Timing;
  readonly newWeights: 'zero' | 'init';
  /** The mask that the layer gets; the same object when nothing changes. */
  readonly next: (turn: Turn) => Mask;
  /** The missing connections whose gradient `next` needs. */
  readonly candidates?: (layer: MaskedLayer, step: number | undefined, random: Random) => Mask;
}

type Layerlike = MaskedLayer | string | number;

/** A way to rewire masked layers while they learn: pass it to `train(…, { rewire })`, or call `apply`. */
export class Rewiring {
  readonly #method: Method;
  readonly #seed: number | undefined;
  readonly #own = Math.random();

  constructor(method: Method, seed: number | undefined) {
    if (seed !== undefined && !Number.isFinite(seed)) throw new ArgumentError(`${method.name}: seed`, seed, 'a finite number');
    this.#method = method;
    this.#seed = seed;
  }

  /**
   * Rewires one layer once, whatever the schedule: prunes to the final density, or exchanges the whole fraction.
   *
   * @param layer a masked layer of the model, its name, or its index
   * @param data what RigL measures gradients on
   * @returns the layer's new mask
   */
  apply(model: LayersModel | Sequential, layer: Layerlike, data?: Batch): Mask {
    const { found, index } = find(this.#method.name, model, layer);
    const random = this.#random(undefined, iterationsOf(model), index);
    const candidates = this.#method.candidates?.(found, undefined, random);
    if (candidates && !data) {
      throw new Error(`${this.#method.name} grows connections where the gradient is largest: call apply(model, layer, { x, y }) with a batch to measure it on, or pass it to train(…, { rewire })`);
    }
    const gradients = candidates && data && gradientsOn(this.#method.name, model, found, candidates, data);
    this.#turn({ layer: found, step: undefined, random, gradients, candidates });
    return found.mask;
  }

  /**
   * For `train`.
   *
   * @param seed of the run; this rewiring's own goes before it
   * @throws Error when the model has no masked layer that is trained
   */
  start(model: LayersModel | Sequential, seed: number | undefined): Session {
    const layers = maskedLayers(model);
    const trained = layers.filter((layer) => layer.trainable);
    if (trained.length === 0) throw new Error(`${this.#method.name}: the model ${model.name} has no masked layer ${layers.length > 0 ? 'that is trained' : '(maskedDense, maskedConv2d)'} to rewire`);
    let probes: ReturnType<MaskedLayer['observeMissing']>[] = [];
    return {
      before: (step) => {
        const { candidates } = this.#method;
        if (!candidates || !isDue(step, this.#method.timing)) return;
        probes = trained.map((layer, index) => layer.observeMissing(candidates(layer, step, this.#random(seed, step, index))));
      },
      after: (step) => {
        const taken = probes;
        probes = [];
        taken.forEach((probe) => probe.end());
        if (!isDue(step, this.#method.timing)) return;
        trained.forEach((layer, index) => {
          const probe = taken[index];
          // The very numbers that chose the candidates must not choose again.
          const random = this.#random(seed, step, index + trained.length);
          if (probe || !this.#method.candidates) this.#turn({ layer, step, random, gradients: probe?.gradient, candidates: probe?.missing });
        });
      },
      end: () => probes.forEach((probe) => probe.end()),
      nextDue: (step) => nextDue(step, this.#method.timing),
      measures: this.#method.candidates !== undefined,
    };
  }

  #turn(turn: Turn): void {
    const mask = this.#method.next(turn);
    if (mask !== turn.layer.mask) turn.layer.updateMask(mask, { newWeights: this.#method.newWeights });
  }

  /** The same seed, step and layer give the same numbers, so a run that was interrupted goes on as it would have. */
  #random(runSeed: number | undefined, step: number, index: number): Random {
    const bits = new Random(this.#seed ?? runSeed ?? this.#own).bits();
    return new Random((bits % 2 ** 16) * 2 ** 36 + (step % 2 ** 26) * 2 ** 10 + (index % 2 ** 10));
  }
}

export interface Session {
  /** @param step number of the step that comes, from 1 */
  before(step: number): void;
  /** @param step number of the step that is done */
  after(step: number): void;
  end(): void;
  /** The next step, this one included, after which something happens; Infinity when there is none. */
  nextDue(step: number): number;
  /** Whether gradients of missing connections are measured in such a step. */
  readonly measures: boolean;
}

/** The masked layers of a model and of the models in it. */
export function maskedLayers(model: Pick<LayersModel, 'layers'>): MaskedLayer[] {
  return model.layers.flatMap((layer) => {
    if (layer instanceof MaskedLayer) return [layer];
    // SAFETY: only models (and stacks of cells, which hold no masked layer) have a list of layers.
    return 'layers' in layer && Array.isArray(layer.layers) ? maskedLayers(layer as unknown as LayersModel) : [];
  });
}

function find(name: string, model: LayersModel | Sequential, layer: Layerlike): { found: MaskedLayer; index: number } {
  if (!(model instanceof tf.LayersModel)) throw new ArgumentError(`${name}.apply: model`, model, 'a model, such as tf.sequential() makes');
  const layers = maskedLayers(model);
  const found = typeof layer === 'object' ? layers.find((each) => each === layer) : typeof layer === 'string' ? layers.find((each) => each.name === layer) : model.layers[layer];
  if (found instanceof MaskedLayer) return { found, index: layers.indexOf(found) };
  throw new ArgumentError(`${name}.apply: layer`, layer, `a masked layer of the model ${model.name}: ${layers.map((each) => each.name).join(', ') || 'it has none'}`);
}

function iterationsOf(model: LayersModel | Sequential): number {
  // SAFETY: a compiled model has an optimizer; its getter throws in one that is not.
  const { optimizer } = model as { optimizer?: { iterations?: unknown } };
  return typeof optimizer?.iterations === 'number' ? optimizer.iterations : 0;
}

export function readTiming(name: string, { begin = 0, every, end }: { begin?: number; every?: number; end?: number | undefined }): Timing {
  return {
    begin: wholeNumber(`${name}: begin`, begin),
    every: wholeNumber(`${name}: every`, every ?? 100, 1),
    end: end === undefined ? undefined : wholeNumber(`${name}: end`, end, begin),
  };
}

export function readFraction(argument: string, value: unknown): number {
  if (typeof value === 'number' && value >= 0 && value <= 1) return value;
  throw new ArgumentError(argument, value, 'a number from 0 to 1');
}

export function readNewWeights(name: string, value: unknown): 'zero' | 'init' {
  if (value === undefined || value === 'zero') return 'zero';
  if (value === 'init') return 'init';
  throw new ArgumentError(`${name}: newWeights`, value, `'zero' or 'init'`);
}
