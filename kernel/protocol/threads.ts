/**
 * What the control thread and the main thread of a kernel process say to each other.
 *
 * A cell is named by its execution: a number that the control thread gives out, never reused.
 * `Cell` is the compiled cell, opaque here so that the protocol stays a leaf.
 */
import type { CommMessage } from './comm.js';
import type { Wiring } from './host.js';
import type { ErrorContent, MimeBundle, Output } from './messages.js';

export type ExecutionId = number;

export type ToMain<Cell> =
  | {
      readonly type: 'execute';
      readonly execution: ExecutionId;
      /** What traces call it: `Cell 3`. */
      readonly label: string;
      readonly source: string;
      readonly cell: Cell;
      readonly userExpressions: readonly { readonly name: string; readonly source: string; readonly cell: Cell }[];
      readonly allowInput: boolean;
      /** A silent execution shows no result. */
      readonly silent: boolean;
    }
  /** The user wants the execution to end: settle it with `done`, whatever state it is in; one that is over is ignored. */
  | { readonly type: 'interrupted'; readonly execution: ExecutionId }
  | { readonly type: 'module'; readonly request: number; readonly result: CompiledModule<Cell> | { readonly error: string } }
  | { readonly type: 'input'; readonly request: number; readonly value: string }
  /** The `tsconfig.json` of the notebook changed: modules that were compiled are compiled anew. */
  | { readonly type: 'project'; readonly mapping: PathMapping | undefined }
  | { readonly type: 'variables'; readonly request: number }
  /** What *Visualize Mask* shows of a value, without running code of the user. */
  | { readonly type: 'look'; readonly request: number; readonly expression: string; readonly layer?: string }
  | { readonly type: 'comm'; readonly execution: ExecutionId; readonly message: CommMessage }
  /** The connection is closed: end the process. */
  | { readonly type: 'exit'; readonly code: number };

/** `paths` and `baseUrl` of a `tsconfig.json`. */
export interface PathMapping {
  /** Absolute folder that targets are relative to. */
  readonly base: string;
  /** Names without a pattern are looked for in `base` too, before `node_modules`. */
  readonly isBaseUrl: boolean;
  /** Patterns, each with at most one `*`, and their targets in the order in which they are tried. */
  readonly patterns: readonly (readonly [pattern: string, targets: readonly string[]])[];
}

export interface CompiledModule<Cell> {
  readonly cell: Cell;
  readonly source: string;
}

export interface Result {
  readonly data: MimeBundle;
  /** An SVG document that becomes the bundle's `image/png`. */
  readonly picture?: string;
}

export type Outcome =
  | { readonly status: 'ok'; readonly result?: Result; readonly userExpressions: Record<string, unknown> }
  | { readonly status: 'error'; readonly error: ErrorContent };

export interface Variable {
  readonly name: string;
  /** Constructor name, or `typeof`. */
  readonly type: string;
  /** One line. */
  readonly preview: string;
  /** Of tensors, masks, arrays: absent where it makes no sense. */
  readonly shape?: readonly number[];
  /** Of what has a size that is known without a walk through it. */
  readonly bytes?: number;
  /** True when its display bundle holds a connection mask. */
  readonly isMask: boolean;
  /** What *Visualize Mask* can show of it; `matrix`: numbers in rows and columns. */
  readonly wiring?: Wiring;
}

export type ToControl =
  | { readonly type: 'output'; readonly execution: ExecutionId; readonly output: Output; readonly picture?: string }
  | { readonly type: 'done'; readonly execution: ExecutionId; readonly outcome: Outcome }
  /** The module that makes pictures was imported. */
  | { readonly type: 'expectPictures' }
  | { readonly type: 'compileModule'; readonly request: number; readonly path: string }
  | { readonly type: 'names'; readonly mangled: readonly string[] }
  | { readonly type: 'inputRequest'; readonly request: number; readonly execution: ExecutionId; readonly prompt: string; readonly password: boolean; /** The main thread blocks until its answer is here. */ readonly answer?: SharedArrayBuffer }
  | { readonly type: 'variables'; readonly request: number; readonly variables: readonly Variable[] }
  /** `reply` is a LookReply of kernel/model/look. */
  | { readonly type: 'look'; readonly request: number; readonly reply: object }
  | { readonly type: 'comm'; readonly execution: ExecutionId; readonly message: CommMessage }
  /** What a client's message to a comm has caused was sent. */
  | { readonly type: 'commTaken'; readonly execution: ExecutionId }
  /** The process was sent SIGINT while no code ran. */
  | { readonly type: 'interrupt' }
  /** The cell called process.exit: say so to the client, then set `EXIT_FLUSHED`. */
  | { readonly type: 'exit'; readonly execution: ExecutionId; readonly code: number };

/** Words of the Int32Array that both threads share. */
export const SharedWord = {
  /** 1 while the user wants the running cell to end. */
  interruptRequested: 0,
  /** How many loops (train, progress) promise to end after their step when an interrupt is requested. */
  cooperativeLoops: 1,
  /** Weight of outputs posted by the main thread, and of those that the control thread has room behind: the difference is what waits. */
  outputsPosted: 2,
  outputsTaken: 3,
  /** 1 when everything is flushed after an `exit`. */
  exitFlushed: 4,
  /** 1 while a terminate would end the process. */
  mustNotTerminate: 5,
} as const;
export const SHARED_WORDS = 8;

export interface ControlData {
  readonly shared: SharedArrayBuffer;
  /** A file descriptor of a pipe, or the connection file of a Jupyter client. */
  readonly client: { readonly pipe: number } | { readonly connectionFile: string };
  readonly kernelFolder: string;
  readonly version: string;
  /** Names that a cell may declare but that are kept from libraries. */
  readonly reserved: readonly string[];
}
