/**
 * The optional native backend. `@tensorflow/tfjs-node` requires `@tensorflow/tfjs`; while it loads, that name answers
 * with our instance, so that there is one engine, one registry of kernels and one set of layer classes.
 */
import { Module, createRequire } from 'node:module';
import path from 'node:path';
import util from 'node:util';
import { callableFromEs5 } from './callable-from-es5.js';
import { tf } from './tfjs.js';

export type TfjsNode =
  | { ok: true; version: string; tensorflow: string }
  /** `installed` tells a broken package, which its user wants to hear of, from none. */
  | { ok: false; installed: boolean; reason: string };

const OURS = /^@tensorflow\/tfjs(-core|-layers|-converter|-data|-backend-cpu)?$/;

/** Loads tfjs-node from the first of the folders in which it works; registers the backend `tensorflow`. */
export function loadTfjsNode(searchFrom: readonly string[]): TfjsNode {
  const broken = new Map<string, string>();
  for (const folder of searchFrom) {
    const require = createRequire(path.join(folder, 'noop.js'));
    const file = resolved(require);
    if (file === undefined || broken.has(file)) continue;
    const undo = registryUndo();
    try {
      return load(require, file);
    } catch (error) {
      undo();
      broken.set(file, `${file}: ${firstLine(error)}`);
    }
  }
  if (broken.size === 0) return { ok: false, installed: false, reason: '@tensorflow/tfjs-node is not installed' };
  return { ok: false, installed: true, reason: [...broken.values()].join('; ') };
}

function resolved(require: NodeJS.Require): string | undefined {
  try {
    return require.resolve('@tensorflow/tfjs-node');
  } catch {
    return undefined;
  }
}

/** Its errors go on with instructions that do not fit here. */
const firstLine = (error: unknown): string => ((error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '').trim();

/** A package that breaks half-way has registered its kernels by then; tfjs warns of each when another registers them again. */
function registryUndo(): () => void {
  const before = new Set(tf.getKernelsForBackend('tensorflow').map(({ kernelName }) => kernelName));
  const backendBefore = tf.findBackendFactory('tensorflow');
  return () => {
    for (const { kernelName } of tf.getKernelsForBackend('tensorflow')) if (!before.has(kernelName)) tf.unregisterKernel(kernelName, 'tensorflow');
    if (backendBefore === null && tf.findBackendFactory('tensorflow') !== null) tf.removeBackend('tensorflow');
  };
}

function load(require: NodeJS.Require, file: string): TfjsNode {
  restoreUtil();
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '2';
  // SAFETY: Module._load is Node's documented-by-use hook of every CommonJS loader; its signature has not changed since Node 0.x.
  const loader = Module as unknown as { _load: (this: unknown, request: string, parent?: { filename?: string | null }, isMain?: boolean) => unknown };
  const original = loader._load;
  const ours = tfjsForNode();
  loader._load = function (request, parent, isMain) {
    if (OURS.test(request) && parent?.filename?.includes(`tfjs-node${path.sep}`)) return ours;
    return original.call(this, request, parent, isMain);
  };
  try {
    // SAFETY: the package's version record; checked field by field below.
    const loaded = require(file) as { version?: Record<string, string> };
    // SAFETY: the backend that tfjs-node registers holds its native binding.
    const backend = tf.findBackend('tensorflow') as unknown as { binding?: { TF_Version?: string } } | null;
    if (!backend?.binding) throw new Error('it loaded but registered no backend');
    return { ok: true, version: loaded.version?.['tfjs-node'] ?? tf.version.tfjs, tensorflow: backend.binding.TF_Version ?? '?' };
  } finally {
    loader._load = original;
  }
}

/** Our tfjs, without what tfjs-node would change beside the backend: the rest is the same on every backend. */
function tfjsForNode(): object {
  return {
    ...callableFromEs5(tf),
    // Its handlers of file:// URLs would answer beside ours (models/store/file-urls.ts), and tfjs refuses two.
    io: { ...tf.io, registerLoadRouter: nothing, registerSaveRouter: nothing },
    // Its progress bar would print into each cell that calls fit.
    registerCallbackConstructor: nothing,
  };
}

const nothing = (): void => undefined;

/** Node 23 removed two functions of `util` that tfjs-node 4.22 calls in most ops. */
function restoreUtil(): void {
  // SAFETY: both members were optional functions of Node's util up to 22.
  const legacy = util as unknown as { isNullOrUndefined?: (x: unknown) => boolean; isArray?: (x: unknown) => boolean };
  legacy.isNullOrUndefined ??= (x) => x === null || x === undefined;
  legacy.isArray ??= (x) => Array.isArray(x);
}
