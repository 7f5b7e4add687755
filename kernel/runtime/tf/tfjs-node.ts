/**
 * The optional native backend. `@tensorflow/tfjs-node` requires `@tensorflow/tfjs`; while it loads, that name answers
 * with our instance, so that there is one engine, one registry of kernels and one set of layer classes.
 */
import { Module, createRequire } from 'node:module';
import path from 'node:path';
import util from 'node:util';
import { tf } from './tfjs.js';

export type TfjsNode = { ok: true; version: string; tensorflow: string } | { ok: false; reason: string };

const OURS = /^@tensorflow\/tfjs(-core|-layers|-converter|-data|-backend-cpu)?$/;

/** Loads tfjs-node from the first of the folders that has it; registers the backend `tensorflow`. */
export function loadTfjsNode(searchFrom: readonly string[]): TfjsNode {
  for (const folder of searchFrom) {
    const require = createRequire(path.join(folder, 'noop.js'));
    let file: string;
    try {
      file = require.resolve('@tensorflow/tfjs-node');
    } catch {
      continue;
    }
    try {
      return load(require, file);
    } catch (error) {
      return { ok: false, reason: `${file}: ${error instanceof Error ? error.message : String(error)}` };
    }
  }
  return { ok: false, reason: '@tensorflow/tfjs-node is not installed' };
}

function load(require: NodeJS.Require, file: string): TfjsNode {
  restoreUtil();
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '2';
  // SAFETY: Module._load is Node's documented-by-use hook of every CommonJS loader; its signature has not changed since Node 0.x.
  const loader = Module as unknown as { _load: (this: unknown, request: string, parent?: { filename?: string | null }, isMain?: boolean) => unknown };
  const original = loader._load;
  // Its handlers of file:// URLs would answer beside ours (models/store/file-urls.ts), and tfjs refuses two.
  const ours = { ...callableFromEs5(tf), io: { ...tf.io, registerLoadRouter: nothing, registerSaveRouter: nothing } };
  loader._load = function (request, parent, isMain) {
    if (OURS.test(request) && parent?.filename?.includes(`tfjs-node${path.sep}`)) return ours;
    return original.call(this, request, parent, isMain);
  };
  try {
    // SAFETY: the package's version record; checked field by field below.
    const loaded = require(file) as { version?: Record<string, string> };
    // SAFETY: the backend that tfjs-node registers holds its native binding.
    const backend = tf.findBackend('tensorflow') as unknown as { binding?: { TF_Version?: string } } | null;
    if (!backend?.binding) return { ok: false, reason: `${file} loaded but registered no backend` };
    return { ok: true, version: loaded.version?.['tfjs-node'] ?? tf.version.tfjs, tensorflow: backend.binding.TF_Version ?? '?' };
  } finally {
    loader._load = original;
  }
}

const nothing = (): void => undefined;

/** Node 23 removed two functions of `util` that tfjs-node 4.22 calls in most ops. */
function restoreUtil(): void {
  // SAFETY: both members were optional functions of Node's util up to 22.
  const legacy = util as unknown as { isNullOrUndefined?: (x: unknown) => boolean; isArray?: (x: unknown) => boolean };
  legacy.isNullOrUndefined ??= (x) => x === null || x === undefined;
  legacy.isArray ??= (x) => Array.isArray(x);
}

/** tfjs-node's classes are compiled to ES5 and call their base class without `new`, which ES2017 classes refuse. */
export function callableFromEs5(namespace: object): object {
  const copy: Record<string, unknown> = {};
  const entries: [string, unknown][] = Object.entries(namespace);
  for (const [name, value] of entries) {
    copy[name] = typeof value === 'function' && /^class\b/.test(Function.prototype.toString.call(value)) ? callable(value) : value;
  }
  return copy;
}

// eslint-disable-next-line @typescript-eslint/no-unsafe-function-type -- a class of which only the prototype matters
function callable(base: Function): unknown {
  // eslint-disable-next-line @typescript-eslint/no-unsafe-function-type -- as above
  function Callable(this: { constructor: Function }, ...args: unknown[]): unknown {
    return Reflect.construct(base, args, new.target ?? this.constructor);
  }
  // SAFETY: `prototype` of a class is an object; that is all that is assumed.
  Object.defineProperty(Callable, 'prototype', { value: base.prototype as unknown });
  Object.setPrototypeOf(Callable, base);
  return Callable;
}
