/** `show.boundary`. */
import type { LayersModel } from '@tensorflow/tfjs';
import { encodeBoundaryView } from '../../../model/views/boundary/boundary-payload.js';
import { MAX_CLASSES, MAX_SIDE, type BoundaryView, type CutConnection } from '../../../model/views/boundary/boundary-view.js';
import { Fields, PayloadError } from '../../../model/views/payload.js';
import { ArgumentError } from '../../argument-error.js';
import { serveView } from '../../comm/serve-view.js';
import { DisplayHandle } from '../../display/handle.js';
import { newDisplayId, publish } from '../../display/publish.js';
import { MIN_INTERVAL_MS, Throttle } from '../../display/throttle.js';
import { tf } from '../../tf/tfjs.js';
import { checkOptions, type FileOptions } from '../options.js';
import { pictureOfView, viewBundle } from '../view-bundle.js';
import { writePicture } from '../write-picture.js';
import { boundaryOf, type BoundarySettings } from './boundary-of.js';
import { withoutConnection } from './connections.js';
import { readPoints, type BoundaryData } from './read-points.js';
import { UnitProbe } from './unit-outputs.js';

export interface ShowBoundaryOptions extends FileOptions {
  /** Names of the two inputs, along the axes. */
  readonly names?: readonly [string, string];
  /** Names of the classes, in the order of their labels. */
  readonly classes?: readonly string[];
  /** Of one output: from here on it is the second class. Default 0.5; 0 for labels −1 and 1. */
  readonly threshold?: number;
  /** Cells along a side of the grid; default 100. */
  readonly resolution?: number;
  /** What is drawn of both inputs; default where the points are, and a little more. */
  readonly range?: readonly [x: readonly [number, number], y: readonly [number, number]];
}

/**
 * A boundary that is shown. Given to a training as a callback it is live: `train(model, xs, ys, { callbacks: boundary })`.
 */
export class BoundaryHandle extends DisplayHandle<[model?: LayersModel, data?: BoundaryData]> {
  /** Draws the boundary again, at most ten times a second. */
  readonly onEpochEnd: () => void;
  /** Draws the last state, with its picture. */
  readonly onTrainEnd: () => void;

  constructor(displayId: string, update: (model?: LayersModel, data?: BoundaryData) => void, live: { readonly onEpochEnd: () => void; readonly onTrainEnd: () => void }) {
    super(displayId, update);
    this.onEpochEnd = live.onEpochEnd;
    this.onTrainEnd = live.onTrainEnd;
  }
}

/**
 * Draws what a net with two inputs answers all over the plane, computed in one batch: one output by its threshold, several by the
 * greatest; and every hidden unit by itself.
 *
 * @param data `{ xs, ys }`: points [n, 2] and a label each (0/1, −1/1, class numbers, or one-hot rows); or points alone
 * @throws ArgumentError when the model does not take two numbers, when points or labels are wrong, or an option is
 */
export function showBoundary(model: LayersModel, data: BoundaryData, options: ShowBoundaryOptions = {}): BoundaryHandle {
  checkOptions('show.boundary', options);
  const settings = readSettings(options);
  const displayId = options.displayId ?? newDisplayId();
  let shown = { model, probe: probeOf(model), data };
  const view = (cut?: CutConnection): BoundaryView => {
    const outputs = shown.model.outputs[0]?.shape[1] ?? 1;
    return boundaryOf(shown.model, shown.probe, readPoints(shown.data, outputs, settings.threshold), settings, displayId, cut);
  };
  const throttle = new Throttle();
  let later: NodeJS.Timeout | undefined;
  let isShown = false;
  let restUntil = 0;
  const show = (picture: boolean): void => {
    clearTimeout(later);
    later = undefined;
    const started = performance.now();
    throttle.due(started);
    const now = view();
    if (picture && options.file !== undefined) writePicture(options.file, pictureOfView(now));
    publish(viewBundle(now), { displayId, update: isShown, picture });
    isShown = true;
    // A fifth of a training's time at most.
    restUntil = performance.now() + 4 * (performance.now() - started);
  };
  show(true);
  serveView(displayId, (opened) => void opened.onMessage((message) => opened.send(answer(message, () => shown.model, view))));
  return new BoundaryHandle(
    displayId,
    (nextModel = shown.model, nextData = shown.data) => {
      if (nextModel !== shown.model) shown = { model: nextModel, probe: probeOf(nextModel), data: nextData };
      shown = { ...shown, data: nextData };
      // In a loop of fast steps the last state is drawn when the loop waits.
      if (throttle.due()) show(true);
      else later ??= setTimeout(() => show(true), MIN_INTERVAL_MS);
    },
    {
      onEpochEnd: () => void (performance.now() >= restUntil && throttle.due() && show(false)),
      onTrainEnd: () => show(true),
    },
  );
}

