/** Loss curves as JSON and back. */
import { decodeFloats, encodeFloats } from './base64.js';
import { MAX_RUNS, type Best, type Curve, type LossRun, type LossView } from './loss-view.js';
import { Fields, PayloadError, readPayload, VIEW_VERSION } from './payload.js';
import type { Problem } from './problem.js';

/** float32 of x and y, as many of both. */
export interface CurveJson {
  readonly x: string;
  readonly y: string;
}

export type LossRunJson = Omit<LossRun, 'training' | 'validation' | 'steps'> & {
  readonly training: CurveJson;
  readonly validation?: CurveJson;
  readonly steps?: CurveJson;
};

export interface LossViewJson {
  readonly version: typeof VIEW_VERSION;
  readonly title?: string;
  readonly runs: readonly LossRunJson[];
}

/** At most 256 K characters; the curves of a LossView are thinned out already. */
export const encodeLossView = ({ version, title, runs }: LossView): LossViewJson => ({
  version,
  ...(title !== undefined && { title }),
  runs: runs.map(({ training, validation, steps, ...rest }) => ({
    ...rest,
    training: encodeCurve(training),
    ...(validation && { validation: encodeCurve(validation) }),
    ...(steps && { steps: encodeCurve(steps) }),
  })),
});

const encodeCurve = ({ x, y }: Curve): CurveJson => ({ x: encodeFloats(Float32Array.from(x)), y: encodeFloats(Float32Array.from(y)) });

/** Reads a payload of any origin; what is wrong with it comes back as one sentence. */
export const parseLossView = (json: unknown): LossView | Problem => readPayload('loss curve', json, decodeLoss);

function decodeLoss(fields: Fields): LossView {
  const title = fields.optionalText('title');
  const runs = fields.array('runs', MAX_RUNS).map((run, at) => decodeRun(new Fields(run, `run ${at}`)));
  return { view: 'loss', version: VIEW_VERSION, ...(title !== undefined && { title }), runs };
}

function decodeRun(fields: Fields): LossRun {
  const optionalNumber = (name: string): number | undefined => (fields.has(name) ? fields.number(name) : undefined);
  const optionalCurve = (name: string): Curve | undefined => (fields.has(name) ? decodeCurve(fields.object(name)) : undefined);
  return compact({
    name: fields.optionalText('name') ?? '',
    epochs: fields.count('epochs'),
    totalEpochs: fields.has('totalEpochs') ? fields.count('totalEpochs') : undefined,
    running: fields.get('running') === true,
    stoppedBy: fields.optionalText('stoppedBy'),
    first: optionalNumber('first'),
    last: optionalNumber('last'),
    best: fields.has('best') ? decodeBest(fields.object('best')) : undefined,
    notFiniteAt: optionalNumber('notFiniteAt'),
    training: decodeCurve(fields.object('training')),
    validation: optionalCurve('validation'),
    steps: optionalCurve('steps'),
  });
}

type Optional<T> = { [Key in keyof T]: undefined extends T[Key] ? T[Key] | undefined : T[Key] };

/** Drops the keys that are undefined: with exactOptionalPropertyTypes, absent and undefined differ. */
function compact(run: Optional<LossRun>): LossRun {
  // SAFETY: only keys whose value is undefined are dropped, and LossRun allows each of those to be absent.
  return Object.fromEntries(Object.entries(run).filter(([, value]) => value !== undefined)) as unknown as LossRun;
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
    if (!Number.isFinite(x[at]) || !Number.isFinite(y[at])) throw new PayloadError(`point ${at} of a curve is not finite`);
    if (at > 0 && (x[at] ?? 0) < (x[at - 1] ?? 0)) throw new PayloadError(`point ${at} of a curve lies before the one before it`);
  }
  return { x: Float64Array.from(x), y: Float64Array.from(y) };
}
