/** What holds for a whole file while its configuration is read. */
export interface Reading {
  /** Of Keras: 3, or 2 for everything before. */
  readonly version: number;
  /** Takes a sentence's end: what only training would need and TensorFlow.js has not, e.g. `layer a: the … X`. */
  leaveOut(what: string): void;
}
