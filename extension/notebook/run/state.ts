import type { ErrorContent, ExecuteReply } from '../../../kernel/protocol/messages.js';
import type { KernelEvent, RunId } from '../../kernel-client/events.js';
import { NO_OUTPUTS, type Outputs } from './outputs.js';
import type { CellId, Write } from './writes.js';

/** A cell that waits for its turn. */
export interface Queued {
  readonly run: RunId;
  readonly cell: CellId;
  /** Tagged `raises-exception`: an error of it does not stop the cells behind it. */
  readonly mayRaise: boolean;
}

export interface Running extends Queued {
  readonly order: number | undefined;
  readonly reply: ExecuteReply | undefined;
  /** All that the run put out has come. It ends when the reply is there as well, whichever comes first. */
  readonly idle: boolean;
  readonly errorShown: boolean;
}

/** What the last run of a cell left on it; a later write keeps it. */
export interface Ended {
  readonly order: number | undefined;
  readonly success: boolean | undefined;
}

/** Everything a notebook's run decides from. One notebook, one kernel. */
export interface RunState {
  /** `dead`: it ended without being asked to, or did not start; the next run starts a new one. */
  readonly kernel: 'absent' | 'starting' | 'ready' | 'dead';
  readonly nextRun: RunId;
  readonly queue: readonly Queued[];
  readonly running: Running | undefined;
  readonly interrupting: boolean;
  /** Which cell a run belongs to: its output may come long after its end. */
  readonly cellOf: ReadonlyMap<RunId, CellId>;
  readonly ended: ReadonlyMap<CellId, Ended>;
  readonly outputs: Outputs;
  /** Writes to cells that do not run, gathered until the driver asks for them. */
  readonly late: ReadonlyMap<CellId, readonly Write[]>;
  readonly lateScheduled: boolean;
}

export const INITIAL: RunState = {
  kernel: 'absent',
  nextRun: 1,
  queue: [],
  running: undefined,
  interrupting: false,
  cellOf: new Map(),
  ended: new Map(),
  outputs: NO_OUTPUTS,
  late: new Map(),
  lateScheduled: false,
};

export type RunEvent =
  | KernelEvent
  | { readonly type: 'queue'; readonly cells: readonly { readonly cell: CellId; readonly mayRaise: boolean }[] }
  /** The cell holds no code: nothing was sent. */
  | { readonly type: 'blank'; readonly run: RunId }
  | { readonly type: 'interruptTimedOut' }
  | { readonly type: 'restart' }
  /** A kernel is wanted, and no cell is to be run. */
  | { readonly type: 'start' }
  | { readonly type: 'flushLate' }
  | { readonly type: 'cellsRemoved'; readonly cells: readonly CellId[] }
  /** An untitled notebook was saved: its cells go on under new names. */
  | { readonly type: 'moved'; readonly to: ReadonlyMap<CellId, CellId> };

export type RunEffect =
  | { readonly type: 'startKernel' }
  | { readonly type: 'restartKernel' }
  | { readonly type: 'interruptKernel' }
  /** Raise `interruptTimedOut` unless `stopInterruptTimer` comes first. */
  | { readonly type: 'startInterruptTimer' }
  | { readonly type: 'stopInterruptTimer' }
  /** `reason`: why the kernel cannot end the cell, where it said so. */
  | { readonly type: 'offerRestart'; readonly reason?: string }
  /** The kernel died or did not start. The cells that waited say so as well. */
  | { readonly type: 'tellEnd'; readonly error: ErrorContent }
  /** Shows the cell as waiting. */
  | { readonly type: 'open'; readonly run: RunId; readonly cell: CellId }
  /** Shows the cell as running, from now. */
  | { readonly type: 'begin'; readonly run: RunId }
  | { readonly type: 'send'; readonly run: RunId; readonly cell: CellId }
  | { readonly type: 'order'; readonly run: RunId; readonly order: number }
  | { readonly type: 'write'; readonly run: RunId; readonly write: Write }
  /** `undefined`: neither a tick nor a cross. */
  | { readonly type: 'end'; readonly run: RunId; readonly success: boolean | undefined }
  /** Raise `flushLate` a little later. */
  | { readonly type: 'scheduleLate' }
  /** A short run of its own for writes to a cell whose run is over. */
  | { readonly type: 'late'; readonly cell: CellId; readonly ended: Ended; readonly writes: readonly Write[] };

export interface Step {
  readonly state: RunState;
  readonly effects: readonly RunEffect[];
}