/** Of a model that takes two numbers and gives one row. */
function probeOf(model: LayersModel): UnitProbe {
  if (!(model instanceof tf.LayersModel)) throw new ArgumentError('show.boundary: model', model, 'a tfjs model');
  if (!(model.outputs?.length > 0)) throw new Error('show.boundary: the model has no input shape yet; give its first layer inputShape: [2], or fit or build it first');
  const shapes = (tensors: LayersModel['inputs']): string => tensors.map(({ shape }) => `[${shape.slice(1).map(String).join(', ')}]`).join(' and ');
  const [input, ...otherInputs] = model.inputs;
  if (!input || otherInputs.length > 0 || input.shape.length !== 2 || input.shape[1] !== 2) {
    throw new ArgumentError('show.boundary: model', `a model with inputs ${shapes(model.inputs)}`, 'a model with two inputs, [2]', 'A boundary is drawn over a plane: choose two features, or draw the kernel with show.kernel.');
  }
  const [output, ...otherOutputs] = model.outputs;
  const units = output?.shape[1] ?? 0;
  if (!output || otherOutputs.length > 0 || output.shape.length !== 2 || units < 1 || units > MAX_CLASSES) {
    throw new ArgumentError('show.boundary: model', `a model with outputs ${shapes(model.outputs)}`, `a model with one row of 1 to ${MAX_CLASSES} outputs`);
  }
  return new UnitProbe(model);
}

function readSettings({ title, names, classes, threshold, resolution = 100, range }: ShowBoundaryOptions): BoundarySettings {
  const isPair = (value: unknown): value is readonly unknown[] => Array.isArray(value) && value.length === 2;
  if (names !== undefined && !isPair(names)) throw new ArgumentError('show.boundary: names', names, 'two names, such as ["x", "y"]');
  if (classes !== undefined && !Array.isArray(classes)) throw new ArgumentError('show.boundary: classes', classes, 'an array of names');
  if (threshold !== undefined && !Number.isFinite(threshold)) throw new ArgumentError('show.boundary: threshold', threshold, 'a number');
  if (!Number.isInteger(resolution) || resolution < 10 || resolution > MAX_SIDE) throw new ArgumentError('show.boundary: resolution', resolution, `a whole number from 10 to ${MAX_SIDE}`);
  const isRange = (value: unknown): boolean => isPair(value) && Number.isFinite(value[0]) && Number.isFinite(value[1]) && Number(value[1]) > Number(value[0]);
  if (range !== undefined && !(isPair(range) && range.every(isRange))) throw new ArgumentError('show.boundary: range', range, '[[x from, x to], [y from, y to]], each ascending');
  return {
    resolution,
    ...(title !== undefined && { title }),
    ...(names && { names: [String(names[0]), String(names[1])] }),
    ...(classes && { classes: classes.map(String) }),
    ...(threshold !== undefined && { threshold }),
    ...(range && { range }),
  };
}

type View = (cut?: CutConnection) => BoundaryView;

/** A renderer asks `{ cut: { layer, key, row, column } }`; the answer is `{ boundary }`, a payload, or `{ problem }`. */
function answer(message: unknown, model: () => LayersModel, view: View): object {
  try {
    const asked = new Fields(message, 'the message').object('cut');
    const cut = { layer: asked.text('layer'), key: asked.text('key'), row: asked.count('row'), column: asked.count('column') };
    const found = withoutConnection(model(), cut.key, cut.row, cut.column, () => view(cut));
    return found ? { boundary: encodeBoundaryView(found) } : { problem: 'The net no longer has this connection.' };
  } catch (error) {
    if (error instanceof PayloadError) return { problem: error.message };
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}
