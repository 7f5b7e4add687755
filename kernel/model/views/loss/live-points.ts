/**
 * What a training tells its curve while it runs: the points that came since the last message, and what is said of the run. The
 * receiver knows from the counts whether it has missed some, and then asks for all.
 */
import { decodeFloats, encodeFloats } from '../base64.js';
import { decodeSummary } from '../loss-payload.js';
import type { LossRun } from '../loss-view.js';
import { PayloadError, readPayload, VIEW_VERSION, type Fields } from '../payload.js';
import type { Problem } from '../problem.js';
import { GrowingCurve } from './growing-curve.js';
import type { RunRecord, RunSummary } from './run-summary.js';
import { decodeEpochs, encodeEpochs, MAX_SNAPSHOTS, type WeightEpochs, type WeightEpochsJson } from './snapshots.js';

/** Points of a curve that the receiver has. */
export interface Cursor {
  readonly training: number;
  readonly validation: number;
  readonly steps: number;
}

export const AT_START: Cursor = { training: 0, validation: 0, steps: 0 };

/** A message has at most so many points of a curve: the extension host passes it on in a moment. */
const MAX_POINTS = 16_384;

export interface LivePointsJson {
  readonly type: 'points';
  readonly version: typeof VIEW_VERSION;
  readonly from: Cursor;
  readonly run: RunSummary;
  readonly stepsPerEpoch: number;
  /** float32 losses. */
  readonly training?: string;
  readonly validation?: string;
  readonly steps?: string;
  /** Weights of epochs that came since. */
  readonly weights?: WeightEpochsJson;
}

/** The message for a receiver that has `from`, and what it has then. */
export function livePoints(record: RunRecord, run: RunSummary, perEpoch: number, from: Cursor, weights?: WeightEpochs): { readonly message: LivePointsJson; readonly next: Cursor } {
  const part = (values: readonly number[] | undefined, start: number): readonly number[] => (values ?? []).slice(start, start + MAX_POINTS);
  const curves = {
    training: part(record.history['loss'], from.training),
    validation: part(record.history['val_loss'], from.validation),
    steps: perEpoch > 1 ? part(record.steps, from.steps) : [],
  };
  const coded = Object.entries(curves).filter(([, values]) => values.length > 0);
  return {
    message: {
      type: 'points',
      version: VIEW_VERSION,
      from,
      run,
      stepsPerEpoch: perEpoch,
      ...Object.fromEntries(coded.map(([name, values]) => [name, encodeFloats(Float32Array.from(values))])),
      ...(weights && { weights: encodeEpochs(weights) }),
    },
    next: { training: from.training + curves.training.length, validation: from.validation + curves.validation.length, steps: from.steps + curves.steps.length },
  };
}

export interface LivePoints {
  readonly from: Cursor;
  readonly run: RunSummary;
  readonly stepsPerEpoch: number;
  readonly training: Float32Array;
  readonly validation: Float32Array;
  readonly steps: Float32Array;
  readonly weights: WeightEpochs | undefined;
}

export const parseLivePoints = (json: unknown): LivePoints | Problem => readPayload('message of a training', json, decode);

function decode(fields: Fields): LivePoints {
  const from = fields.object('from');
  const floats = (name: string): Float32Array => {
    const values = fields.has(name) ? decodeFloats(fields.text(name)) : new Float32Array(0);
    if (!values) throw new PayloadError(`"${name}" holds no losses`);
    return values;
  };
  const stepsPerEpoch = fields.number('stepsPerEpoch');
  if (stepsPerEpoch <= 0) throw new PayloadError(`"stepsPerEpoch" is ${stepsPerEpoch}, expected a number above 0`);
  return {
    from: { training: from.count('training'), validation: from.count('validation'), steps: from.count('steps') },
    run: decodeSummary(fields.object('run')),
    stepsPerEpoch,
    training: floats('training'),
    validation: floats('validation'),
    steps: floats('steps'),
    weights: fields.has('weights') ? decodeEpochs(fields.object('weights')) : undefined,
  };
}

/** A run that its kernel tells of: every loss as it was, not thinned out. */
export class LiveRun {
  readonly #curves = { training: new GrowingCurve(), validation: new GrowingCurve(), steps: new GrowingCurve() };
  #summary: RunSummary | undefined;
  #stepsPerEpoch = 1;
  #weights: WeightEpochs | undefined;

  get cursor(): Cursor {
    const { training, validation, steps } = this.#curves;
    return { training: training.length, validation: validation.length, steps: steps.length };
  }

  /** False when points are missing between what is there and these: then nothing is taken. */
  take({ from, run, stepsPerEpoch, weights, ...points }: LivePoints): boolean {
    const { cursor } = this;
    if (from.training !== cursor.training || from.validation !== cursor.validation || from.steps !== cursor.steps) return false;
    this.#summary = run;
    this.#stepsPerEpoch = stepsPerEpoch;
    this.#append('training', points.training, 1);
    this.#append('validation', points.validation, 1);
    this.#append('steps', points.steps, stepsPerEpoch);
    if (weights) this.#weights = this.#weights ? mergeEpochs(this.#weights, weights) : weights;
    return true;
  }

  /** Undefined before the first message. */
  get run(): LossRun | undefined {
    if (!this.#summary) return undefined;
    const { training, validation, steps } = this.#curves;
    return {
      ...this.#summary,
      stepsPerEpoch: this.#stepsPerEpoch,
      training: training.curve,
      ...(validation.length > 0 && { validation: validation.curve }),
      ...(steps.length > 0 && { steps: steps.curve }),
      ...(this.#weights && { weights: this.#weights }),
    };
  }

  #append(name: keyof Cursor, values: Float32Array, perEpoch: number): void {
    const curve = this.#curves[name];
    for (const value of values) curve.push((curve.length + 1) / perEpoch, value);
  }
}

/** Both, ascending; of one epoch the newer. Of too many the first stays, and the last. */
export function mergeEpochs(old: WeightEpochs, news: WeightEpochs): WeightEpochs {
  const sameLayers = old.layers.length === news.layers.length && old.layers.every(({ key, connections }, at) => key === news.layers[at]?.key && connections === news.layers[at].connections);
  if (!sameLayers) return news;
  const every = [...new Set([...old.epochs, ...news.epochs])].sort((a, b) => a - b);
  const epochs = every.length > MAX_SNAPSHOTS ? [...every.slice(0, 1), ...every.slice(1 - MAX_SNAPSHOTS)] : every;
  const layers = old.layers.map((layer, at) => ({
    ...layer,
    states: epochs.flatMap((epoch) => {
      const fresh = news.epochs.indexOf(epoch);
      const kept = fresh >= 0 ? news.layers[at]?.states[fresh] : layer.states[old.epochs.indexOf(epoch)];
      return kept ? [kept] : [];
    }),
  }));
  return { epochs, layers };
}
