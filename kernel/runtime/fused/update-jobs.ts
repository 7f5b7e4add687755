/** What happens between the gradients and the next step: penalties, limits, decay, the step, averages, constraints; in Keras' order. */
import { CHUNK, CLIP_GLOBAL_NORM, CLIP_NORM } from '../simd/jobs.js';
import type { KernelMemory } from '../simd/memory.js';
import { job, type Job } from '../simd/operations.js';
import { grainOf } from '../simd/placed-layout.js';
import { UPDATES } from '../simd/updates.js';
import type { DenseNode, Net, Weight } from './net.js';
import { weightsOf } from './net.js';
import type { Parameter, Parameters } from './parameters.js';
import type { OptimizerPlan } from './read-optimizer.js';

export interface UpdateJobs {
  readonly jobs: readonly Job[];
  readonly penalties: readonly { readonly at: number; readonly count: number }[];
  /** Which of the jobs is which; undefined where there is none. */
  readonly optimize: Job | undefined;
  readonly decay: Job | undefined;
  readonly averages: readonly { readonly job: Job; readonly parameter: Parameter }[];
}

const chunksOf = (length: number): number => Math.ceil(length / CHUNK);
/** Chunks that a thread takes at a time; a single one is not shared. */
const chunkGrain = (chunks: number): number => grainOf(chunks, chunks * CHUNK * 4);

/** Made once for all batch sizes. @param held takes the addresses of what it allocates */
export function updateJobs(memory: KernelMemory, net: Net, parameters: Parameters, { update, numbers, common }: OptimizerPlan, held: number[]): UpdateJobs {
  const room = (bytes: number): number => {
    const at = memory.allocate(Math.max(4, bytes));
    held.push(at);
    return at;
  };
  const trained = parameters.list.filter(({ weight, places }) => weight.trainable && places > 0);
  const address = (parameter: Parameter, what: 'weights' | 'gradients' | 'average'): number => parameters.address(parameter.weight, what);
  const penalties: { at: number; count: number }[] = [];
  const jobs: Job[] = [];
  for (const parameter of parameters.list) {
    const { weight: { l1, l2 }, places } = parameter;
    if ((l1 === 0 && l2 === 0) || places === 0) continue;
    const count = chunksOf(places);
    const sums = room(count * 4);
    penalties.push({ at: sums, count });
    jobs.push(job('penalty', count, { w: address(parameter, 'weights'), g: address(parameter, 'gradients'), length: places, sums, l1, l2 }, chunkGrain(count)));
  }
  jobs.push(...clipJobs(trained, parameters, common, room));
  const length = parameters.trained;
  if (length === 0) return { jobs, penalties, optimize: undefined, decay: undefined, averages: [] };
  const none = { a: 0, b: 0, c: 0, d: 0, e: 0, f: 0 };
  const slot = (name: 'm' | 'v' | 's'): number => parameters.slots.get(name) ?? 0;
  const common4 = { w: parameters.weights, g: parameters.gradients, m: slot('m'), v: slot('v'), s: slot('s'), rate: 0, ...none };
  const grain = grainOf(length, 10 * length);
  const decay = common.weightDecay === null ? undefined : job('optimize', length, { ...common4, kind: UPDATES.decay.kind }, grain);
  const optimize = job('optimize', length, { ...common4, ...numbers, kind: UPDATES[update].kind }, grain);
  const averages = common.useEma
    ? trained.map((parameter) => ({
        parameter,
        job: job('average', parameter.places, { w: address(parameter, 'weights'), average: address(parameter, 'average'), fresh: 0, overwrite: 0, momentum: common.emaMomentum }, grainOf(parameter.places, 10 * parameter.places)),
      }))
    : [];
  jobs.push(...(decay ? [decay] : []), optimize, ...averages.map(({ job: each }) => each), ...constraintJobs(memory, net, parameters, held, room));
  return { jobs, penalties, optimize, decay, averages };
}

function clipJobs(trained: readonly Parameter[], parameters: Parameters, { clipNorm, clipValue, globalClipNorm }: OptimizerPlan['common'], room: (bytes: number) => number): Job[] {
  const gradient = ({ weight }: Parameter): number => parameters.address(weight, 'gradients');
  const all = parameters.trained;
  if (clipValue !== null) return [job('clipValue', all, { values: parameters.gradients, limit: clipValue }, grainOf(all, 4 * all))];
  const squares = (parameter: Parameter, sums: number): Job => {
    const count = chunksOf(parameter.places);
    return job('squares', count, { g: gradient(parameter), length: parameter.places, sums }, chunkGrain(count));
  };
  if (clipNorm !== null) {
    return trained.flatMap((parameter) => {
      const count = chunksOf(parameter.places);
      const [sums, factor] = [room(count * 4), room(4)];
      return [
        squares(parameter, sums), job('clipFactor', 1, { kind: CLIP_NORM, sums, count, factor, limit: clipNorm }),
        job('scale', parameter.places, { values: gradient(parameter), factor }, grainOf(parameter.places, 4 * parameter.places)),
      ];
    });
  }
  if (globalClipNorm === null || trained.length === 0) return [];
  const count = trained.reduce((sum, { places }) => sum + chunksOf(places), 0);
  const [sums, factor] = [room(count * 4), room(4)];
  let at = sums;
  const each = trained.map((parameter) => {
    const one = squares(parameter, at);
    at += 4 * chunksOf(parameter.places);
    return one;
  });
  return [...each, job('clipFactor', 1, { kind: CLIP_GLOBAL_NORM, sums, count, factor, limit: globalClipNorm }), job('scale', all, { values: parameters.gradients, factor }, grainOf(all, 4 * all))];
}

/** Norms are those of an output's weights; a bias is one group, as in Keras. */
function constraintJobs(memory: KernelMemory, net: Net, parameters: Parameters, held: number[], room: (bytes: number) => number): Job[] {
  return net.nodes.flatMap((node) => weightsOf(node).flatMap((weight) => {
    const { constraint } = weight;
    const parameter = parameters.of(weight);
    if (!constraint || !weight.trainable || parameter.places === 0) return [];
    const isKernel = node.kind === 'dense' && weight === node.kernel;
    const groups = isKernel ? memory.place(outputOfPlaces(node, weight, parameter)) : 0;
    if (groups) held.push(groups);
    const count = isKernel ? node.outputs : 1;
    return [job('constrain', 1, { ...constraint, w: parameters.address(weight, 'weights'), length: parameter.places, groups, count, squares: room(count * 8) })];
  }));
}

function outputOfPlaces({ mask }: DenseNode, _weight: Weight, { places, toPlace }: Parameter): Int32Array {
  const groups = new Int32Array(places).fill(-1);
  mask.data.indices.forEach((output, k) => {
    groups[toPlace?.[k] ?? k] = output;
  });
  return groups;
}
