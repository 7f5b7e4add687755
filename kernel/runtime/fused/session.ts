/** A network in the kernels' memory, with the programs of its steps: built once, used by every run that fits it. */
import type { Program, SparseEngine } from '../simd/engine.js';
import { JOB_BYTES } from '../simd/jobs.js';
import { argumentPlace, job, type Job } from '../simd/operations.js';
import { grainOf } from '../simd/placed-layout.js';
import { UPDATES } from '../simd/updates.js';
import type { Mask } from '../mask/mask.js';
import { backwardJobs, forwardJobs, needsGradient, placeBuffers, type PlacedNet } from './jobs-of-net.js';
import { weightsOf, type DenseNode, type Net, type Node } from './net.js';
import type { OptimizerState, SlotName } from './optimizer-state.js';
import { Parameters } from './parameters.js';
import { placeDense, type PlacedDense } from './placed-net.js';
import type { PlacedData } from './placed-data.js';
import type { OptimizerPlan } from './read-optimizer.js';
import type { StepProgram, TrainingProgram } from './step-program.js';
import { updateJobs, type UpdateJobs } from './update-jobs.js';

/** What the programs are made for; another run with the same may use them. */
export interface SessionShape {
  readonly batch: number;
  /** Rows of the last batch of an epoch, when they are fewer; else 0. */
  readonly rest: number;
  /** Rows of validation batches: as many whole ones as there are, and the last. */
  readonly validation: { readonly whole: number; readonly rest: number } | undefined;
  readonly weighted: boolean;
}

/** Gradients of connections that are not there, measured by the programs of one step. */
export interface Probe {
  readonly node: DenseNode;
  readonly missing: Mask;
}

export class Session {
  readonly placed: PlacedNet;
  readonly parameters: Parameters;
  readonly #engine: SparseEngine;
  readonly #optimizer: OptimizerPlan;
  readonly #update: UpdateJobs;
  readonly #held: number[] = [];
  readonly #releases: (() => void)[] = [];
  /** What the programs of a run hold. */
  readonly #ofPrograms: (() => void)[] = [];

  constructor(engine: SparseEngine, net: Net, optimizer: OptimizerPlan, shape: SessionShape) {
    this.#engine = engine;
    this.#optimizer = optimizer;
    const { memory } = engine;
    const largest = Math.max(shape.batch, shape.validation?.whole ?? 0, shape.validation?.rest ?? 0);
    const needed = needsGradient(net);
    const dense = new Map<Node, PlacedDense>();
    net.nodes.forEach((node, n) => {
      if (node.kind !== 'dense') return;
      const placed = placeDense(engine, node, shape.batch, needed[n] === true);
      dense.set(node, placed);
      this.#releases.push(() => placed.release());
    });
    const slots: SlotName[] = (['m', 'v', 's'] as const).filter((name) => name in UPDATES[optimizer.update].slots);
    if (optimizer.common.useEma) slots.push('average');
    this.parameters = new Parameters(memory, net.nodes.flatMap((node) => weightsOf(node).map((weight) => ({ weight, ...placesOfWeight(node, weight, dense) }))), slots);
    this.#releases.push(() => this.parameters.release());
    const room = placeBuffers(memory, net, largest, shape.weighted);
    const { buffers } = room;
    this.#releases.push(() => room.release());
    this.placed = { net, parameters: this.parameters, dense, buffers };
    this.#update = updateJobs(memory, net, this.parameters, optimizer, this.#held);
  }

