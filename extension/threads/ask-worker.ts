import { Worker, type WorkerOptions } from 'node:worker_threads';

/**
 * Starts a thread that answers with one message, and ends it.
 *
 * @param name of the thread, for the sentence of one that ends without an answer
 * @returns the answer; of a thread that fails, why
 */
export function askWorker<Reply>(name: string, file: string, workerData: object, options: WorkerOptions = {}): Promise<Reply | { readonly problem: string }> {
  return new Promise((resolve) => {
    const fail = (problem: string): void => resolve({ problem });
    const worker = new Worker(file, { ...options, workerData });
    worker.once('message', (reply: Reply) => {
      resolve(reply);
      void worker.terminate();
    });
    worker.once('error', (error: Error) => fail(error.message));
    worker.once('exit', (code) => fail(`${name} ended with code ${code}`));
  });
}
