/** A kernel as the bench sees it: it starts, runs code to `idle`, and ends. */
export interface RunningKernel {
  /** Resolves when the kernel has answered and said `idle`. Rejects when the code failed, with a LostMessageError when no `idle` comes. */
  run(code: string): Promise<void>;
  stop(): Promise<void>;
}

/** The kernel answered, but its reply or its `idle` never came: zeromq drops a message when the one before is not sent yet. */
export class LostMessageError extends Error {}

export interface Subject {
  readonly name: string;
  /** A cell that imports the kernel's own runtime, where it has one. */
  readonly importRuntime: string | undefined;
  /** Resolves when the kernel has answered its first `kernel_info_request`. */
  start(): Promise<RunningKernel>;
}