  /** One step on so many rows. */
  trainingProgram(batch: number, data: PlacedData, state: OptimizerState, probes: readonly (Probe & { out: number })[] = []): TrainingProgram {
    const jobs: Job[] = [...this.#gather(batch, data), ...forwardJobs(this.placed, batch, true)];
    const { loss, metrics, jobs: measures } = this.#measures(batch, true);
    jobs.push(...measures);
    jobs.push(...backwardJobs(this.placed, batch, (node, x, d) => probes.filter((probe) => probe.node === node).flatMap((probe) => this.#probeJobs(probe, x, d, batch))));
    jobs.push(...this.#update.jobs);
    const program = this.#program(jobs);
    const place = (one: Job, argument: string): number => placeOf(program, jobs, one, argument);
    const { optimize, decay, averages, penalties } = this.#update;
    return {
      ...this.#common(program, jobs, batch), loss, metrics, penalties,
      rate: optimize && place(optimize, 'rate'),
      decay: decay && place(decay, 'rate'),
      averages: averages.map(({ job: one, parameter }) => ({ flag: place(one, 'fresh'), isNew: state.isNew(parameter.variable) })),
      seeds: jobs.flatMap((one) => (one.operation === 'dropout' ? [{ word: place(one, 'seed'), layer: one.values['seed'] ?? 0 }] : [])),
    };
  }

  /** Loss and metrics of so many rows, with what inference takes. */
  validationProgram(batch: number, data: PlacedData): StepProgram {
    const { loss, metrics, jobs: measures } = this.#measures(batch, false);
    const jobs = [...this.#gather(batch, data, false), ...forwardJobs(this.placed, batch, false), ...measures];
    return { ...this.#common(this.#program(jobs), jobs, batch), loss, metrics };
  }

  get weightDecay(): number {
    return this.#optimizer.common.weightDecay ?? 0;
  }

  /** Ends the programs, not the network. */
  releasePrograms(): void {
    for (const release of this.#ofPrograms.splice(0)) release();
  }

  release(): void {
    this.releasePrograms();
    for (const release of this.#releases) release();
    for (const at of this.#held) this.#engine.memory.release(at);
  }

  #gather(batch: number, { x, y, weights }: PlacedData, weighted = true): Job[] {
    const { net, buffers } = this.placed;
    const one = (rows: number, panels: number, features: number): Job => job('gatherRows', features, { rows, order: 0, panels, features, batch }, grainOf(features, 4 * features * batch));
    return [one(x, buffers.x, net.inputs), one(y, buffers.t, net.targets), ...(weighted && weights && buffers.weights ? [one(weights, buffers.weights, 1)] : [])];
  }

  #measures(batch: number, training: boolean): { jobs: Job[]; loss: { at: number; count: number }; metrics: { at: number; count: number }[] } {
    const { net, buffers } = this.placed;
    const count = Math.ceil(batch / 16);
    const n = net.nodes.length;
    const last = net.nodes.at(-1);
    // A last dropout does nothing but in training.
    const y = last?.kind === 'dropout' && !training ? (buffers.outputs[n - 2] ?? buffers.x) : (buffers.outputs[n - 1] ?? buffers.x);
    const measure = (kind: number, d: number, weights: number): { job: Job; place: { at: number; count: number } } => {
      const sums = this.#engine.memory.allocate(count * 4);
      this.#ofPrograms.push(() => this.#engine.memory.release(sums));
      const values = { kind, y, t: buffers.t, d, weights, sums, features: net.outputs, batch };
      return { job: job('loss', count, values, grainOf(count, net.outputs * batch * 20)), place: { at: sums, count } };
    };
    const loss = measure(net.loss, training ? buffers.gradients[0] : 0, training ? buffers.weights : 0);
    const metrics = net.metrics.map((kind) => measure(kind, 0, 0));
    return { jobs: [loss, ...metrics].map((each) => each.job), loss: loss.place, metrics: metrics.map((each) => each.place) };
  }

  #probeJobs({ missing, node, out }: Probe & { out: number }, x: number, d: number, batch: number): Job[] {
    const placed = placeDense(this.#engine, { ...node, mask: missing }, batch, false);
    this.#ofPrograms.push(() => placed.release());
    const { forward, toPlace } = placed;
    if (!toPlace) return [forward.sampled({ own: d, other: x, out, batch })];
    const { memory } = this.#engine;
    const [order, values] = [memory.place(toPlace), memory.allocate(forward.places * 4)];
    this.#ofPrograms.push(() => [order, values].forEach((at) => memory.release(at)));
    return [forward.sampled({ own: d, other: x, out: values, batch }), job('permute', toPlace.length, { values, order, out })];
  }

  #program(jobs: readonly Job[]): Program {
    const program = this.#engine.program(jobs);
    this.#ofPrograms.push(() => program.release());
    return program;
  }

  #common(program: Program, jobs: readonly Job[], batch: number): Pick<StepProgram, 'at' | 'count' | 'batch' | 'rows'> {
    return { at: program.at, count: jobs.length, batch, rows: jobs.flatMap((one) => (one.operation === 'gatherRows' ? [placeOf(program, jobs, one, 'order')] : [])) };
  }
}

/** Where an argument of a job lies, counted in words. */
function placeOf(program: Program, jobs: readonly Job[], one: Job, argument: string): number {
  return (program.at + jobs.indexOf(one) * JOB_BYTES) / 4 + argumentPlace(one.operation, argument);
}

function placesOfWeight(node: Node, weight: object, dense: ReadonlyMap<Node, PlacedDense>): { places: number; toPlace: Int32Array | undefined } {
  if (node.kind !== 'dense') return { places: node.inputs, toPlace: undefined };
  if (weight !== node.kernel) return { places: node.outputs, toPlace: node.biasMask && Int32Array.from(node.biasMask.data.indices) };
  const placed = dense.get(node);
  return { places: placed?.forward.places ?? 0, toPlace: placed?.toPlace };
}
