/** Loss curves as JSON and back. */
import { decodeFloats, encodeFloats } from './base64.js';
import { MAX_RUNS, type Best, type Curve, type LossRun, type LossView, type RunSummary } from './loss-view.js';
import type { Timing } from './loss/progress.js';
import { decodeEpochs, encodeEpochs, fitEpochs, type WeightEpochsJson } from './loss/snapshots.js';
import { Fields, PayloadError, readPayload, VIEW_VERSION } from './payload.js';
import type { Problem } from './problem.js';

/** float32 of x and y, as many of both. */
export interface CurveJson {
  readonly x: string;
  readonly y: string;
}

export type LossRunJson = Omit<LossRun, 'training' | 'validation' | 'steps' | 'weights'> & {
  readonly training: CurveJson;
  readonly validation?: CurveJson;
  readonly steps?: CurveJson;
  readonly weights?: WeightEpochsJson;
};

export interface LossViewJson {
  readonly version: typeof VIEW_VERSION;
  readonly title?: string;
  readonly live?: string;
  readonly runs: readonly LossRunJson[];
}

/** Weights of epochs take at most this many bytes of a payload. */
const MAX_WEIGHT_BYTES = 60_000;

/** At most 256 K characters; the curves of a LossView are thinned out already, and of its weights as many epochs stay as fit. */
export const encodeLossView = ({ version, title, live, runs }: LossView): LossViewJson => ({
  version,
  ...(title !== undefined && { title }),
  ...(live !== undefined && { live }),
  runs: runs.map(({ training, validation, steps, weights, ...rest }) => {
    const fitting = weights && fitEpochs(weights, rest.best?.epoch, MAX_WEIGHT_BYTES);
    return {
      ...rest,
      training: encodeCurve(training),
      ...(validation && { validation: encodeCurve(validation) }),
      ...(steps && { steps: encodeCurve(steps) }),
      ...(fitting && { weights: encodeEpochs(fitting) }),
    };
  }),
});

const encodeCurve = ({ x, y }: Curve): CurveJson => ({ x: encodeFloats(Float32Array.from(x)), y: encodeFloats(Float32Array.from(y)) });

/** Reads a payload of any origin; what is wrong with it comes back as one sentence. */
export const parseLossView = (json: unknown): LossView | Problem => readPayload('loss curve', json, decodeLoss);

function decodeLoss(fields: Fields): LossView {
  const title = fields.optionalText('title');
  const live = fields.optionalText('live');
  const runs = fields.array('runs', MAX_RUNS).map((run, at) => decodeRun(new Fields(run, `run ${at}`)));
  return { view: 'loss', version: VIEW_VERSION, ...(title !== undefined && { title }), ...(live !== undefined && { live }), runs };
}

function decodeRun(fields: Fields): LossRun {
  const optionalCurve = (name: string): Curve | undefined => (fields.has(name) ? decodeCurve(fields.object(name)) : undefined);
  const stepsPerEpoch = fields.has('stepsPerEpoch') ? fields.number('stepsPerEpoch') : undefined;
  if (stepsPerEpoch !== undefined && stepsPerEpoch <= 0) throw new PayloadError(`"stepsPerEpoch" is ${stepsPerEpoch}, expected a number above 0`);
  return compact<LossRun>({
    ...decodeSummary(fields),
    stepsPerEpoch,
    training: decodeCurve(fields.object('training')),
    validation: optionalCurve('validation'),
    steps: optionalCurve('steps'),
    weights: fields.has('weights') ? decodeEpochs(fields.object('weights')) : undefined,
  });
}

export function decodeSummary(fields: Fields): RunSummary {
  const optionalNumber = (name: string): number | undefined => (fields.has(name) ? fields.number(name) : undefined);
  const optionalCount = (name: string): number | undefined => (fields.has(name) ? fields.count(name) : undefined);
  return compact<RunSummary>({
    name: fields.optionalText('name') ?? '',
    hue: optionalCount('hue'),
    epochs: fields.count('epochs'),
    totalEpochs: optionalCount('totalEpochs'),
    running: fields.get('running') === true,
    stoppedBy: fields.optionalText('stoppedBy'),
    first: optionalNumber('first'),
    last: optionalNumber('last'),
    best: fields.has('best') ? decodeBest(fields.object('best')) : undefined,
    notFiniteAt: optionalNumber('notFiniteAt'),
    patience: optionalCount('patience'),
    timing: fields.has('timing') ? decodeTiming(fields.object('timing')) : undefined,
  });
}

const decodeTiming = (fields: Fields): Timing => ({ elapsed: fields.number('elapsed'), ...(fields.has('perEpoch') && { perEpoch: fields.number('perEpoch') }) });

type Optional<T> = { [Key in keyof T]: undefined extends T[Key] ? T[Key] | undefined : T[Key] };

/** Drops the keys that are undefined: with exactOptionalPropertyTypes, absent and undefined differ. */
function compact<T extends object>(value: Optional<T>): T {
  // SAFETY: only keys whose value is undefined are dropped, and T allows each of those to be absent.
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as unknown as T;
}

function decodeBest(fields: Fields): Best {
  const of = fields.get('of');
  return { epoch: fields.count('epoch'), value: fields.number('value'), of: of === 'validation' ? of : 'training' };
}

function decodeCurve(fields: Fields): Curve {
  const x = decodeFloats(fields.text('x'));
  const y = decodeFloats(fields.text('y'));
  if (!x || !y || x.length !== y.length) throw new PayloadError('a curve does not hold as many x as y');
  for (let at = 0; at < x.length; at++) {
    if (!Number.isFinite(x[at])) throw new PayloadError(`point ${at} of a curve lies nowhere`);
    if (at > 0 && (x[at] ?? 0) < (x[at - 1] ?? 0)) throw new PayloadError(`point ${at} of a curve lies before the one before it`);
  }
  return { x: Float64Array.from(x), y: Float64Array.from(y) };
}
