/** A kernel as the bench sees it: it starts, runs code to `idle`, and ends. */
export interface RunningKernel {
  /** Resolves when the kernel has answered and said `idle`. Rejects when the code failed. */
  run(code: string): Promise<void>;
  stop(): Promise<void>;
}

export interface Subject {
  readonly name: string;
  /** A cell that imports the kernel's own runtime, where it has one. */
  readonly importRuntime: string | undefined;
  /** Resolves when the kernel has answered its first `kernel_info_request`. */
  start(): Promise<RunningKernel>;
}
